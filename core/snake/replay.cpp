#include "core/snake/replay.h"

#include <algorithm>
#include <set>
#include <vector>

#include "core/base/error.h"
#include "core/snake/codec.h"

namespace gamegpt::snake {

namespace {

using Tokens = std::span<const TokenId>;

// One way in which a game can go on, and the state it leads to.
struct Continuation {
    std::vector<TokenId> tokens;
    State after;
};

std::vector<Continuation> starts() {
    std::vector<Continuation> all;
    for (const Direction direction : directions) {
        State state = start_state(direction);
        for (const Cell food : empty_cells(state)) {
            state.food = food;
            all.push_back({encode_start(state), state});
        }
    }
    return all;
}

// Every tick that can follow `state`: each input, and where it eats, each cell for the new food.
std::vector<Continuation> ticks(const State& state) {
    std::vector<Continuation> all;
    for (const Direction action : directions) {
        std::size_t foods = 1;
        for (std::size_t food = 0; food < foods; ++food) {
            Continuation next{{}, state};
            const std::vector<Event> events = advance(next.after, action, [&](const std::vector<Cell>& empty) {
                foods = empty.size();
                return empty[food];
            });
            append_tick(next.tokens, events, next.after);
            all.push_back(std::move(next));
        }
    }
    return all;
}

std::vector<Continuation> continuations(const State& state) {
    const bool ends = state.status != Status::alive || state.tick == tick_limit;
    return ends ? std::vector<Continuation>{{{game_tokens::eos}, state}} : ticks(state);
}

std::size_t common_prefix(Tokens a, Tokens b) {
    return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

// The rule about token `at` of `tick`.
Rule rule_at(const std::vector<TokenId>& tick, std::size_t at) {
    if (tick[0] == game_tokens::bos) return Rule::start;
    if (tick[0] == game_tokens::eos) return Rule::ending;
    if (at == 0) return Rule::tick;
    const std::size_t begin = tick[0] == game_tokens::snap ? snapshot_size : 0;  // where TICK stands
    if (at < begin) return Rule::snapshot;
    if (at == begin) return Rule::tick;
    return at == begin + 1 ? Rule::input : Rule::events;
}

// What is wrong with tokens[start + matched], which none of `ways` has there. Behind EOS there are no ways.
ReplayError error_at(Tokens tokens, std::size_t start, std::size_t matched, const std::vector<Continuation>& ways) {
    const Vocabulary game = Vocabulary::game();
    const TokenId found = tokens[start + matched];
    ReplayError error;
    error.token = start + matched;
    error.rule = Rule::ending;
    error.found = found >= 0 && found < game_tokens::count ? game.name(found) : std::to_string(found);
    std::set<TokenId> legal;
    for (const Continuation& way : ways) {
        if (common_prefix(way.tokens, tokens.subspan(start)) != matched) continue;
        legal.insert(way.tokens[matched]);
        error.rule = rule_at(way.tokens, matched);
    }
    if (found == game_tokens::eos && error.rule == Rule::tick) error.rule = Rule::ending;
    if (legal.empty()) error.expected = "nothing";
    for (const TokenId id : legal) error.expected += (error.expected.empty() ? "" : " or ") + game.name(id);
    return error;
}

}  // namespace

std::string name_of(Rule rule) {
    switch (rule) {
        case Rule::start: return "A game must start with BOS and the snapshot of a start state.";
        case Rule::tick: return "A tick must begin with TICK, behind a snapshot exactly where one is due.";
        case Rule::snapshot: return "A snapshot must equal the state after its tick.";
        case Rule::input: return "A tick must have one input, which fits its snapshot.";
        case Rule::events: return "A tick must be what the game emits for its input.";
        case Rule::ending: return "EOS must stand behind a death or tick 200, and nothing else there.";
    }
    throw Error(Error::Code::bad_argument, "there is no such rule");
}

Replay replay(Tokens tokens, const GameRules&) {
    Replay result;
    std::vector<Continuation> ways = starts();
    for (std::size_t at = 0; at < tokens.size();) {
        const Tokens rest = tokens.subspan(at);
        std::size_t matched = 0;
        const Continuation* whole = nullptr;
        for (const Continuation& way : ways) {
            const std::size_t prefix = common_prefix(way.tokens, rest);
            if (prefix == way.tokens.size()) whole = &way;  // the only one: no way is the beginning of another
            matched = std::max(matched, prefix);
        }
        if (whole == nullptr) {
            if (matched < rest.size()) result.first_error = error_at(tokens, at, matched, ways);
            break;  // else cut off, legal as far as it goes
        }
        at += matched;
        const State after = whole->after;
        result.ticks = after.tick;
        result.complete = tokens[at - 1] == game_tokens::eos;
        ways = result.complete ? std::vector<Continuation>{} : continuations(after);
    }
    if (result.first_error) result.complete = false;
    return result;
}

}  // namespace gamegpt::snake
