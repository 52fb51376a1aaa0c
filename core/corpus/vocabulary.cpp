#include "core/corpus/vocabulary.h"

#include <utility>

#include "core/base/error.h"
#include "core/corpus/game_tokens.h"

namespace gamegpt {

Vocabulary::Vocabulary(Kind kind, std::vector<std::string> names, std::optional<TokenId> bos,
                       std::optional<TokenId> eos)
    : kind_(kind), names_(std::move(names)), bos_(bos), eos_(eos) {
    if (names_.empty()) throw Error(Error::Code::bad_argument, "a vocabulary needs at least one token");
    if (names_.size() > max_vocabulary_size)
        throw Error(Error::Code::too_large, std::to_string(names_.size()) +
                                                " different tokens; a vocabulary has at most " +
                                                std::to_string(max_vocabulary_size));
    by_name_.reserve(names_.size());
    for (std::size_t i = 0; i < names_.size(); ++i) {
        if (names_[i].empty()) throw Error(Error::Code::bad_argument, "token " + std::to_string(i) + " has no name");
        if (!by_name_.emplace(names_[i], static_cast<TokenId>(i)).second)
            throw Error(Error::Code::bad_argument, "two tokens have the name '" + names_[i] + "'");
    }
    for (const auto& boundary : {bos_, eos_})
        if (boundary && (*boundary < 0 || static_cast<std::size_t>(*boundary) >= names_.size()))
            throw Error(Error::Code::bad_argument, "the boundary token " + std::to_string(*boundary) +
                                                       " is not one of the " + std::to_string(names_.size()) +
                                                       " tokens");
}

Vocabulary Vocabulary::game() {
    std::vector<std::string> names = {"BOS",   "EOS",   "TICK",  "SNAP",    "PLAYER",  "FOOD",    "WALL",   "DIR_U",
                                      "DIR_D", "DIR_L", "DIR_R", "INPUT_U", "INPUT_D", "INPUT_L", "INPUT_R"};
    const auto family = [&](const std::string& prefix, int first, int last) {
        for (int i = first; i <= last; ++i) names.push_back(prefix + std::to_string(i));
    };
    family("X", 0, 9);
    family("Y", 0, 9);
    names.insert(names.end(), {"MOVE", "EAT", "GROW", "DIE_WALL", "DIE_SELF", "FOOD_SPAWN", "SCORE"});
    family("V", 0, 10);
    family("LEN", 1, 20);
    names.push_back("LEN_LONG");
    return Vocabulary(Kind::game, std::move(names), game_tokens::bos, game_tokens::eos);
}

Vocabulary Vocabulary::numbers(std::size_t size) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < size; ++i) names.push_back(std::to_string(i));
    return Vocabulary(Kind::numbers, std::move(names), {}, {});
}

std::optional<TokenId> Vocabulary::find(std::string_view name) const {
    const auto found = by_name_.find(std::string(name));
    return found == by_name_.end() ? std::nullopt : std::optional(found->second);
}

TokenId Vocabulary::start() const { return bos_.value_or(find("\n").value_or(0)); }

std::string Vocabulary::label(TokenId id) const {
    constexpr char hex[] = "0123456789ABCDEF";
    std::string result;
    for (const char c : name(id)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n') result += "\u21b5";
        else if (c == ' ') result += "\u2423";
        else if (byte < 0x20 || byte == 0x7f) result += {'\\', 'x', hex[byte >> 4], hex[byte & 15]};
        else result += c;
    }
    return result;
}

std::string Vocabulary::text(std::span<const TokenId> ids) const {
    std::string result;
    for (const TokenId id : ids) {
        if (kind_ == Kind::characters) {
            if (id != bos_ && id != eos_) result += name(id);
            continue;
        }
        if (!result.empty()) result += ' ';
        result += name(id);
    }
    return result;
}

namespace {

TokenCategory game_category(TokenId id) {
    using namespace game_tokens;
    if (id <= snap) return TokenCategory::structure;
    if (id == player || id == wall || id == move) return TokenCategory::entity;
    if (is_dir(id) || is_input(id)) return TokenCategory::input;
    if (is_x(id) || is_y(id)) return TokenCategory::position;
    if (is_die(id)) return TokenCategory::death;
    return TokenCategory::score;  // FOOD, EAT, GROW, FOOD_SPAWN, SCORE, V*, LEN*
}

}  // namespace

TokenCategory category(const Vocabulary& vocabulary, TokenId id) {
    if (vocabulary.kind() == Vocabulary::Kind::game) return game_category(id);
    return id == vocabulary.bos() || id == vocabulary.eos() ? TokenCategory::structure : TokenCategory::text;
}

}  // namespace gamegpt
