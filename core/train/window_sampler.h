#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/python_random.h"
#include "core/corpus/corpus.h"
#include "core/engine/engine.h"

namespace gamegpt {

// Draws training windows as the original's training script does: choice(documents); if the document is longer than
// block_size + 1 tokens, start = randint(0, length - block_size - 1) and block_size + 1 tokens from there, else all of
// it. Documents of fewer than two tokens have nothing to predict and are left out.
class WindowSampler {
   public:
    // Throws Error (mismatch) when no document has two tokens.
    WindowSampler(std::shared_ptr<const Corpus> corpus, int block_size, std::uint64_t seed);

    // Replaces `window` by the next one's tokens; takes memory only while the vector's capacity is below block_size
    // + 1.
    void next(std::vector<TokenId>& window);

   private:
    std::shared_ptr<const Corpus> corpus_;
    std::size_t longest_window_;
    NarrowArray documents_;  // those with two tokens; empty when all have
    PythonRandom random_;
};

}  // namespace gamegpt
