#include "core/corpus/utf8.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/corpus/quote_bytes.h"

namespace gamegpt {

namespace {

[[noreturn]] void refuse(std::string_view bytes, std::size_t at, const std::string& file) {
    const std::size_t line_start = bytes.rfind('\n', at) == std::string_view::npos ? 0 : bytes.rfind('\n', at) + 1;
    throw Error(Error::Code::bad_format,
                "found " + quote_bytes(bytes.substr(at, 1)) + " as byte " + std::to_string(at - line_start + 1) +
                    " of the line, which is not UTF-8; a text in UTF-8 was expected",
                {file, line_of(bytes, at), {}});
}

// Bytes of the code point at bytes[at], which is set; 0 when they are not UTF-8.
std::size_t decode(std::string_view bytes, std::size_t at, char32_t& code_point) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80) {
        code_point = first;
        return 1;
    }
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || bytes.size() - at < length) return 0;
    code_point = first & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xc0) != 0x80) return 0;
        code_point = code_point << 6 | (byte(at + i) & 0x3fU);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
    return code_point < least[length] || surrogate || code_point > 0x10ffff ? 0 : length;
}

}  // namespace

char32_t next_code_point(std::string_view bytes, std::size_t& at, const std::string& file) {
    char32_t code_point = 0;
    const std::size_t length = decode(bytes, at, code_point);
    if (length == 0) refuse(bytes, at, file);
    at += length;
    return code_point;
}

std::size_t code_point_length(std::string_view bytes, std::size_t at) {
    char32_t code_point = 0;
    return decode(bytes, at, code_point);
}

std::string valid_utf8(std::string text) {
    std::size_t at = 0;
    std::size_t length = 1;
    while (at < text.size() && (length = code_point_length(text, at)) > 0) at += length;
    if (at >= text.size()) return text;
    std::string result = text.substr(0, at);
    for (; at < text.size(); at += std::max<std::size_t>(length, 1)) {
        length = code_point_length(text, at);
        if (length == 0) result += "\xef\xbf\xbd";
        else result.append(text, at, length);
    }
    return result;
}

std::string utf8(char32_t code_point) {
    const auto tail = [&](int shift) { return static_cast<char>(0x80 | (code_point >> shift & 0x3f)); };
    if (code_point < 0x80) return {static_cast<char>(code_point)};
    if (code_point < 0x800) return {static_cast<char>(0xc0 | code_point >> 6), tail(0)};
    if (code_point < 0x10000) return {static_cast<char>(0xe0 | code_point >> 12), tail(6), tail(0)};
    return {static_cast<char>(0xf0 | code_point >> 18), tail(12), tail(6), tail(0)};
}

std::size_t line_of(std::string_view bytes, std::size_t at) {
    const std::string_view before = bytes.substr(0, at);
    return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

}  // namespace gamegpt
