#pragma once

#include <algorithm>
#include <set>
#include <span>
#include <vector>

#include "core/snake/codec.h"
#include "core/snake/game.h"
#include "core/snake/rules_of.h"

// Strict replay and the original's tiers once more, as plainly as can be: every continuation of the game is written
// down by the codec and compared. The judge of the fast ones.
namespace gamegpt::slow {

struct Way {
    std::vector<TokenId> tokens;
    snake::State after;
};

inline std::vector<Way> starts(const snake::GameRules& rules) {
    std::vector<Way> all;
    for (const snake::Direction direction : snake::directions) {
        snake::State state = snake::start_state(direction, rules.board_size);
        for (const snake::Cell food : snake::empty_cells(state)) {
            state.food = food;
            all.push_back({snake::encode_start(state), state});
        }
    }
    return all;
}

// Every tick that can follow: each input, and where it eats, each cell for the new food.
inline std::vector<Way> continuations(const snake::State& state, const snake::GameRules& rules) {
    if (state.status != snake::Status::alive || state.tick == rules.tick_limit) return {{{game_tokens::eos}, state}};
    std::vector<Way> all;
    for (const snake::Direction action : snake::directions) {
        std::size_t foods = 1;
        for (std::size_t food = 0; food < foods; ++food) {
            Way next{{}, state};
            const auto events = advance(next.after, action, [&](const std::vector<snake::Cell>& empty) {
                foods = empty.size();
                return empty[food];
            });
            append_tick(next.tokens, events, next.after, rules.snapshot_interval);
            all.push_back(std::move(next));
        }
    }
    return all;
}

struct Replay {
    std::size_t legal = 0;             // tokens before the first illegal one, or all
    std::vector<snake::State> states;  // behind the start and each whole tick
    std::set<TokenId> next;            // what may stand at `legal`
};

inline Replay replay(std::span<const TokenId> tokens, const snake::GameRules& rules = {}) {
    Replay result;
    std::vector<Way> ways = starts(rules);
    for (;;) {
        const auto rest = tokens.subspan(result.legal);
        std::size_t matched = 0;
        const Way* whole = nullptr;
        for (const Way& way : ways) {
            const auto prefix = static_cast<std::size_t>(
                std::mismatch(way.tokens.begin(), way.tokens.end(), rest.begin(), rest.end()).first -
                way.tokens.begin());
            if (prefix == way.tokens.size()) whole = &way;
            matched = std::max(matched, prefix);
        }
        if (whole == nullptr) {
            for (const Way& way : ways)
                if (std::equal(way.tokens.begin(), way.tokens.begin() + static_cast<std::ptrdiff_t>(matched),
                               rest.begin()))
                    result.next.insert(way.tokens[matched]);
            result.legal += matched;
            return result;
        }
        result.legal += matched;
        if (whole->tokens[0] == game_tokens::eos) {
            ways.clear();
            continue;
        }
        result.states.push_back(whole->after);
        ways = continuations(snake::State(whole->after), rules);
    }
}

// The tiers as the original writes them.
struct Tiers {
    bool structural, physical, rules;
};

inline Tiers tiers(std::span<const TokenId> s) {
    namespace t = game_tokens;
    Tiers result{!s.empty() && s.front() == t::bos && s.back() == t::eos, true, true};
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (s[i] == t::snap) {
            const auto at = [&](std::size_t k) { return i + k < s.size() ? s[i + k] : TokenId{-1}; };
            result.structural = result.structural && at(1) == t::player && t::is_x(at(2)) && t::is_y(at(3)) &&
                                t::is_dir(at(4)) && t::is_len(at(5)) && at(6) == t::food && t::is_x(at(7)) &&
                                t::is_y(at(8)) && at(9) == t::score && t::is_v(at(10));
        }
        if (s[i] == t::eat) {
            bool grow = false, food = false;
            for (std::size_t j = i; j < s.size() && s[j] != t::tick && s[j] != t::eos; ++j) {
                grow = grow || s[j] == t::grow;
                food = food || s[j] == t::food_spawn;
            }
            result.rules = result.rules && grow && food;
        }
        if (t::is_die(s[i]))
            for (std::size_t j = i + 1; j < s.size(); ++j)
                if (s[j] != t::eos && s[j] != t::score && !t::is_v(s[j])) result.rules = false;
    }
    int x = -1, y = -1;
    for (std::size_t i = 0; i + 2 < s.size(); ++i) {
        if (s[i] != t::move || !t::is_x(s[i + 1]) || !t::is_y(s[i + 2])) continue;
        const int to_x = s[i + 1] - t::x, to_y = s[i + 2] - t::y;
        if (x >= 0 && std::abs(to_x - x) + std::abs(to_y - y) != 1) result.physical = false;
        x = to_x;
        y = to_y;
    }
    return result;
}

}  // namespace gamegpt::slow
