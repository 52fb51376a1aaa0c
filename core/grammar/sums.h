#pragma once

#include <span>

#include "core/grammar/text_grammar.h"

// Additions of two numbers with their result, "17+25=42".
namespace gamegpt::sums {

struct Settings {
    std::int64_t documents = 1000;
    std::uint64_t seed = 42;
    std::int64_t greatest = 99;                       // operand, 0 to 999,999,999; both are drawn from 0 to it
    std::function<bool(std::int64_t)> progress = {};  // after each document, how many are done; false cancels
};
// "Sums up to 99, 1000 documents"; null when cancelled. Throws Error (bad_argument) that says which setting is out of
// its range.
std::shared_ptr<const Corpus> collect(const Settings& settings);

// Whether a vocabulary is the ten digits, +, = and a boundary.
bool is_vocabulary(const Vocabulary& vocabulary);

// structural: a boundary, number + number = number, a boundary; numbers have no leading zeros. right: it is of that
// form and the result is the sum. Numbers may be as long as they like. The vocabulary must be that of sums.
text_grammar::Check check(std::span<const TokenId> tokens, const Vocabulary& vocabulary);

// Follows a sequence token by token. The result is forced digit by digit.
class Follower {
   public:
    explicit Follower(const Vocabulary& vocabulary);

    // Ascending; empty behind the end. While there is `room` (tokens, the next one included) for the rest of a sum,
    // only tokens that leave enough of it.
    std::span<const TokenId> allowed(std::size_t room);
    bool push(TokenId token);  // false, and nothing changes, when it is not allowed

   private:
    enum class Phase { before, first, second, result, over };
    bool may_grow(const std::string& number) const { return number != "0"; }
    std::size_t rest_with(char c) const;

    std::string characters_;  // of each token; the boundary is '\n'
    Phase phase_ = Phase::before;
    std::string first_, second_;  // digits so far
    std::string result_;          // the digits that are to come, then the boundary
    std::size_t written_ = 0;     // of result_
    std::vector<TokenId> allowed_;
};

}  // namespace gamegpt::sums
