#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/narrow_array.h"
#include "core/corpus/vocabulary.h"
#include "core/corpus/word_table.h"

namespace gamegpt {

// Turns text into the tokens of a vocabulary, which must outlive it, as must the texts. Characters and bytes one by
// one, merges piece by piece, everything else as words between white space.
class TextEncoder {
   public:
    explicit TextEncoder(const Vocabulary& vocabulary);

    // Appends the tokens of bytes[begin..end); `bytes` is the whole file, for the line in errors. Throws Error
    // (bad_format) for what is not UTF-8 and (mismatch) for what is no token of the vocabulary, both with `file`.
    void encode(std::string_view bytes, std::size_t begin, std::size_t end, const std::string& file, NarrowArray& ids);

   private:
    // Value is the unsigned integer that `ids` has room for.
    template <class Value>
    void characters(std::string_view bytes, std::size_t begin, std::size_t end, const std::string& file,
                    NarrowArray& ids) const;
    std::span<const TokenId> tokens_of(std::string_view piece);
    void merges(std::string_view text, NarrowArray& ids);
    void words(std::string_view bytes, std::size_t begin, std::size_t end, const std::string& file, NarrowArray& ids);

    const Vocabulary& vocabulary_;
    std::vector<TokenId> by_code_point_;  // -1 for none
    WordTable words_;                     // of words: ID + 1. Of pieces: where their tokens stand in piece_tokens_
    std::vector<TokenId> piece_tokens_;   // for each piece that was met the number of its tokens, then these
    std::vector<TokenId> encoded_;        // the last piece that was worked out
};

}  // namespace gamegpt
