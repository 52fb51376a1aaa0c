#include "core/corpus/vocabulary.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/corpus/game_tokens.h"
#include "core/corpus/text_encoder.h"
#include "core/corpus/utf8.h"

namespace gamegpt {

Vocabulary::Vocabulary(Kind kind, std::vector<std::string> names, std::optional<TokenId> bos,
                       std::optional<TokenId> eos, std::optional<TokenId> unknown)
    : kind_(kind), names_(std::move(names)), bos_(bos), eos_(eos), unknown_(unknown) {
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
    for (const auto& boundary : {bos_, eos_, unknown_})
        if (boundary && (*boundary < 0 || static_cast<std::size_t>(*boundary) >= names_.size()))
            throw Error(Error::Code::bad_argument, "the special token " + std::to_string(*boundary) +
                                                       " is not one of the " + std::to_string(names_.size()) +
                                                       " tokens");
    if (kind_ != Kind::bytes && kind_ != Kind::merges) return;
    for (std::size_t byte = 0; byte < byte_tokens; ++byte)
        if (byte >= names_.size() || names_[byte] != std::string(1, static_cast<char>(byte)))
            throw Error(Error::Code::bad_argument, "token " + std::to_string(byte) + " is not the byte of that number");
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

Vocabulary Vocabulary::bytes(std::string_view boundary) {
    std::vector<std::string> names;
    for (int byte = 0; byte < byte_tokens; ++byte) names.emplace_back(1, static_cast<char>(byte));
    if (boundary.empty()) return Vocabulary(Kind::bytes, std::move(names), {}, {});
    names.emplace_back(boundary);
    return Vocabulary(Kind::bytes, std::move(names), byte_tokens, byte_tokens);
}

Vocabulary Vocabulary::merged(const std::vector<Merge>& merges, std::string_view boundary) {
    std::vector<std::string> names = bytes({}).names();
    for (const auto& [left, right] : merges) {
        for (const TokenId part : {left, right})
            if (part < 0 || static_cast<std::size_t>(part) >= names.size())
                throw Error(Error::Code::bad_argument, "merge " + std::to_string(names.size() - byte_tokens) +
                                                           " joins token " + std::to_string(part) +
                                                           ", which is not there yet");
        names.push_back(names[static_cast<std::size_t>(left)] + names[static_cast<std::size_t>(right)]);
        if (names.back().size() > longest_piece)
            throw Error(Error::Code::bad_argument, "merge " + std::to_string(names.size() - byte_tokens - 1) +
                                                       " gives a token of more than " + std::to_string(longest_piece) +
                                                       " bytes");
    }
    std::optional<TokenId> boundary_id;
    if (!boundary.empty()) {
        boundary_id = static_cast<TokenId>(names.size());
        names.emplace_back(boundary);
    }
    Vocabulary vocabulary(Kind::merges, std::move(names), boundary_id, boundary_id);
    vocabulary.merges_ = merges;
    vocabulary.merge_table_ = MergeTable(merges);
    return vocabulary;
}

std::optional<TokenId> Vocabulary::find(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? std::nullopt : std::optional(found->second);
}

TokenId Vocabulary::start() const { return bos_.value_or(find("\n").value_or(0)); }

std::string Vocabulary::label(TokenId id) const {
    constexpr char hex[] = "0123456789ABCDEF";
    const std::string& bytes = name(id);
    std::string result;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto byte = static_cast<unsigned char>(bytes[at]);
        const std::size_t length = code_point_length(bytes, at);
        if (byte == '\n') result += "\u21b5";
        else if (byte == ' ') result += "\u2423";
        else if (byte < 0x20 || byte == 0x7f || length == 0) result += {'\\', 'x', hex[byte >> 4], hex[byte & 15]};
        else result.append(bytes, at, length);
        at += std::max<std::size_t>(length, 1);
    }
    return result;
}

std::string Vocabulary::text(std::span<const TokenId> ids) const {
    std::string result;
    for (const TokenId id : ids) {
        if (joins()) {
            if (!is_special(id)) result += name(id);
            continue;
        }
        if (!result.empty()) result += ' ';
        result += name(id);
    }
    return kind_ == Kind::characters ? result : valid_utf8(std::move(result));
}

std::vector<TokenId> Vocabulary::encode(std::string_view text) const {
    NarrowArray ids;
    TextEncoder(*this).encode(text, 0, text.size(), {}, ids);
    std::vector<TokenId> tokens(ids.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) tokens[i] = static_cast<TokenId>(ids[i]);
    return tokens;
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
    return vocabulary.is_special(id) ? TokenCategory::structure : TokenCategory::text;
}

}  // namespace gamegpt
