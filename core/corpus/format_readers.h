#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/corpus/vocabulary.h"

// One reader a format, for parse_corpus. They get the whole file without its byte-order mark, neither empty nor with
// NUL bytes, and throw Error (bad_format) with `file` and the place.
namespace gamegpt {

// Documents one after the other, as Corpus takes them.
struct Documents {
    Vocabulary vocabulary;
    std::vector<TokenId> tokens;
    std::vector<std::size_t> offsets;
};

// The name of the token that stands before and after each document where the file itself has none.
inline constexpr std::string_view boundary_name = "<BOS>";

Documents read_episodes_json(std::string_view bytes, const std::string& file);
Documents read_lines(std::string_view bytes, const std::string& file);
Documents read_token_names(std::string_view bytes, const std::string& file);
Documents read_long_text(std::string_view bytes, const std::string& file);

}  // namespace gamegpt
