#pragma once

#include <algorithm>
#include <cstddef>

#include "core/corpus/readers.h"

namespace gamegpt {

// Leaves a reader that was cancelled; never leaves read_corpus and parse_corpus.
struct ReadCancelled {};

// Tells how far reading is, some hundred times however often it is asked. `at` throws ReadCancelled.
class ReadMeter {
   public:
    explicit ReadMeter(const ReadProgress& progress) : progress_(progress) {}

    // What follows is `size` steps of `name` and takes the share of all work from `from` to `to`.
    void stage(const char* name, double from, double to, std::size_t size) {
        name_ = name;
        from_ = from;
        to_ = to;
        size_ = std::max<std::size_t>(size, 1);
        next_ = 0;
        at(0);
    }
    void at(std::size_t done) {
        if (done < next_) return;
        next_ = done + size_ / 100 + 1;
        report(static_cast<double>(done) / static_cast<double>(size_));
    }
    // `share` of the stage, 0..1.
    void report(double share) const {
        if (progress_ && !progress_(from_ + (to_ - from_) * std::min(share, 1.0), name_)) throw ReadCancelled{};
    }

   private:
    const ReadProgress& progress_;
    const char* name_ = "";
    double from_ = 0, to_ = 1;
    std::size_t size_ = 1;
    std::size_t next_ = 0;
};

}  // namespace gamegpt
