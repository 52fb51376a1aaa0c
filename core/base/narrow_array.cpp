#include "core/base/narrow_array.h"

#include <algorithm>
#include <limits>
#include <new>
#include <utility>

namespace gamegpt {

NarrowArray& NarrowArray::operator=(NarrowArray&& other) noexcept {
    data_ = std::move(other.data_);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    width_ = std::exchange(other.width_, 1);
    return *this;
}

std::size_t NarrowArray::width_for(std::uint64_t value) {
    std::size_t width = 1;
    while (value > most(width)) width *= 2;
    return width;
}

void NarrowArray::set_capacity(std::size_t count) {
    if (count == capacity_) return;
    if (count == 0) {
        data_.reset();
    } else {
        if (count > std::numeric_limits<std::size_t>::max() / width_) throw std::bad_alloc();
        void* moved = std::realloc(data_.get(), count * width_);
        if (moved == nullptr) throw std::bad_alloc();
        static_cast<void>(data_.release());
        data_.reset(static_cast<std::byte*>(moved));
    }
    capacity_ = count;
}

void NarrowArray::grow(std::size_t least) {
    set_capacity(std::max({least, capacity_ + capacity_ / 2, std::size_t{16}}));
}

void NarrowArray::widen(std::uint64_t value) {
    const std::size_t narrow = width_;
    const std::size_t wide = width_for(value);
    if (capacity_ > 0) {
        if (capacity_ > std::numeric_limits<std::size_t>::max() / wide) throw std::bad_alloc();
        void* moved = std::realloc(data_.get(), capacity_ * wide);
        if (moved == nullptr) throw std::bad_alloc();
        static_cast<void>(data_.release());
        data_.reset(static_cast<std::byte*>(moved));
    }
    width_ = wide;
    // From the end: a value's wide place is never before its narrow one.
    for (std::size_t i = size_; i-- > 0;) store(data_.get(), wide, i, load(data_.get(), narrow, i));
}

void NarrowArray::reserve(std::size_t count, std::uint64_t largest) {
    if (largest > most(width_)) widen(largest);
    if (count > capacity_) set_capacity(count);
}

void NarrowArray::resize(std::size_t count) {
    reserve(count);
    if (count > size_) std::memset(data_.get() + size_ * width_, 0, (count - size_) * width_);
    size_ = count;
}

void NarrowArray::shrink() { set_capacity(size_); }

std::uint64_t NarrowArray::largest() const {
    const auto largest_of = [this]<class Value>(Value result) {
        for (std::size_t i = 0; i < size_; ++i)
            result = std::max(result, static_cast<Value>(load(data_.get(), sizeof(Value), i)));
        return std::uint64_t{result};
    };
    switch (width_) {
        case 1: return largest_of(std::uint8_t{0});
        case 2: return largest_of(std::uint16_t{0});
        case 4: return largest_of(std::uint32_t{0});
        default: return largest_of(std::uint64_t{0});
    }
}

}  // namespace gamegpt
