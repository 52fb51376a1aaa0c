#pragma once

#include <memory>
#include <span>

#include "core/corpus/vocabulary.h"
#include "core/engine/engine.h"
#include "core/model/weights.h"

namespace gamegpt {

template <class Real>
struct DecoderWeights;

// Feeds a model one token at a time and keeps its keys and values. Holds its own copy of the weights, so it outlives
// the snapshot it was made from. One thread at a time; independent decoders run in parallel.
class Decoder {
   public:
    virtual ~Decoder() = default;

    virtual const ModelConfig& config() const = 0;
    // Tokens fed since the start or the last reset().
    virtual int position() const = 0;
    virtual void reset() = 0;
    // Forgets what was fed from `position` on (0 <= position <= position()); attention() has nothing to say until the
    // next step. Throws Error (bad_argument) for another position.
    virtual void rewind(int position) = 0;

    // Feeds `token` at position() and returns the logits (vocab_size) for the next one; they stay valid until the next
    // call. Throws Error (bad_argument) if the token is outside the vocabulary or block_size tokens have been fed.
    virtual std::span<const double> step(TokenId token) = 0;

    // Of the last step: softmax weights (position()) of one head over the keys 0..query.
    virtual std::span<const double> attention(int layer, int head) const = 0;

    // Of the last step: the residual stream (n_embd) at a depth: 0 after the embedding, then 2 i + 1 after the
    // attention and 2 i + 2 after the MLP of layer i. lm_head of the last one, depth 2 n_layer, gives the logits.
    virtual std::span<const double> residual(int depth) const = 0;
};

// Throw Error (bad_argument) unless `token` can be fed at `position`, or unless one can go back from `present` to
// `position`.
void check_step(const ModelConfig& config, TokenId token, int position);
void check_rewind(int present, int position);

// Computes in float, in double, or on the original's forward pass operation by operation.
std::unique_ptr<Decoder> make_decoder(EngineKind kind, const Weights& weights);
// In float, on weights that decoders share.
std::unique_ptr<Decoder> make_decoder(std::shared_ptr<const DecoderWeights<float>> weights);

}  // namespace gamegpt
