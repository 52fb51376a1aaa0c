#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gamegpt {

// The code point at bytes[at]; moves `at` behind it. at < bytes.size(). Refuses overlong forms, surrogates and what
// lies beyond U+10FFFF: throws Error (bad_format) with `file`, the line and the byte in it (`bytes` is the whole file).
char32_t next_code_point(std::string_view bytes, std::size_t& at, const std::string& file);

// Bytes of the code point at bytes[at], which may be anything; 0 when it is not UTF-8. at < bytes.size().
std::size_t code_point_length(std::string_view bytes, std::size_t at);

std::string utf8(char32_t code_point);

// The text with U+FFFD for each byte that is not UTF-8.
std::string valid_utf8(std::string text);

// The line, from 1, that bytes[at] stands in.
std::size_t line_of(std::string_view bytes, std::size_t at);

}  // namespace gamegpt
