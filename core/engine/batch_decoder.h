#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/corpus/vocabulary.h"
#include "core/engine/fast_pass.h"
#include "core/model/weights.h"

namespace gamegpt {

// A model's weights as decoders read them. Immutable once made: any number of decoders on any threads may share one.
template <class Real>
struct DecoderWeights {
    explicit DecoderWeights(const Weights& weights);

    ModelConfig config;
    ParameterLayout layout;
    std::vector<Real> parameters;
    TransposedWeights<Real> transposed;
};

// Feeds many sequences at once, all at the same position: one pass through the weights serves them all. A sequence's
// figures are the same to the bit in whatever company it is decoded. One thread at a time.
template <class Real>
class BatchDecoder {
   public:
    // Room for up to `streams` sequences, at least 1.
    BatchDecoder(std::shared_ptr<const DecoderWeights<Real>> weights, std::size_t streams);

    const ModelConfig& config() const { return weights_->config; }
    int position() const { return position_; }
    std::size_t active() const { return slots_.size(); }

    // Begins anew with this many sequences.
    void reset(std::size_t streams);
    // Goes on with these rows only (ascending indices of the present ones), which are rows 0, 1, ... from now on.
    void keep(std::span<const std::size_t> rows);

    // Forgets what was fed from `position` on, in all rows; logits and attention mean nothing until the next step.
    // Throws Error (bad_argument) unless 0 <= position <= position().
    void rewind(int position);

    // Feeds one token a row (active()) at position(). Throws Error (bad_argument) for a token outside the vocabulary or
    // when block_size tokens have been fed.
    void step(std::span<const TokenId> tokens);
    // Of the last step: logits (vocab_size) of a row, and its softmax weights (position()) of one head over the keys
    // 0..query.
    std::span<const Real> logits(std::size_t row) const;
    std::span<const Real> attention(std::size_t row, int layer, int head) const;
    // Of the last step: a row's residual stream (n_embd) at a depth, 0 to 2 n_layer, as Decoder::residual() counts it.
    std::span<const Real> residual(std::size_t row, int depth) const;

   private:
    struct Layer {
        std::vector<Real> keys;       // (slots, C, Tp) a column a position
        std::vector<Real> values;     // (slots, T, C)
        std::vector<Real> attention;  // (slots, H, Tp) of the last step
    };
    void attend(Layer& layer);

    std::shared_ptr<const DecoderWeights<Real>> weights_;
    std::size_t block_padded_;  // Tp
    std::size_t vocab_padded_;  // Vp
    int position_ = 0;
    std::vector<std::size_t> slots_;  // where each row keeps its keys and values
    std::vector<Layer> layers_;
    std::vector<std::vector<Real>> residual_;       // [depth] (rows, C) of the last step
    std::vector<Real> x_, normed_, mixed_, scale_;  // (rows, C), and (rows)
    std::vector<Real> qkv_;                         // (rows, 3C)
    std::vector<Real> hidden_;                      // (rows, 4C)
    std::vector<Real> logits_;                      // (rows, Vp)
};

}  // namespace gamegpt
