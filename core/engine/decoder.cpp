#include "core/engine/decoder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/engine/kernels.h"
#include "core/engine/reference_forward.h"

namespace gamegpt {

namespace {

using kernels::padded;
using kernels::Store;

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

template <class Real>
class FastDecoder final : public Decoder {
   public:
    explicit FastDecoder(const Weights& weights) : config_(weights.config()) {
        const auto c = static_cast<std::size_t>(config_.n_embd);
        const auto block = static_cast<std::size_t>(config_.block_size);
        const auto heads = static_cast<std::size_t>(config_.n_head);
        const auto vocab = static_cast<std::size_t>(config_.vocab_size);
        parameters_.assign(weights.values().begin(), weights.values().end());
        const ParameterLayout& layout = weights.layout();
        wte_ = parameters_.data() + layout.wte();
        wpe_ = parameters_.data() + layout.wpe();
        const auto transposed = [&](std::size_t offset, std::size_t rows, std::size_t cols) {
            std::vector<Real> out(cols * padded(rows));
            kernels::transpose(parameters_.data() + offset, rows, cols, out.data(), padded(rows));
            return out;
        };
        lm_head_ = transposed(layout.lm_head(), vocab, c);
        for (std::size_t i = 0; i < static_cast<std::size_t>(config_.n_layer); ++i) {
            const ParameterLayout::Layer w = layout.layer(i);
            layers_.push_back({transposed(w.attn_wqkv, 3 * c, c), transposed(w.attn_wo, c, c), transposed(w.mlp_fc1, 4 * c, c),
                               transposed(w.mlp_fc2, c, 4 * c), std::vector<Real>(c * padded(block)),
                               std::vector<Real>(block * c), std::vector<Real>(heads * padded(block))});
        }
        x_.resize(c);
        normed_.resize(c);
        qkv_.resize(3 * c);
        mixed_.resize(c);
        hidden_.resize(4 * c);
        logits_.resize(padded(vocab));
        result_.resize(vocab);
    }

    const ModelConfig& config() const override { return config_; }
    int position() const override { return position_; }
    void reset() override { position_ = 0; }

    std::span<const double> step(TokenId token) override {
        check_step(config_, token, position_);
        const auto c = static_cast<std::size_t>(config_.n_embd);
        const Real* embedded = wte_ + static_cast<std::size_t>(token) * c;
        const Real* positional = wpe_ + static_cast<std::size_t>(position_) * c;
        for (std::size_t i = 0; i < c; ++i) x_[i] = embedded[i] + positional[i];
        normalise(x_);
        x_ = normed_;
        for (Layer& layer : layers_) {
            normalise(x_);
            product(normed_, layer.wqkv, qkv_, 3 * c, Store::set);
            attend(layer);
            product(mixed_, layer.wo, x_, c, Store::add);
            normalise(x_);
            product(normed_, layer.fc1, hidden_, 4 * c, Store::set_relu);
            product(hidden_, layer.fc2, x_, c, Store::add);
        }
        product(x_, lm_head_, logits_, logits_.size(), Store::set);
        result_.assign(logits_.begin(), logits_.begin() + config_.vocab_size);
        ++position_;
        return result_;
    }

    std::span<const double> attention(int layer, int head) const override {
        const std::size_t ld = padded(static_cast<std::size_t>(config_.block_size));
        const Real* weights = layers_.at(static_cast<std::size_t>(layer)).attention.data() + static_cast<std::size_t>(head) * ld;
        attention_.assign(weights, weights + position_);
        return attention_;
    }

   private:
    struct Layer {
        std::vector<Real> wqkv, wo, fc1, fc2;  // transposed: (C, 3Cp) (C, Cp) (C, 4Cp) (4C, Cp)
        std::vector<Real> keys;                // (C, Tp) transposed: the scores of all keys are one product
        std::vector<Real> values;              // (block_size, C)
        std::vector<Real> attention;           // (H, Tp) of the last step
    };

    void normalise(const std::vector<Real>& x) {
        Real scale{};
        kernels::rmsnorm(x.data(), 1, x.size(), normed_.data(), &scale);
    }

    // y (+)= W x for W^T (x.size(), padded(out)).
    static void product(const std::vector<Real>& x, const std::vector<Real>& w_t, std::vector<Real>& y, std::size_t out,
                        Store store) {
        kernels::multiply<Real>({x.data(), x.size(), 1, w_t.data(), padded(out), y.data(), out, 1, out, x.size(), store});
    }

    void attend(Layer& layer) {
        const auto c = static_cast<std::size_t>(config_.n_embd);
        const auto hd = static_cast<std::size_t>(config_.head_dim());
        const auto t = static_cast<std::size_t>(position_);
        const std::size_t ld = padded(static_cast<std::size_t>(config_.block_size));
        const Real factor = Real{1} / std::sqrt(static_cast<Real>(hd));
        for (std::size_t i = 0; i < c; ++i) layer.keys[i * ld + t] = qkv_[c + i];
        std::copy_n(qkv_.data() + 2 * c, c, layer.values.data() + t * c);
        for (std::size_t first = 0, h = 0; first < c; first += hd, ++h) {
            Real* weights = layer.attention.data() + h * ld;
            kernels::multiply<Real>({qkv_.data() + first, hd, 1, layer.keys.data() + first * ld, ld, weights, ld, 1,
                                     padded(t + 1), hd, Store::set});
            kernels::causal_softmax(weights, 1, t, ld, factor);
            kernels::multiply<Real>({weights, ld, 1, layer.values.data() + first, c, mixed_.data() + first, c, 1, hd, t + 1,
                                     Store::set});
        }
    }

    ModelConfig config_;
    std::vector<Real> parameters_;
    const Real* wte_ = nullptr;
    const Real* wpe_ = nullptr;
    std::vector<Real> lm_head_;  // (C, Vp)
    std::vector<Layer> layers_;
    int position_ = 0;
    std::vector<Real> x_, normed_, qkv_, mixed_, hidden_, logits_;
    std::vector<double> result_;             // (V)
    mutable std::vector<double> attention_;  // (position_)
};

class ReferenceDecoder final : public Decoder {
   public:
    explicit ReferenceDecoder(const Weights& weights)
        : weights_(weights),
          attention_(static_cast<std::size_t>(config().n_layer),
                     std::vector<std::vector<double>>(static_cast<std::size_t>(config().n_head))) {
        ReferenceDecoder::reset();
    }

    const ModelConfig& config() const override { return weights_.config(); }
    int position() const override { return position_; }
    void reset() override {
        position_ = 0;
        keys_.assign(attention_.size(), {});
        values_.assign(attention_.size(), {});
    }
    std::span<const double> step(TokenId token) override {
        check_step(config(), token, position_);
        logits_ = reference_forward<double>(config(), weights_.layout(), std::as_const(weights_).values(), token, position_,
                                            keys_, values_, &attention_);
        ++position_;
        return logits_;
    }
    std::span<const double> attention(int layer, int head) const override {
        return attention_.at(static_cast<std::size_t>(layer)).at(static_cast<std::size_t>(head));
    }

   private:
    Weights weights_;
    int position_ = 0;
    std::vector<LayerCache<double>> keys_, values_;
    std::vector<std::vector<std::vector<double>>> attention_;  // [layer][head][key] of the last step
    std::vector<double> logits_;
};

}  // namespace

std::unique_ptr<Decoder> make_decoder(EngineKind kind, const Weights& weights) {
    switch (kind) {
        case EngineKind::fast32: return std::make_unique<FastDecoder<float>>(weights);
        case EngineKind::fast64: return std::make_unique<FastDecoder<double>>(weights);
        case EngineKind::reference: break;
    }
    return std::make_unique<ReferenceDecoder>(weights);
}

}  // namespace gamegpt
