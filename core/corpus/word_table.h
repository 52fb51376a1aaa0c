#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace gamegpt {

// A number for each of many words: open addressing over views, so that a word takes 48 bytes at most and no allocation
// of its own. The words' bytes must outlive the table; the empty word is none.
class WordTable {
   public:
    struct Entry {
        std::string_view word;
        std::uint64_t value = 0;
    };

    // The word's number; 0 when it was not there before.
    std::uint64_t& operator[](std::string_view word) {
        if (2 * (size_ + 1) > slots_.size()) rehash(std::max<std::size_t>(64, slots_.size() * 2));
        Entry& entry = slots_[slot(word)];
        if (entry.word.empty()) {
            entry.word = word;
            ++size_;
        }
        return entry.value;
    }
    // Null when the word is not there.
    const std::uint64_t* find(std::string_view word) const {
        if (slots_.empty()) return nullptr;
        const Entry& entry = slots_[slot(word)];
        return entry.word.empty() ? nullptr : &entry.value;
    }
    std::size_t size() const { return size_; }
    // All entries, in no useful order.
    std::vector<Entry> entries() const {
        std::vector<Entry> all;
        all.reserve(size_);
        for (const Entry& entry : slots_)
            if (!entry.word.empty()) all.push_back(entry);
        return all;
    }
    // Forgets the entries whose number is not over `least`.
    void drop_up_to(std::uint64_t least) {
        std::vector<Entry> all = std::exchange(slots_, std::vector<Entry>(slots_.size()));
        size_ = 0;
        for (const Entry& entry : all)
            if (!entry.word.empty() && entry.value > least) (*this)[entry.word] = entry.value;
    }

   private:
    std::size_t slot(std::string_view word) const {
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = std::hash<std::string_view>{}(word)&mask;
        while (!slots_[at].word.empty() && slots_[at].word != word) at = (at + 1) & mask;
        return at;
    }
    void rehash(std::size_t slots) {
        const std::vector<Entry> before = std::exchange(slots_, std::vector<Entry>(slots));
        for (const Entry& entry : before)
            if (!entry.word.empty()) slots_[slot(entry.word)] = entry;
    }

    std::vector<Entry> slots_;  // a power of two, half of them free
    std::size_t size_ = 0;
};

}  // namespace gamegpt
