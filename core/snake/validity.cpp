#include "core/snake/validity.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/corpus/game_tokens.h"

namespace gamegpt::snake {

namespace {

namespace t = game_tokens;
using Tokens = std::span<const TokenId>;
using Break = Validity::Break;

constexpr std::size_t snapshot_tail = 10;  // tokens behind SNAP: PLAYER X Y DIR LEN FOOD X Y SCORE V

bool is_snapshot_kind(std::size_t at, TokenId token) {
    switch (at) {
        case 0: return token == t::player;
        case 1:
        case 6: return t::is_x(token);
        case 2:
        case 7: return t::is_y(token);
        case 3: return t::is_dir(token);
        case 4: return t::is_len(token);
        case 5: return token == t::food;
        case 8: return token == t::score;
        default: return t::is_v(token);
    }
}

std::optional<Break> structural_break(Tokens tokens) {
    if (tokens.empty() || tokens.front() != t::bos) return Break{0, "A sequence must start with BOS."};
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i] != t::snap) continue;
        const Tokens tail = tokens.subspan(i + 1);
        for (std::size_t k = 0; k < snapshot_tail; ++k)
            if (k == tail.size() || !is_snapshot_kind(k, tail[k]))
                return Break{i + 1 + k, "Behind SNAP there must be PLAYER X Y DIR LEN FOOD X Y SCORE V."};
    }
    if (tokens.back() != t::eos) return Break{tokens.size(), "A sequence must end with EOS."};
    return {};
}

// X0 to X9 and Y0 to Y9 are all on the board, so only the moves can break this tier.
std::optional<Break> physical_break(Tokens tokens) {
    std::optional<std::array<int, 2>> before;
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        if (tokens[i] != t::move || !t::is_x(tokens[i + 1]) || !t::is_y(tokens[i + 2])) continue;
        const std::array<int, 2> now = {tokens[i + 1] - t::x, tokens[i + 2] - t::y};
        if (before && std::abs(now[0] - (*before)[0]) + std::abs(now[1] - (*before)[1]) != 1)
            return Break{i, "Two MOVEs in a row must be one cell apart."};
        before = now;
    }
    return {};
}

// The first tick that eats without growing or without new food.
std::optional<Break> eating_break(Tokens tokens) {
    for (auto at = std::find(tokens.begin(), tokens.end(), t::eat); at != tokens.end();) {
        bool grew = false, fed = false;
        for (; at != tokens.end() && *at != t::tick && *at != t::eos; ++at) {
            if (*at == t::eat) grew = fed = false;  // each EAT of a tick needs its own behind it
            grew = grew || *at == t::grow;
            fed = fed || *at == t::food_spawn;
        }
        if (!grew || !fed)
            return Break{static_cast<std::size_t>(at - tokens.begin()),
                         "A tick with EAT must have GROW and FOOD_SPAWN behind it."};
        at = std::find(at, tokens.end(), t::eat);
    }
    return {};
}

std::optional<Break> death_break(Tokens tokens) {
    const auto death = std::find_if(tokens.begin(), tokens.end(), t::is_die);
    if (death == tokens.end()) return {};
    const auto after = std::find_if(death + 1, tokens.end(),
                                    [](TokenId id) { return id != t::eos && id != t::score && !t::is_v(id); });
    if (after == tokens.end()) return {};
    return Break{static_cast<std::size_t>(after - tokens.begin()),
                 "Behind a death only EOS, SCORE and the score may follow."};
}

std::optional<Break> first(std::optional<Break> a, std::optional<Break> b) {
    if (!a || (b && b->token < a->token)) return b;
    return a;
}

}  // namespace

std::optional<Break> Validity::first_break() const {
    return first(structural_break, first(physical_break, rules_break));
}

Validity validity(Tokens tokens) {
    Validity result;
    result.structural_break = structural_break(tokens);
    result.physical_break = physical_break(tokens);
    result.rules_break = first(eating_break(tokens), death_break(tokens));
    result.structural = !result.structural_break;
    result.physical = !result.physical_break;
    result.rules = !result.rules_break;
    return result;
}

}  // namespace gamegpt::snake
