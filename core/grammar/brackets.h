#pragma once

#include <span>

#include "core/grammar/text_grammar.h"

// Balanced brackets of one to four kinds, "([]{})": a language that needs a memory as deep as its nesting.
namespace gamegpt::brackets {

struct Settings {
    std::int64_t documents = 1000;
    std::uint64_t seed = 42;
    int kinds = 2;     // 1 to 4: round, square, curly, angle
    int longest = 24;  // brackets of a document, 2 to 1000; every even length up to it is as likely
    int deepest = 8;   // brackets open at once, 1 to 500
    std::function<bool(std::int64_t)> progress = {};  // after each document, how many are done; false cancels
};
// "Brackets of 2 kinds, 1000 documents"; null when cancelled. Throws Error (bad_argument) that says which setting is
// out of its range.
std::shared_ptr<const Corpus> collect(const Settings& settings);

// How many kinds there are in a vocabulary of brackets and a boundary; nothing if it is another.
std::optional<int> kinds_of(const Vocabulary& vocabulary);

// structural: a boundary, at least one bracket and nothing else, a boundary. right: the brackets that there are are
// balanced. The vocabulary must be one of brackets.
text_grammar::Check check(std::span<const TokenId> tokens, const Vocabulary& vocabulary);

// Follows a sequence token by token.
class Follower {
   public:
    explicit Follower(const Vocabulary& vocabulary);

    // Ascending; empty behind the end. While there is `room` (tokens, the next one included) to close everything and
    // write the boundary, only tokens that leave enough of it.
    std::span<const TokenId> allowed(std::size_t room);
    bool push(TokenId token);  // false, and nothing changes, when it is not allowed

   private:
    enum class Phase { before, inside, over };
    std::size_t to_close() const { return open_.size() + 1; }  // tokens, the boundary included

    std::vector<TokenId> opening_, closing_;  // of each kind
    TokenId boundary_;
    Phase phase_ = Phase::before;
    bool empty_ = true;
    std::vector<std::size_t> open_;  // kinds, outermost first
    std::vector<TokenId> allowed_;
};

}  // namespace gamegpt::brackets
