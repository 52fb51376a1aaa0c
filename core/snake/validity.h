#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

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

    // The first token at which a tier does not hold (the sequence's length if it is the end) and a sentence on why.
    struct Break {
        std::size_t token = 0;
        std::string_view rule;
    };
    std::optional<Break> structural_break = {}, physical_break = {}, rules_break = {};  // where that tier fails

    bool full() const { return structural && physical && rules; }
    // The first of the three; nothing if all tiers hold.
    std::optional<Break> first_break() const;
};

// IDs outside the game's vocabulary are tokens of no kind.
Validity validity(std::span<const TokenId> tokens);

}  // namespace gamegpt::snake
