#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/corpus/merges.h"

namespace gamegpt {

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
        bytes,       // the 256 bytes, whether they are UTF-8 or not; text() joins
        merges,      // the 256 bytes, then byte-pair merges of them; text() joins
    };

    // `bos` starts a document and `eos` ends it; both may be the same token (a boundary) or absent (one long text).
    // `unknown` stands for words that have no token. Names must be distinct and not empty, the special tokens must be
    // among them, bytes and merges must start with the bytes: throws Error (bad_argument) otherwise, or (too_large)
    // over max_vocabulary_size.
    Vocabulary(Kind kind, std::vector<std::string> names, std::optional<TokenId> bos, std::optional<TokenId> eos,
               std::optional<TokenId> unknown = {});

    static Vocabulary game();
    static Vocabulary numbers(std::size_t size);
    // The bytes, or the bytes and their merges, and then `boundary` (BOS and EOS) if it is not empty.
    static Vocabulary bytes(std::string_view boundary);
    static Vocabulary merged(const std::vector<Merge>& merges, std::string_view boundary);

    Kind kind() const { return kind_; }
    std::size_t size() const { return names_.size(); }
    const std::string& name(TokenId id) const { return names_.at(static_cast<std::size_t>(id)); }
    const std::vector<std::string>& names() const { return names_; }
    std::optional<TokenId> find(std::string_view name) const;
    std::optional<TokenId> bos() const { return bos_; }
    std::optional<TokenId> eos() const { return eos_; }
    std::optional<TokenId> unknown() const { return unknown_; }
    // BOS, EOS and the unknown word: tokens that stand for no text.
    bool is_special(TokenId id) const { return id == bos_ || id == eos_ || id == unknown_; }
    const std::vector<Merge>& merges() const { return merges_; }
    const MergeTable& merge_table() const { return merge_table_; }
    // Whether tokens are pieces of a text that join without anything between them.
    bool joins() const { return kind_ == Kind::characters || kind_ == Kind::bytes || kind_ == Kind::merges; }

    // The token that a fresh sample starts with: BOS, else a line feed, else token 0.
    TokenId start() const;

    // A token on screen: line feed as "\u21b5", space as "\u2423", other control characters and bytes that are not
    // UTF-8 as "\xNN", the rest as is.
    std::string label(TokenId id) const;
    // A sequence as people read it, always UTF-8: characters and bytes joined (special tokens left out; U+FFFD for what
    // is not UTF-8), names separated by spaces.
    std::string text(std::span<const TokenId> ids) const;
    // A text's tokens: the other way round, without BOS and EOS around it. Throws Error (mismatch) that names the first
    // piece of the text that is no token and where it stands.
    std::vector<TokenId> encode(std::string_view text) const;

    // Boundaries do not count: what a document starts with is a matter of the corpus.
    bool operator==(const Vocabulary& other) const {
        return kind_ == other.kind_ && names_ == other.names_ && merges_ == other.merges_;
    }

   private:
    struct NameHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
    };

    Kind kind_;
    std::vector<std::string> names_;
    std::optional<TokenId> bos_;
    std::optional<TokenId> eos_;
    std::optional<TokenId> unknown_;
    std::vector<Merge> merges_;
    MergeTable merge_table_;
    std::unordered_map<std::string, TokenId, NameHash, std::equal_to<>> by_name_;
};

// What a token of the Snake grammar is about, for colours and for averages by category. Tokens of other
// vocabularies are `text`, their special tokens `structure`.
enum class TokenCategory { structure, entity, position, input, score, death, text };
TokenCategory category(const Vocabulary& vocabulary, TokenId id);

}  // namespace gamegpt
