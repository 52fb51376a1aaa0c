#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <iterator>
#include <span>
#include <vector>

#include "core/base/narrow_array.h"
#include "core/corpus/vocabulary.h"

namespace gamegpt {

// A run of tokens in a corpus's narrow storage, which must outlive it; as cheap to copy as a span. Gives IDs by value.
class TokenView {
   public:
    class Iterator {
       public:
        using iterator_category = std::random_access_iterator_tag;
        using value_type = TokenId;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = TokenId;

        Iterator() = default;
        Iterator(const TokenView* view, std::size_t at) : data_(view->data_), width_(view->width_), at_(at) {}
        TokenId operator*() const { return static_cast<TokenId>(NarrowArray::load(data_, width_, at_)); }
        TokenId operator[](difference_type n) const { return *(*this + n); }
        Iterator& operator+=(difference_type n) {
            at_ += static_cast<std::size_t>(n);
            return *this;
        }
        Iterator& operator-=(difference_type n) { return *this += -n; }
        Iterator& operator++() { return *this += 1; }
        Iterator& operator--() { return *this -= 1; }
        Iterator operator++(int) {
            const Iterator before = *this;
            ++*this;
            return before;
        }
        Iterator operator--(int) {
            const Iterator before = *this;
            --*this;
            return before;
        }
        friend Iterator operator+(Iterator i, difference_type n) { return i += n; }
        friend Iterator operator+(difference_type n, Iterator i) { return i += n; }
        friend Iterator operator-(Iterator i, difference_type n) { return i -= n; }
        friend difference_type operator-(const Iterator& a, const Iterator& b) {
            return static_cast<difference_type>(a.at_) - static_cast<difference_type>(b.at_);
        }
        friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }
        friend auto operator<=>(const Iterator& a, const Iterator& b) { return a.at_ <=> b.at_; }

       private:
        const std::byte* data_ = nullptr;
        std::size_t width_ = 1;
        std::size_t at_ = 0;
    };

    TokenView() = default;
    TokenView(const NarrowArray& tokens, std::size_t first, std::size_t size)
        : data_(tokens.data() + first * tokens.width()), width_(tokens.width()), size_(size) {}

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    TokenId operator[](std::size_t i) const { return static_cast<TokenId>(NarrowArray::load(data_, width_, i)); }
    TokenId front() const { return (*this)[0]; }
    TokenId back() const { return (*this)[size_ - 1]; }
    Iterator begin() const { return {this, 0}; }
    Iterator end() const { return {this, size_}; }

    // As std::span's: the caller keeps to the bounds.
    TokenView subspan(std::size_t offset) const { return subspan(offset, size_ - offset); }
    TokenView subspan(std::size_t offset, std::size_t count) const {
        TokenView part = *this;
        part.data_ += offset * width_;
        part.size_ = count;
        return part;
    }
    TokenView first(std::size_t count) const { return subspan(0, count); }
    TokenView last(std::size_t count) const { return subspan(size_ - count, count); }

    // The IDs in `out`, which has room for size() of them; or as an array of their own.
    void copy_to(TokenId* out) const {
        const auto copy = [&]<class Value>(Value) {
            for (std::size_t i = 0; i < size_; ++i)
                out[i] = static_cast<TokenId>(NarrowArray::load(data_, sizeof(Value), i));
        };
        if (width_ == 1) copy(std::uint8_t{});
        else if (width_ == 2) copy(std::uint16_t{});
        else copy(std::uint32_t{});
    }
    std::vector<TokenId> to_vector() const {
        std::vector<TokenId> ids(size_);
        copy_to(ids.data());
        return ids;
    }

    // The storage behind it: size() * width() bytes.
    const std::byte* data() const { return data_; }
    std::size_t width() const { return width_; }

   private:
    const std::byte* data_ = nullptr;
    std::size_t width_ = 1;
    std::size_t size_ = 0;
};

}  // namespace gamegpt
