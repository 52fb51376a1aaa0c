#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/corpus/vocabulary.h"
#include "core/model/weights.h"

namespace gamegpt {

// Feeds a model one token at a time and keeps its keys and values. Real is float or double. Holds its own copy of the
// weights, so it outlives the snapshot it was made from. One thread at a time; independent decoders run in parallel.
template <class Real>
class Decoder {
   public:
    explicit Decoder(const Weights& weights);

    const ModelConfig& config() const { return config_; }
    int position() const { return position_; }  // tokens fed since the start or the last reset()
    void reset() { position_ = 0; }

    // Feeds `token` at position() and returns the logits (vocab_size) for the next one; they stay valid until the next call.
    // Throws Error (bad_argument) if the token is outside the vocabulary or block_size tokens have been fed.
    std::span<const Real> step(TokenId token);

    // Of the last step: (position(), in order) softmax weights of one head over keys 0..query.
    std::span<const Real> attention(int layer, int head) const;

   private:
    ModelConfig config_;
    ParameterLayout layout_;
    std::vector<Real> parameters_;
    int position_ = 0;
    std::vector<Real> keys_;        // (n_layer, block_size, n_embd)
    std::vector<Real> values_;      // (n_layer, block_size, n_embd)
    std::vector<Real> attention_;   // (n_layer, n_head, block_size)
    std::vector<Real> x_, normed_, q_, heads_, hidden_, logits_;
};

}  // namespace gamegpt
