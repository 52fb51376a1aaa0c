#include "core/engine/decoder.h"

#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/engine/batch_decoder.h"
#include "core/engine/reference_forward.h"

namespace gamegpt {

void check_step(const ModelConfig& config, TokenId token, int position) {
    if (token < 0 || token >= config.vocab_size)
        throw Error(Error::Code::bad_argument,
                    "token ID " + std::to_string(token) + " is outside the vocabulary of " +
                        std::to_string(config.vocab_size) + " tokens",
                    {"", {}, static_cast<std::size_t>(position)});
    if (position >= config.block_size)
        throw Error(Error::Code::bad_argument,
                    "the model looks at " + std::to_string(config.block_size) + " tokens at most");
}

void check_rewind(int present, int position) {
    if (position < 0 || position > present)
        throw Error(Error::Code::bad_argument, "a decoder at position " + std::to_string(present) +
                                                   " cannot be rewound to " + std::to_string(position));
}

namespace {

template <class Real>
class FastDecoder final : public Decoder {
   public:
    explicit FastDecoder(std::shared_ptr<const DecoderWeights<Real>> weights) : decoder_(std::move(weights), 1) {}

    const ModelConfig& config() const override { return decoder_.config(); }
    int position() const override { return decoder_.position(); }
    void reset() override { decoder_.reset(1); }
    void rewind(int position) override { decoder_.rewind(position); }
    std::span<const double> step(TokenId token) override {
        decoder_.step(std::span(&token, 1));
        const auto logits = decoder_.logits(0);
        logits_.assign(logits.begin(), logits.end());
        return logits_;
    }
    std::span<const double> attention(int layer, int head) const override {
        const auto weights = decoder_.attention(0, layer, head);
        attention_.assign(weights.begin(), weights.end());
        return attention_;
    }
    std::span<const double> residual(int depth) const override {
        const auto x = decoder_.residual(0, depth);
        residual_.assign(x.begin(), x.end());
        return residual_;
    }

   private:
    BatchDecoder<Real> decoder_;
    std::vector<double> logits_;             // (vocab_size)
    mutable std::vector<double> attention_;  // (position)
    mutable std::vector<double> residual_;   // (n_embd)
};

class ReferenceDecoder final : public Decoder {
   public:
    explicit ReferenceDecoder(const Weights& weights)
        : weights_(weights),
          attention_(static_cast<std::size_t>(config().n_layer),
                     std::vector<std::vector<double>>(static_cast<std::size_t>(config().n_head))),
          residual_(1 + 2 * attention_.size()) {
        ReferenceDecoder::reset();
    }

    const ModelConfig& config() const override { return weights_.config(); }
    int position() const override { return position_; }
    void reset() override {
        position_ = 0;
        keys_.assign(attention_.size(), {});
        values_.assign(attention_.size(), {});
    }
    void rewind(int position) override {
        check_rewind(position_, position);
        position_ = position;
        for (auto* caches : {&keys_, &values_})
            for (LayerCache<double>& cache : *caches) cache.resize(static_cast<std::size_t>(position));
    }
    std::span<const double> step(TokenId token) override {
        check_step(config(), token, position_);
        logits_ = reference_forward<double>(config(), weights_.layout(), std::as_const(weights_).values(), token,
                                            position_, keys_, values_, &attention_, &residual_);
        ++position_;
        return logits_;
    }
    std::span<const double> attention(int layer, int head) const override {
        return attention_.at(static_cast<std::size_t>(layer)).at(static_cast<std::size_t>(head));
    }
    std::span<const double> residual(int depth) const override { return residual_.at(static_cast<std::size_t>(depth)); }

   private:
    Weights weights_;
    int position_ = 0;
    std::vector<LayerCache<double>> keys_, values_;
    std::vector<std::vector<std::vector<double>>> attention_;  // [layer][head][key] of the last step
    std::vector<std::vector<double>> residual_;                // [depth][feature] of the last step
    std::vector<double> logits_;
};

}  // namespace

std::unique_ptr<Decoder> make_decoder(EngineKind kind, const Weights& weights) {
    switch (kind) {
        case EngineKind::fast32: return make_decoder(std::make_shared<const DecoderWeights<float>>(weights));
        case EngineKind::fast64:
            return std::make_unique<FastDecoder<double>>(std::make_shared<const DecoderWeights<double>>(weights));
        case EngineKind::reference: break;
    }
    return std::make_unique<ReferenceDecoder>(weights);
}

std::unique_ptr<Decoder> make_decoder(std::shared_ptr<const DecoderWeights<float>> weights) {
    return std::make_unique<FastDecoder<float>>(std::move(weights));
}

}  // namespace gamegpt
