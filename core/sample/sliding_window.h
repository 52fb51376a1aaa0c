#pragma once

#include <span>
#include <vector>

#include "core/engine/decoder.h"

namespace gamegpt {

// Where a sequence that has outgrown the context is taken up again, as an offset: at the last occurrence of the best
// anchor of which at least a quarter and at most three quarters of block_size (but always 1 token) is kept, else of the
// next anchor; else half of block_size is kept.
std::size_t take_up_at(std::span<const TokenId> tokens, int block_size, std::span<const TokenId> anchors);

// Feeds a decoder a sequence of any length. When the context is full, the decoder begins anew: the kept end of the
// sequence is fed again from position 0, as the windows of training are that begin within a document. The decoder must
// outlive it.
class SlidingWindow {
   public:
    // `anchors`: tokens to take up a sequence at, best first.
    SlidingWindow(Decoder& decoder, std::vector<TokenId> anchors);

    // Feeds the sequence's next token; returns the logits as Decoder::step() does.
    std::span<const double> step(TokenId token);
    // Takes the last token back, which must be there.
    void undo();

    const std::vector<TokenId>& tokens() const { return tokens_; }  // of the whole sequence

   private:
    Decoder& decoder_;
    std::vector<TokenId> anchors_;
    std::vector<TokenId> tokens_;
};

}  // namespace gamegpt
