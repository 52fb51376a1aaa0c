#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace gamegpt {

// Walks through a text line by line; a line ends with \n, \r\n or the end of the text and is given without that.
//
//     for (Lines lines(bytes); lines.next();) use(lines.text(), lines.number());
class Lines {
   public:
    explicit Lines(std::string_view bytes) : bytes_(bytes) {}

    bool next() {
        if (next_ >= bytes_.size()) return false;
        start_ = next_;
        const std::size_t end = bytes_.find('\n', start_);
        next_ = end == std::string_view::npos ? bytes_.size() : end + 1;
        text_ = bytes_.substr(start_, end == std::string_view::npos ? end : end - start_);
        if (text_.ends_with('\r')) text_.remove_suffix(1);
        ++number_;
        return true;
    }

    std::string_view text() const { return text_; }
    std::size_t number() const { return number_; }  // from 1
    std::size_t start() const { return start_; }    // offset of the line's first byte
    bool blank() const {
        if (!text_.empty() && static_cast<unsigned char>(text_[0]) > ' ') return false;  // nearly always
        return text_.find_first_not_of(" \t\r\v\f") == std::string_view::npos;
    }

   private:
    std::string_view bytes_;
    std::string_view text_;
    std::size_t start_ = 0;
    std::size_t next_ = 0;
    std::size_t number_ = 0;
};

// Takes the next word, separated by white space, off the front of `rest`; empty when there is none.
inline std::string_view take_word(std::string_view& rest) {
    const auto space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    std::size_t begin = 0;
    while (begin < rest.size() && space(rest[begin])) ++begin;
    std::size_t end = begin;
    while (end < rest.size() && !space(rest[end])) ++end;
    const std::string_view word = rest.substr(begin, end - begin);
    rest.remove_prefix(end);
    return word;
}

}  // namespace gamegpt
