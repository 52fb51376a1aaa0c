#pragma once

#include "core/base/narrow_array.h"

namespace gamegpt {

// Where documents that stand one after the other begin and end. Keeps each one's length and the start of every
// sixteenth, so that millions of short lines take little more than a byte each.
class DocumentTable {
   public:
    void add(std::size_t length) {
        if (lengths_.size() % stride == 0) starts_.push_back(tokens_);
        lengths_.push_back(length);
        tokens_ += length;
    }
    void reserve(std::size_t documents) {
        lengths_.reserve(documents);
        starts_.reserve(documents / stride + 1);
    }
    void shrink() {
        lengths_.shrink();
        starts_.shrink();
    }

    std::size_t size() const { return lengths_.size(); }
    std::size_t tokens() const { return tokens_; }  // of all documents
    std::size_t length(std::size_t i) const { return static_cast<std::size_t>(lengths_[i]); }
    std::size_t start(std::size_t i) const {
        auto at = static_cast<std::size_t>(starts_[i / stride]);
        for (std::size_t before = i - i % stride; before < i; ++before) at += length(before);
        return at;
    }
    std::size_t bytes() const { return lengths_.bytes() + starts_.bytes(); }  // of memory

   private:
    static constexpr std::size_t stride = 16;
    NarrowArray lengths_;  // one a document
    NarrowArray starts_;   // of documents 0, 16, 32, ...
    std::size_t tokens_ = 0;
};

}  // namespace gamegpt
