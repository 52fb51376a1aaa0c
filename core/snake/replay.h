#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/corpus/vocabulary.h"
#include "core/snake/game.h"

namespace gamegpt::snake {

// The rules that a sequence can break, in the order in which they come to bear.
enum class Rule {
    start,     // BOS and the snapshot of a start state: head (5, 5), LEN1, V0, the food elsewhere
    tick,      // TICK begins a tick; a snapshot stands before it exactly where the codec puts one
    snapshot,  // a snapshot equals the state after its tick
    input,     // a tick has one input; it leads to the tick's snapshot, and if the snake eats there must be one
    events,    // a tick is exactly what the game emits for its input
    ending,    // EOS stands behind a death or at the tick limit, and nothing behind it; nothing else stands there
};
// A sentence for people: "A snapshot must equal the state after its tick."
std::string name_of(Rule rule);

// The first token that no game could have emitted there.
struct ReplayError {
    std::size_t token = 0;  // offset in the sequence
    Rule rule = Rule::start;
    std::string found;     // its name
    std::string expected;  // the names that would have been legal: "TICK or SNAP"
};

struct Replay {
    std::optional<ReplayError> first_error;
    std::int64_t ticks = 0;  // whole ticks played before the end or the error
    bool complete = false;   // ends with a legal EOS

    bool legal() const { return !first_error; }
};

// Strict replay: plays the sequence as a game, in which new food may be on any empty cell. A sequence that is cut off
// without EOS is legal as far as it goes; so is an empty one. IDs outside the game's vocabulary are illegal.
Replay replay(std::span<const TokenId> tokens, const GameRules& rules = {});

}  // namespace gamegpt::snake
