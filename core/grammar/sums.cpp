#include "core/grammar/sums.h"

#include <algorithm>
#include <limits>

#include "core/base/python_random.h"

namespace gamegpt::sums {

namespace {

constexpr std::string_view alphabet = "0123456789+=";
constexpr char boundary = '\n';

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Of two numbers in digits, however long.
std::string sum(std::string_view a, std::string_view b) {
    std::string digits;
    int carry = 0;
    for (std::size_t i = 0; i < std::max(a.size(), b.size()) || carry > 0; ++i) {
        if (i < a.size()) carry += a[a.size() - 1 - i] - '0';
        if (i < b.size()) carry += b[b.size() - 1 - i] - '0';
        digits += static_cast<char>('0' + carry % 10);
        carry /= 10;
    }
    std::reverse(digits.begin(), digits.end());
    return digits;
}

bool is_number(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit) && (text.size() == 1 || text[0] != '0');
}

// Of each token; other IDs are '?'.
std::string characters(std::span<const TokenId> tokens, const Vocabulary& vocabulary) {
    std::string text;
    for (const TokenId token : tokens) {
        if (token < 0 || static_cast<std::size_t>(token) >= vocabulary.size()) text += '?';
        else text += token == vocabulary.bos() ? boundary : vocabulary.name(token)[0];
    }
    return text;
}

}  // namespace

std::shared_ptr<const Corpus> collect(const Settings& settings) {
    text_grammar::require_within("the greatest operand", settings.greatest, 0, 999'999'999);
    PythonRandom random(settings.seed);
    const auto document = [&] {
        const std::int64_t a = random.randint(0, settings.greatest);
        const std::int64_t b = random.randint(0, settings.greatest);
        return std::to_string(a).append("+").append(std::to_string(b)).append("=").append(std::to_string(a + b));
    };
    return text_grammar::collect(alphabet, "Sums up to " + std::to_string(settings.greatest), settings.documents,
                                 document, settings.progress);
}

bool is_vocabulary(const Vocabulary& vocabulary) {
    const Vocabulary sums = text_grammar::vocabulary(alphabet);
    return vocabulary == sums && vocabulary.bos() == sums.bos() && vocabulary.eos() == sums.eos();
}

text_grammar::Check check(std::span<const TokenId> tokens, const Vocabulary& vocabulary) {
    text_grammar::Check result;
    const std::string text = characters(tokens, vocabulary);
    if (text.size() > 2 && text.front() == boundary && text.back() == boundary) {
        const std::string_view inside = std::string_view(text).substr(1, text.size() - 2);
        const std::size_t plus = std::min(inside.find('+'), inside.size());
        const std::size_t equals = std::min(inside.find('='), inside.size());
        if (plus < equals && equals < inside.size()) {
            const std::string_view a = inside.substr(0, plus);
            const std::string_view b = inside.substr(plus + 1, equals - plus - 1);
            const std::string_view c = inside.substr(equals + 1);
            result.structural = is_number(a) && is_number(b) && is_number(c);
            result.right = result.structural && sum(a, b) == c;
        }
    }
    Follower follower(vocabulary);
    std::size_t at = 0;
    while (at < tokens.size() && follower.push(tokens[at])) ++at;
    const auto allowed = follower.allowed(std::numeric_limits<std::size_t>::max());
    if (at == tokens.size() && allowed.empty()) return result;  // whole
    std::string expected;
    for (const TokenId token : allowed) expected.append(expected.empty() ? "" : " or ").append(vocabulary.name(token));
    const bool in_result = text.substr(0, at).find('=') != std::string::npos && !allowed.empty();
    result.first_break = {at,
                          in_result ? "The result must be the sum of the two numbers."
                                    : "A document must be a boundary, number + number = number, a boundary.",
                          std::move(expected)};
    return result;
}

Follower::Follower(const Vocabulary& vocabulary) {
    std::vector<TokenId> all(vocabulary.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<TokenId>(i);
    characters_ = characters(all, vocabulary);
}

// Fewest tokens to the end once `c`, which must be allowed here, has been written.
std::size_t Follower::rest_with(char c) const {
    // "+0=", the number again, boundary; or "=", the sum, boundary.
    if (phase_ == Phase::first) return is_digit(c) ? first_.size() + 1 + 4 : first_.size() + 3;
    if (phase_ == Phase::second) return sum(first_, is_digit(c) ? second_ + c : second_).size() + (is_digit(c) ? 2 : 1);
    return 0;
}

std::span<const TokenId> Follower::allowed(std::size_t room) {
    allowed_.clear();
    const auto add = [&](bool in_time) {
        for (std::size_t token = 0; token < characters_.size(); ++token) {
            const char c = characters_[token];
            bool legal = false;
            switch (phase_) {
                case Phase::before: legal = c == boundary; break;
                case Phase::first: legal = is_digit(c) ? may_grow(first_) : c == '+' && !first_.empty(); break;
                case Phase::second: legal = is_digit(c) ? may_grow(second_) : c == '=' && !second_.empty(); break;
                case Phase::result: legal = c == result_[written_]; break;
                case Phase::over: break;
            }
            if (legal && (!in_time || rest_with(c) < room)) allowed_.push_back(static_cast<TokenId>(token));
        }
    };
    add(room != std::numeric_limits<std::size_t>::max());
    if (allowed_.empty()) add(false);
    return allowed_;
}

bool Follower::push(TokenId token) {
    const auto legal = allowed(std::numeric_limits<std::size_t>::max());
    if (!std::binary_search(legal.begin(), legal.end(), token)) return false;
    const char c = characters_[static_cast<std::size_t>(token)];
    switch (phase_) {
        case Phase::before: phase_ = Phase::first; break;
        case Phase::first:
            if (c == '+') phase_ = Phase::second;
            else first_ += c;
            break;
        case Phase::second:
            if (c == '=') {
                phase_ = Phase::result;
                result_ = sum(first_, second_) + boundary;
            } else second_ += c;
            break;
        default:
            if (++written_ == result_.size()) phase_ = Phase::over;
            break;
    }
    return true;
}

}  // namespace gamegpt::sums
