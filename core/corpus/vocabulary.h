#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gamegpt {

using TokenId = std::int32_t;

// No vocabulary is larger: an ID beyond it is a mistake in a file, not a very small model.
inline constexpr std::size_t max_vocabulary_size = std::size_t{1} << 16;

// The names of a model's tokens; a token's ID is its position. Immutable.
class Vocabulary {
   public:
    enum class Kind {
        game,        // the 74 tokens of the Snake grammar
        characters,  // one UTF-8 code point a token; text() joins without spaces
        words,       // white-space separated names; text() joins with spaces
        numbers,     // bare IDs without names: "0", "1", ...
    };

    // `bos` starts a document and `eos` ends it; both may be the same token (a boundary) or absent (one long text).
    // Names must be distinct and not empty, BOS and EOS must be among them: throws Error (bad_argument) otherwise, or
    // (too_large) over max_vocabulary_size.
    Vocabulary(Kind kind, std::vector<std::string> names, std::optional<TokenId> bos, std::optional<TokenId> eos);

    static Vocabulary game();
    static Vocabulary numbers(std::size_t size);

    Kind kind() const { return kind_; }
    std::size_t size() const { return names_.size(); }
    const std::string& name(TokenId id) const { return names_.at(static_cast<std::size_t>(id)); }
    const std::vector<std::string>& names() const { return names_; }
    std::optional<TokenId> find(std::string_view name) const;
    std::optional<TokenId> bos() const { return bos_; }
    std::optional<TokenId> eos() const { return eos_; }

    // The token that a fresh sample starts with: BOS, else a line feed, else token 0.
    TokenId start() const;

    // A token on screen: line feed as "\u21b5", space as "\u2423", other control characters as "\xNN", the rest as is.
    std::string label(TokenId id) const;
    // A sequence as people read it: characters joined (boundary tokens left out), names separated by spaces.
    std::string text(std::span<const TokenId> ids) const;

    bool operator==(const Vocabulary& other) const { return kind_ == other.kind_ && names_ == other.names_; }

   private:
    Kind kind_;
    std::vector<std::string> names_;
    std::optional<TokenId> bos_;
    std::optional<TokenId> eos_;
    std::unordered_map<std::string, TokenId> by_name_;
};

// What a token of the Snake grammar is about, for colours and for averages by category. Tokens of other
// vocabularies are `text`, their boundary tokens `structure`.
enum class TokenCategory { structure, entity, position, input, score, death, text };
TokenCategory category(const Vocabulary& vocabulary, TokenId id);

}  // namespace gamegpt
