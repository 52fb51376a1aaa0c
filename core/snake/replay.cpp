#include "core/snake/replay.h"

#include "core/base/error.h"
#include "core/snake/referee.h"

namespace gamegpt::snake {

std::string name_of(Rule rule) {
    switch (rule) {
        case Rule::start: return "A game must start with BOS and the snapshot of a start state.";
        case Rule::tick: return "A tick must begin with TICK, behind a snapshot exactly where one is due.";
        case Rule::snapshot: return "A snapshot must equal the state after its tick.";
        case Rule::input: return "A tick must have one input, which fits its snapshot.";
        case Rule::events: return "A tick must be what the game emits for its input.";
        case Rule::ending: return "EOS must stand behind a death or at the tick limit, and nothing else there.";
    }
    throw Error(Error::Code::bad_argument, "there is no such rule");
}

Replay replay(std::span<const TokenId> tokens, const GameRules& rules) {
    Replay result;
    Referee referee(rules);
    for (const TokenId token : tokens) {
        if (referee.push(token)) continue;
        result.first_error = referee.error(token);
        break;
    }
    result.ticks = referee.state().tick;
    result.complete = referee.complete() && !result.first_error;
    return result;
}

}  // namespace gamegpt::snake
