#pragma once

#include <span>

#include "core/corpus/vocabulary.h"

// The original's check of a sequence of the game's tokens. It looks at the form and lets illegal games through;
// replay() in replay.h plays the game along and finds them. The two kinds of figure must never be confused.
namespace gamegpt::snake {

// Three tiers, independent of each other.
struct Validity {
    // BOS first, EOS last, every SNAP followed by the 10 right kinds of token.
    bool structural = false;
    // Every X and Y is on the board, consecutive MOVEs are one cell apart.
    bool physical = false;
    // Every EAT has GROW and FOOD_SPAWN before the next TICK, EOS or end; behind a death only EOS, SCORE and V*.
    bool rules = false;

    bool full() const { return structural && physical && rules; }
};

// IDs outside the game's vocabulary are tokens of no kind.
Validity validity(std::span<const TokenId> tokens);

}  // namespace gamegpt::snake
