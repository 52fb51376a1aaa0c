#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/snake/game.h"
#include "core/snake/replay.h"

namespace gamegpt::snake {

// Where a game stands once tokens [begin, end) have gone by: those of the start, or of one tick.
struct Frame {
    std::size_t begin = 0, end = 0;
    State state;
};

// A token sequence as a board shows it: a frame a legal tick, and from the first illegal token on what was expected
// beside what the tokens claim.
struct Film {
    std::vector<Frame> frames;  // the start, then whole legal ticks; empty if the start is illegal or cut off
    std::optional<ReplayError> first_error;  // of strict replay
    // At an error: the states that the broken tick could legally have led to, each once (new food aside); empty where
    // the game was over or had not begun.
    std::vector<State> expected;
    struct Claim {
        std::size_t token = 0;  // of MOVE
        Cell head;
    };
    std::vector<Claim> claims;  // the MOVE X Y from the broken tick on
    std::size_t tokens = 0;     // of the sequence

    // The frame that the board shows at a token: the last one that has begun; nothing before the first.
    std::optional<std::size_t> frame_at(std::size_t token) const;
};

Film film(std::span<const TokenId> tokens, const GameRules& rules = {});

}  // namespace gamegpt::snake
