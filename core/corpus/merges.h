#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/corpus/word_table.h"

namespace gamegpt {

using TokenId = std::int32_t;

// Byte-pair merges. Tokens 0 to 255 are the bytes; merge i joins two tokens into token 256 + i.
using Merge = std::pair<TokenId, TokenId>;
inline constexpr TokenId byte_tokens = 256;
inline constexpr std::size_t longest_piece = 64;  // bytes

// Takes the next piece off the front of `rest`; merges never cross pieces. A piece is a run of bytes that are no white
// space, with the one space before it if there is one, or a run of white space (without the space that the next piece
// takes). After longest_piece bytes a piece ends whatever follows. Not empty unless `rest` is.
std::string_view take_piece(std::string_view& rest);

// The merges, as they are applied.
class MergeTable {
   public:
    MergeTable() = default;
    explicit MergeTable(const std::vector<Merge>& merges);

    // Appends a piece's tokens: its bytes, joined by the earliest merge that applies until none does.
    void encode(std::string_view piece, std::vector<TokenId>& tokens) const;

   private:
    std::unordered_map<std::uint64_t, TokenId> joined_;  // by pair
};

// Learns up to `count` merges from pieces with their counts: again and again the pair that occurs most often (of
// equals: the smallest left ID, then the smallest right ID), while one occurs twice. A pair whose text is a token
// already, or in `reserved`, is passed over. `progress` (0..1) returns false to stop with what there is.
std::vector<Merge> learn_merges(const std::vector<WordTable::Entry>& pieces, std::size_t count,
                                const std::vector<std::string_view>& reserved,
                                const std::function<bool(double)>& progress = {});

}  // namespace gamegpt
