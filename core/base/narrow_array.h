#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace gamegpt {

// Unsigned integers in 1, 2, 4 or 8 bytes each: as few as the largest one needs. A value that is too large for the
// width widens them all, so that appending costs a constant on average. Moves, does not copy.
class NarrowArray {
   public:
    NarrowArray() = default;
    NarrowArray(NarrowArray&& other) noexcept { *this = std::move(other); }
    NarrowArray& operator=(NarrowArray&& other) noexcept;

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    std::size_t width() const { return width_; }              // bytes a value
    std::size_t bytes() const { return capacity_ * width_; }  // of memory
    const std::byte* data() const { return data_.get(); }     // size() * width() bytes in the machine's order
    std::byte* data() { return data_.get(); }

    std::uint64_t operator[](std::size_t i) const { return load(data_.get(), width_, i); }
    void set(std::size_t i, std::uint64_t value) {
        if (value > most(width_)) widen(value);
        store(data_.get(), width_, i, value);
    }
    void push_back(std::uint64_t value) {
        if (value > most(width_)) widen(value);
        if (size_ == capacity_) grow(size_ + 1);
        store(data_.get(), width_, size_++, value);
    }

    // Room for `count` values up to `largest`. Memory that is never written is not taken from the machine.
    void reserve(std::size_t count, std::uint64_t largest = 0);
    // `count` values; new ones are 0.
    void resize(std::size_t count);
    // `count` more values, which the caller sets: returns where the first one goes.
    std::byte* extend(std::size_t count) {
        if (size_ + count > capacity_) grow(size_ + count);
        std::byte* const first = data_.get() + size_ * width_;
        size_ += count;
        return first;
    }
    // Gives back what was reserved and not used.
    void shrink();
    std::uint64_t largest() const;  // 0 when empty

    // The value at `i` of an array of this width; the largest value that a width holds.
    static std::uint64_t load(const std::byte* data, std::size_t width, std::size_t i) {
        switch (width) {
            case 1: return static_cast<std::uint64_t>(data[i]);
            case 2: return load_as<std::uint16_t>(data, i);
            case 4: return load_as<std::uint32_t>(data, i);
            default: return load_as<std::uint64_t>(data, i);
        }
    }
    static std::uint64_t most(std::size_t width) { return ~std::uint64_t{0} >> (64 - 8 * width); }
    // Throws nothing; 1, 2, 4 or 8.
    static std::size_t width_for(std::uint64_t value);

   private:
    template <class Value>
    static std::uint64_t load_as(const std::byte* data, std::size_t i) {
        Value value;
        std::memcpy(&value, data + i * sizeof value, sizeof value);
        return value;
    }
    template <class Value>
    static void store_as(std::byte* data, std::size_t i, std::uint64_t value) {
        const auto narrow = static_cast<Value>(value);
        std::memcpy(data + i * sizeof narrow, &narrow, sizeof narrow);
    }
    static void store(std::byte* data, std::size_t width, std::size_t i, std::uint64_t value) {
        switch (width) {
            case 1: data[i] = static_cast<std::byte>(value); break;
            case 2: store_as<std::uint16_t>(data, i, value); break;
            case 4: store_as<std::uint32_t>(data, i, value); break;
            default: store_as<std::uint64_t>(data, i, value); break;
        }
    }
    void widen(std::uint64_t value);
    void grow(std::size_t least);
    void set_capacity(std::size_t count);  // throws std::bad_alloc

    struct Free {
        void operator()(std::byte* data) const { std::free(data); }
    };
    // From malloc: realloc moves large arrays without a second copy of them in memory.
    std::unique_ptr<std::byte[], Free> data_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;  // values
    std::size_t width_ = 1;
};

}  // namespace gamegpt
