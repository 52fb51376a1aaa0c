#include "core/snake/validity.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include "core/corpus/game_tokens.h"

namespace gamegpt::snake {

namespace {

namespace t = game_tokens;
using Tokens = std::span<const TokenId>;

// The 10 kinds behind a SNAP: PLAYER X Y DIR LEN FOOD X Y SCORE V.
bool is_snapshot_tail(Tokens tail) {
    return tail.size() == 10 && tail[0] == t::player && t::is_x(tail[1]) && t::is_y(tail[2]) && t::is_dir(tail[3]) &&
           t::is_len(tail[4]) && tail[5] == t::food && t::is_x(tail[6]) && t::is_y(tail[7]) && tail[8] == t::score &&
           t::is_v(tail[9]);
}

bool is_structural(Tokens tokens) {
    if (tokens.empty() || tokens.front() != t::bos || tokens.back() != t::eos) return false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i] != t::snap) continue;
        const Tokens rest = tokens.subspan(i + 1);
        if (!is_snapshot_tail(rest.first(std::min<std::size_t>(rest.size(), 10)))) return false;
    }
    return true;
}

// X0 to X9 and Y0 to Y9 are all on the board, so only the moves can break this tier.
bool is_physical(Tokens tokens) {
    std::optional<std::array<int, 2>> before;
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        if (tokens[i] != t::move || !t::is_x(tokens[i + 1]) || !t::is_y(tokens[i + 2])) continue;
        const std::array<int, 2> now = {tokens[i + 1] - t::x, tokens[i + 2] - t::y};
        if (before && std::abs(now[0] - (*before)[0]) + std::abs(now[1] - (*before)[1]) != 1) return false;
        before = now;
    }
    return true;
}

bool follows_rules(Tokens tokens) {
    const auto ends_tick = [](TokenId id) { return id == t::tick || id == t::eos; };
    const auto may_follow_death = [](TokenId id) { return id == t::eos || id == t::score || t::is_v(id); };
    for (auto at = tokens.begin(); at != tokens.end(); ++at) {
        if (*at == t::eat) {
            const auto end = std::find_if(at, tokens.end(), ends_tick);
            if (std::find(at, end, t::grow) == end || std::find(at, end, t::food_spawn) == end) return false;
        }
        if (t::is_die(*at) && !std::all_of(at + 1, tokens.end(), may_follow_death)) return false;
    }
    return true;
}

}  // namespace

Validity validity(Tokens tokens) {
    return {.structural = is_structural(tokens), .physical = is_physical(tokens), .rules = follows_rules(tokens)};
}

}  // namespace gamegpt::snake
