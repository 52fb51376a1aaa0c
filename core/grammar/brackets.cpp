#include "core/grammar/brackets.h"

#include <algorithm>
#include <limits>

#include "core/base/python_random.h"

namespace gamegpt::brackets {

namespace {

constexpr std::string_view opening = "([{<";
constexpr std::string_view closing = ")]}>";

std::string alphabet(int kinds) {
    const auto k = static_cast<std::size_t>(kinds);
    return std::string(opening.substr(0, k)).append(closing.substr(0, k));
}

std::string document(const Settings& settings, PythonRandom& random) {
    std::string text;
    std::string open;                                             // what closes the brackets that are open
    std::int64_t left = random.randint(1, settings.longest / 2);  // pairs to begin
    while (left > 0 || !open.empty()) {
        const bool may_open = left > 0 && open.size() < static_cast<std::size_t>(settings.deepest);
        if (may_open && (open.empty() || random.random() < 0.5)) {
            const std::size_t kind = random.choice_index(static_cast<std::size_t>(settings.kinds));
            text += opening[kind];
            open += closing[kind];
            --left;
        } else {
            text += open.back();
            open.pop_back();
        }
    }
    return text;
}

std::string names(std::span<const TokenId> tokens, const Vocabulary& vocabulary) {
    std::string list;
    for (const TokenId token : tokens) list.append(list.empty() ? "" : " or ").append(vocabulary.name(token));
    return list;
}

bool is_balanced(std::span<const TokenId> tokens, const Vocabulary& vocabulary) {
    std::vector<char> open;
    for (const TokenId token : tokens) {
        if (token < 0 || static_cast<std::size_t>(token) >= vocabulary.size() || token == vocabulary.bos()) continue;
        const char c = vocabulary.name(token)[0];
        if (const auto kind = opening.find(c); kind != std::string_view::npos) {
            open.push_back(closing[kind]);
        } else {
            if (open.empty() || open.back() != c) return false;
            open.pop_back();
        }
    }
    return open.empty();
}

}  // namespace

std::shared_ptr<const Corpus> collect(const Settings& settings) {
    using text_grammar::require_within;
    require_within("the number of kinds", settings.kinds, 1, static_cast<int>(opening.size()));
    require_within("the greatest length", settings.longest, 2, 1000);
    require_within("the greatest depth", settings.deepest, 1, 500);
    PythonRandom random(settings.seed);
    const std::string kinds = settings.kinds == 1 ? "1 kind" : std::to_string(settings.kinds) + " kinds";
    return text_grammar::collect(
        alphabet(settings.kinds), "Brackets of " + kinds, settings.documents,
        [&] { return document(settings, random); }, settings.progress);
}

std::optional<int> kinds_of(const Vocabulary& vocabulary) {
    for (int kinds = 1; kinds <= static_cast<int>(opening.size()); ++kinds) {
        const Vocabulary brackets = text_grammar::vocabulary(alphabet(kinds));
        if (vocabulary == brackets && vocabulary.bos() == brackets.bos() && vocabulary.eos() == brackets.eos())
            return kinds;
    }
    return {};
}

text_grammar::Check check(std::span<const TokenId> tokens, const Vocabulary& vocabulary) {
    const TokenId boundary = vocabulary.bos().value();
    text_grammar::Check result;
    const auto is_bracket = [&](TokenId token) {
        return token >= 0 && static_cast<std::size_t>(token) < vocabulary.size() && token != boundary;
    };
    result.structural = tokens.size() > 2 && tokens.front() == boundary && tokens.back() == boundary &&
                        std::all_of(tokens.begin() + 1, tokens.end() - 1, is_bracket);
    result.right = is_balanced(tokens, vocabulary);
    Follower follower(vocabulary);
    std::size_t at = 0;
    while (at < tokens.size() && follower.push(tokens[at])) ++at;
    const auto allowed = follower.allowed(std::numeric_limits<std::size_t>::max());
    if (at == tokens.size() && allowed.empty()) return result;  // whole
    const bool misplaced = at < tokens.size() && is_bracket(tokens[at]) && at > 0 && !allowed.empty();
    const bool left_open = at == tokens.size() || (tokens[at] == boundary && at > 1 && !allowed.empty());
    result.first_break = {at,
                          misplaced   ? "A closing bracket must fit the last one that is open."
                          : left_open ? "Every bracket must be closed before the boundary at the end."
                                      : "A document must be a boundary, brackets, a boundary, and nothing else.",
                          names(allowed, vocabulary)};
    return result;
}

Follower::Follower(const Vocabulary& vocabulary) : boundary_(vocabulary.bos().value()) {
    for (std::size_t kind = 0; kind < opening.size(); ++kind) {
        const auto open = vocabulary.find(opening.substr(kind, 1));
        if (!open) break;
        opening_.push_back(*open);
        closing_.push_back(vocabulary.find(closing.substr(kind, 1)).value());
    }
}

std::span<const TokenId> Follower::allowed(std::size_t room) {
    allowed_.clear();
    if (phase_ == Phase::before) allowed_.push_back(boundary_);
    if (phase_ != Phase::inside) return allowed_;
    // A bracket more must be closed again, both it and what is open.
    if (room >= to_close() + 2 || (empty_ && room < to_close() + 2))
        allowed_.insert(allowed_.end(), opening_.begin(), opening_.end());
    if (!open_.empty()) allowed_.push_back(closing_[open_.back()]);
    else if (!empty_) allowed_.push_back(boundary_);
    std::sort(allowed_.begin(), allowed_.end());
    return allowed_;
}

bool Follower::push(TokenId token) {
    const auto legal = allowed(std::numeric_limits<std::size_t>::max());
    if (!std::binary_search(legal.begin(), legal.end(), token)) return false;
    if (token == boundary_) {
        phase_ = phase_ == Phase::before ? Phase::inside : Phase::over;
        return true;
    }
    empty_ = false;
    const auto kind = std::find(opening_.begin(), opening_.end(), token);
    if (kind != opening_.end()) open_.push_back(static_cast<std::size_t>(kind - opening_.begin()));
    else open_.pop_back();
    return true;
}

}  // namespace gamegpt::brackets
