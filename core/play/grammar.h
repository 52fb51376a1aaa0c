#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/corpus/corpus.h"
#include "core/sample/constraint.h"
#include "core/snake/game.h"

namespace gamegpt::play {

// One thing that a sequence is judged by.
struct Tier {
    std::string key;          // "structural", as in JSON
    std::string name;         // "Structural", as on screen
    std::string explanation;  // a sentence
    // Found by playing the sequence along, not by its form; figures of the two kinds are kept apart.
    bool by_replay = false;
};

struct FirstError {
    std::size_t token = 0;  // offset in the sequence; its length when the end is what is wrong
    std::string rule;       // a sentence
    std::string found;      // the token's name; "the end" behind the last one
    std::string expected;   // names of what would have been legal, or a description; may be empty
};

struct Verdict {
    std::vector<bool> passed;  // a flag a tier
    // The first of: where strict replay breaks, where a tier breaks. Nothing if all tiers are passed.
    std::optional<FirstError> first_error;
};

// The rules that a kind of corpus follows. Immutable; any number of threads may use one.
class Grammar {
   public:
    virtual ~Grammar() = default;

    virtual std::string name() const = 0;  // "Snake", "Brackets", "Sums"
    virtual const std::vector<Tier>& tiers() const = 0;
    virtual Verdict judge(std::span<const TokenId> tokens) const = 0;
    // Follows a new sequence. What it allows until the end passes all tiers.
    virtual std::unique_ptr<Constraint> constraint() const = 0;
    // Tokens that a sequence longer than the context is best taken up again from, best first (SNAP, then TICK).
    virtual std::vector<TokenId> anchors() const { return {}; }
    // What its games are played by, if they are games of Snake.
    virtual std::optional<snake::GameRules> snake_rules() const { return {}; }
};

// Snake by these rules: structural, physical, rules, full, and strict by replay. A game that fills the board is legal
// by strict replay, but the rules tier, which is the original's, knows no tick that eats without new food.
std::shared_ptr<const Grammar> snake_grammar(const snake::GameRules& rules = {});

// The grammar of sequences of these tokens: Snake by the original's rules, brackets (structural, balanced, full) or
// sums (structural, correct, full); null if it is none of ours.
std::shared_ptr<const Grammar> grammar_of(const std::shared_ptr<const Vocabulary>& vocabulary);
// The same of a corpus, whose documents tell Snake's board, tick limit and snapshot interval (see snake::rules_of).
std::shared_ptr<const Grammar> grammar_of(const Corpus& corpus);

}  // namespace gamegpt::play
