#include "core/engine/batch_decoder.h"

#include <algorithm>
#include <numeric>

#include "core/base/error.h"
#include "core/engine/decoder.h"
#include "core/engine/kernels.h"

namespace gamegpt {

using kernels::padded;
using kernels::Store;

template <class Real>
DecoderWeights<Real>::DecoderWeights(const Weights& weights)
    : config(weights.config()),
      layout(weights.layout()),
      parameters(weights.values().begin(), weights.values().end()),
      transposed(config) {
    for (std::size_t i = 0; i < transposed.layers.size(); ++i)
        transposed.update_layer(i, config, layout, parameters.data());
    transposed.update_lm_head(config, layout, parameters.data());
}

template <class Real>
BatchDecoder<Real>::BatchDecoder(std::shared_ptr<const DecoderWeights<Real>> weights, std::size_t streams)
    : weights_(std::move(weights)),
      block_padded_(padded(static_cast<std::size_t>(config().block_size))),
      vocab_padded_(padded(static_cast<std::size_t>(config().vocab_size))),
      layers_(static_cast<std::size_t>(config().n_layer)) {
    const auto c = static_cast<std::size_t>(config().n_embd);
    for (Layer& layer : layers_) {
        layer.keys.resize(streams * c * block_padded_);
        layer.values.resize(streams * c * static_cast<std::size_t>(config().block_size));
        layer.attention.resize(streams * static_cast<std::size_t>(config().n_head) * block_padded_);
    }
    residual_.assign(1 + 2 * layers_.size(), std::vector<Real>(streams * c));
    x_.resize(streams * c);
    normed_.resize(streams * c);
    mixed_.resize(streams * c);
    scale_.resize(streams);
    qkv_.resize(streams * 3 * c);
    hidden_.resize(streams * 4 * c);
    logits_.resize(streams * vocab_padded_);
    reset(streams);
}

template <class Real>
void BatchDecoder<Real>::reset(std::size_t streams) {
    if (streams > scale_.size())
        throw Error(Error::Code::bad_argument, "the decoder has room for " + std::to_string(scale_.size()) +
                                                   " sequences, not " + std::to_string(streams));
    position_ = 0;
    slots_.resize(streams);
    std::iota(slots_.begin(), slots_.end(), std::size_t{0});
}

template <class Real>
void BatchDecoder<Real>::keep(std::span<const std::size_t> rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) slots_[i] = slots_.at(rows[i]);
    slots_.resize(rows.size());
}

template <class Real>
void BatchDecoder<Real>::rewind(int position) {
    check_rewind(position_, position);
    position_ = position;
}

template <class Real>
void BatchDecoder<Real>::step(std::span<const TokenId> tokens) {
    const auto c = static_cast<std::size_t>(config().n_embd);
    const std::size_t rows = slots_.size();
    for (const TokenId token : tokens) check_step(config(), token, position_);
    const Real* wte = weights_->parameters.data() + weights_->layout.wte();
    const Real* positional =
        weights_->parameters.data() + weights_->layout.wpe() + static_cast<std::size_t>(position_) * c;
    for (std::size_t r = 0; r < rows; ++r) {
        const Real* embedded = wte + static_cast<std::size_t>(tokens[r]) * c;
        for (std::size_t i = 0; i < c; ++i) normed_[r * c + i] = embedded[i] + positional[i];
    }
    // Y (rows, out) (+)= X (rows, in) W^T.
    const auto project = [rows](const std::vector<Real>& x, std::size_t in, const std::vector<Real>& w_t,
                                std::vector<Real>& y, std::size_t out, Store store) {
        kernels::multiply<Real>({x.data(), in, 1, w_t.data(), padded(out), y.data(), out, rows, out, in, store});
    };
    const auto record = [&](std::size_t depth) { std::copy_n(x_.data(), rows * c, residual_[depth].data()); };
    kernels::rmsnorm(normed_.data(), rows, c, x_.data(), scale_.data());
    record(0);
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        const typename TransposedWeights<Real>::Layer& w = weights_->transposed.layers[i];
        kernels::rmsnorm(x_.data(), rows, c, normed_.data(), scale_.data());
        project(normed_, c, w.wqkv, qkv_, 3 * c, Store::set);
        attend(layers_[i]);
        project(mixed_, c, w.wo, x_, c, Store::add);
        record(2 * i + 1);
        kernels::rmsnorm(x_.data(), rows, c, normed_.data(), scale_.data());
        project(normed_, c, w.fc1, hidden_, 4 * c, Store::set_relu);
        project(hidden_, 4 * c, w.fc2, x_, c, Store::add);
        record(2 * i + 2);
    }
    project(x_, c, weights_->transposed.lm_head, logits_, vocab_padded_, Store::set);
    ++position_;
}

template <class Real>
void BatchDecoder<Real>::attend(Layer& layer) {
    const auto c = static_cast<std::size_t>(config().n_embd);
    const auto heads = static_cast<std::size_t>(config().n_head);
    const auto t = static_cast<std::size_t>(position_);
    for (std::size_t r = 0; r < slots_.size(); ++r) {
        const Real* qkv = qkv_.data() + r * 3 * c;
        Real* keys = layer.keys.data() + slots_[r] * c * block_padded_;
        Real* values = layer.values.data() + slots_[r] * c * static_cast<std::size_t>(config().block_size);
        for (std::size_t i = 0; i < c; ++i) keys[i * block_padded_ + t] = qkv[c + i];
        std::copy_n(qkv + 2 * c, c, values + t * c);
        kernels::attend<Real>({qkv, keys, values, heads, c / heads, t, block_padded_,
                               layer.attention.data() + slots_[r] * heads * block_padded_, mixed_.data() + r * c});
    }
}

template <class Real>
std::span<const Real> BatchDecoder<Real>::logits(std::size_t row) const {
    return std::span(logits_).subspan(row * vocab_padded_, static_cast<std::size_t>(config().vocab_size));
}

template <class Real>
std::span<const Real> BatchDecoder<Real>::attention(std::size_t row, int layer, int head) const {
    const auto heads = static_cast<std::size_t>(config().n_head);
    const std::size_t map = slots_.at(row) * heads + static_cast<std::size_t>(head);
    return std::span(layers_.at(static_cast<std::size_t>(layer)).attention)
        .subspan(map * block_padded_, static_cast<std::size_t>(position_));
}

template <class Real>
std::span<const Real> BatchDecoder<Real>::residual(std::size_t row, int depth) const {
    const auto c = static_cast<std::size_t>(config().n_embd);
    return std::span(residual_.at(static_cast<std::size_t>(depth))).subspan(row * c, c);
}

template struct DecoderWeights<float>;
template struct DecoderWeights<double>;
template class BatchDecoder<float>;
template class BatchDecoder<double>;

}  // namespace gamegpt
