#include "core/engine/fast_pass.h"

#include <algorithm>
#include <cmath>

#include "core/engine/kernels.h"

namespace gamegpt {

using kernels::padded;
using kernels::Store;

namespace {

// Rows of attention handled at once: the products of a block stop at its last row's diagonal.
constexpr std::size_t causal_block = 16;

template <class Real>
void grow(std::vector<Real>& array, std::size_t size) {
    if (array.size() < size) array.resize(size);
}

// Y (rows, out) = X (rows, in) W^T, from W^T (in, ld_w).
template <class Real>
void project(const std::vector<Real>& x, const std::vector<Real>& w_t, std::size_t ld_w, std::vector<Real>& y,
             std::size_t ld_y, std::size_t rows, std::size_t out, std::size_t in, Store store) {
    kernels::multiply<Real>({x.data(), in, 1, w_t.data(), ld_w, y.data(), ld_y, rows, out, in, store});
}

// dX (rows, in) = dY (rows, out) W (out, in).
template <class Real>
void input_gradient(const Real* dy, std::size_t ld_dy, const Real* w, std::vector<Real>& dx, std::size_t rows,
                    std::size_t out, std::size_t in) {
    kernels::multiply<Real>({dy, ld_dy, 1, w, in, dx.data(), in, rows, in, out, Store::set});
}

// dW (out, in) = dY^T X: sums over the rows.
template <class Real>
void weight_gradient(const Real* dy, std::size_t ld_dy, const std::vector<Real>& x, Real* dw, std::size_t rows,
                     std::size_t out, std::size_t in) {
    kernels::multiply<Real>({dy, 1, ld_dy, x.data(), in, dw, in, out, in, rows, Store::set});
}

}  // namespace

template <class Real>
FastPass<Real>::FastPass(const ModelConfig& config)
    : config_(config),
      layout_(config),
      block_padded_(padded(static_cast<std::size_t>(config.block_size))),
      vocab_padded_(padded(static_cast<std::size_t>(config.vocab_size))),
      layers_(static_cast<std::size_t>(config.n_layer)) {}

template <class Real>
TransposedWeights<Real>::TransposedWeights(const ModelConfig& config)
    : layers(static_cast<std::size_t>(config.n_layer)) {
    const auto c = static_cast<std::size_t>(config.n_embd);
    for (Layer& layer : layers) {
        layer.wqkv.resize(c * padded(3 * c));
        layer.wo.resize(c * padded(c));
        layer.fc1.resize(c * padded(4 * c));
        layer.fc2.resize(4 * c * padded(c));
    }
    lm_head.resize(c * padded(static_cast<std::size_t>(config.vocab_size)));
}

template <class Real>
void TransposedWeights<Real>::update_layer(std::size_t i, const ModelConfig& config, const ParameterLayout& layout,
                                           const Real* parameters) {
    const auto c = static_cast<std::size_t>(config.n_embd);
    const ParameterLayout::Layer w = layout.layer(i);
    Layer& layer = layers[i];
    kernels::transpose(parameters + w.attn_wqkv, 3 * c, c, layer.wqkv.data(), padded(3 * c));
    kernels::transpose(parameters + w.attn_wo, c, c, layer.wo.data(), padded(c));
    kernels::transpose(parameters + w.mlp_fc1, 4 * c, c, layer.fc1.data(), padded(4 * c));
    kernels::transpose(parameters + w.mlp_fc2, c, 4 * c, layer.fc2.data(), padded(c));
}

template <class Real>
void TransposedWeights<Real>::update_lm_head(const ModelConfig& config, const ParameterLayout& layout,
                                             const Real* parameters) {
    const auto vocab = static_cast<std::size_t>(config.vocab_size);
    kernels::transpose(parameters + layout.lm_head(), vocab, static_cast<std::size_t>(config.n_embd), lm_head.data(),
                       padded(vocab));
}

template <class Real>
double FastPass<Real>::loss_and_gradients(const Real* parameters, const TransposedWeights<Real>& transposed,
                                          std::span<const Window> windows, std::size_t batch, Real* gradients) {
    forward(parameters, transposed, windows);
    const double loss = losses(windows, batch, {});
    backward(parameters, windows, gradients);
    return loss;
}

template <class Real>
double FastPass<Real>::loss(const Real* parameters, const TransposedWeights<Real>& transposed,
                            std::span<const Window> windows, std::span<double> nll) {
    forward(parameters, transposed, windows);
    return losses(windows, 0, nll);
}

template <class Real>
std::size_t FastPass<Real>::bytes(const ModelConfig& config, std::size_t windows) {
    const auto c = static_cast<std::size_t>(config.n_embd);
    const auto t = static_cast<std::size_t>(config.block_size);
    const std::size_t rows = windows * t;
    const std::size_t map = t * padded(t);
    const std::size_t layer = rows * (10 * c + 2) + windows * static_cast<std::size_t>(config.n_head) * map;
    const std::size_t shared = rows * (12 * c + 1 + padded(static_cast<std::size_t>(config.vocab_size))) + map;
    return (static_cast<std::size_t>(config.n_layer) * layer + shared) * sizeof(Real);
}

template <class Real>
void FastPass<Real>::prepare(std::span<const Window> windows) {
    rows_ = 0;
    for (const Window window : windows) rows_ += window.size() - 1;
    // Room for full windows at once, so that later steps of this size allocate nothing whatever their windows' lengths.
    const std::size_t most = windows.size() * static_cast<std::size_t>(config_.block_size);
    const auto c = static_cast<std::size_t>(config_.n_embd);
    const std::size_t maps = windows.size() * static_cast<std::size_t>(config_.n_head) * attention_size();
    grow(embedded_, most * c);
    grow(scale_embedded_, most);
    grow(x_, most * c);
    grow(logits_, most * vocab_padded_);
    grow(dx_, most * c);
    grow(dnormed_, most * c);
    grow(dheads_, most * c);
    grow(dqkv_, most * 3 * c);
    grow(dhidden_, most * 4 * c);
    grow(dattention_, attention_size());
    grow(transposed_, static_cast<std::size_t>(config_.head_dim()) * block_padded_);
    for (Layer& layer : layers_) {
        grow(layer.normed_in, most * c);
        grow(layer.scale_in, most);
        grow(layer.qkv, most * 3 * c);
        grow(layer.attention, maps);
        grow(layer.heads, most * c);
        grow(layer.normed_mid, most * c);
        grow(layer.scale_mid, most);
        grow(layer.hidden, most * 4 * c);
    }
}

template <class Real>
void FastPass<Real>::forward(const Real* parameters, const TransposedWeights<Real>& transposed,
                             std::span<const Window> windows) {
    prepare(windows);
    const auto c = static_cast<std::size_t>(config_.n_embd);
    const Real* wte = parameters + layout_.wte();
    const Real* wpe = parameters + layout_.wpe();
    Real* row = dnormed_.data();  // the sums before the first rmsnorm are not needed later
    for (const Window window : windows)
        for (std::size_t t = 0; t + 1 < window.size(); ++t, row += c) {
            const Real* token = wte + static_cast<std::size_t>(window[t]) * c;
            const Real* position = wpe + t * c;
            for (std::size_t i = 0; i < c; ++i) row[i] = token[i] + position[i];
        }
    kernels::rmsnorm(dnormed_.data(), rows_, c, embedded_.data(), scale_embedded_.data());
    std::copy_n(embedded_.data(), rows_ * c, x_.data());
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        Layer& layer = layers_[i];
        const typename TransposedWeights<Real>::Layer& w = transposed.layers[i];
        kernels::rmsnorm(x_.data(), rows_, c, layer.normed_in.data(), layer.scale_in.data());
        project(layer.normed_in, w.wqkv, padded(3 * c), layer.qkv, 3 * c, rows_, 3 * c, c, Store::set);
        attention_forward(layer, windows);
        project(layer.heads, w.wo, padded(c), x_, c, rows_, c, c, Store::add);
        kernels::rmsnorm(x_.data(), rows_, c, layer.normed_mid.data(), layer.scale_mid.data());
        project(layer.normed_mid, w.fc1, padded(4 * c), layer.hidden, 4 * c, rows_, 4 * c, c, Store::set_relu);
        project(layer.hidden, w.fc2, padded(c), x_, c, rows_, c, 4 * c, Store::add);
    }
    project(x_, transposed.lm_head, vocab_padded_, logits_, vocab_padded_, rows_, vocab_padded_, c, Store::set);
}

template <class Real>
void FastPass<Real>::attention_forward(Layer& layer, std::span<const Window> windows) {
    const auto c = static_cast<std::size_t>(config_.n_embd);
    const auto hd = static_cast<std::size_t>(config_.head_dim());
    const Real factor = Real{1} / std::sqrt(static_cast<Real>(hd));
    Real* map = layer.attention.data();
    std::size_t first_row = 0;
    for (const Window window : windows) {
        const std::size_t t = window.size() - 1;
        for (std::size_t h = 0; h < static_cast<std::size_t>(config_.n_head); ++h, map += attention_size()) {
            const Real* q = layer.qkv.data() + first_row * 3 * c + h * hd;
            const Real* k = q + c;
            const Real* v = k + c;
            Real* out = layer.heads.data() + first_row * c + h * hd;
            for (std::size_t j = 0; j < hd; ++j)
                for (std::size_t i = 0; i < t; ++i) transposed_[j * block_padded_ + i] = k[i * 3 * c + j];
            for (std::size_t i = 0; i < t; i += causal_block) {
                const std::size_t rows = std::min(causal_block, t - i);
                kernels::multiply<Real>({q + i * 3 * c, 3 * c, 1, transposed_.data(), block_padded_,
                                         map + i * block_padded_, block_padded_, rows, padded(i + rows), hd,
                                         Store::set});
            }
            kernels::causal_softmax(map, t, 0, block_padded_, factor);
            for (std::size_t i = 0; i < t; i += causal_block) {
                const std::size_t rows = std::min(causal_block, t - i);
                kernels::multiply<Real>({map + i * block_padded_, block_padded_, 1, v, 3 * c, out + i * c, c, rows, hd,
                                         i + rows, Store::set});
            }
        }
        first_row += t;
    }
}

template <class Real>
double FastPass<Real>::losses(std::span<const Window> windows, std::size_t batch, std::span<double> nll) {
    double total = 0;
    std::size_t row = 0;
    for (const Window window : windows) {
        const std::size_t n = window.size() - 1;
        const Real weight = batch > 0 ? Real{1} / static_cast<Real>(n * batch) : Real{0};
        double sum = 0;
        for (std::size_t t = 0; t < n; ++t, ++row) {
            const double loss = kernels::cross_entropy(logits_.data() + row * vocab_padded_,
                                                       static_cast<std::size_t>(config_.vocab_size),
                                                       static_cast<std::size_t>(window[t + 1]), weight);
            if (!nll.empty()) nll[row] = loss;
            sum += loss;
        }
        total += sum / static_cast<double>(n);
    }
    return total;
}

template <class Real>
void FastPass<Real>::backward(const Real* weights, std::span<const Window> windows, Real* dw) {
    const auto c = static_cast<std::size_t>(config_.n_embd);
    const auto vocab = static_cast<std::size_t>(config_.vocab_size);

    weight_gradient(logits_.data(), vocab_padded_, x_, dw + layout_.lm_head(), rows_, vocab, c);
    input_gradient(logits_.data(), vocab_padded_, weights + layout_.lm_head(), dx_, rows_, vocab, c);
    for (std::size_t i = layers_.size(); i-- > 0;) {
        Layer& layer = layers_[i];
        const ParameterLayout::Layer w = layout_.layer(i);
        weight_gradient(dx_.data(), c, layer.hidden, dw + w.mlp_fc2, rows_, c, 4 * c);
        input_gradient(dx_.data(), c, weights + w.mlp_fc2, dhidden_, rows_, c, 4 * c);
        kernels::relu_backward(layer.hidden.data(), dhidden_.data(), rows_ * 4 * c);
        weight_gradient(dhidden_.data(), 4 * c, layer.normed_mid, dw + w.mlp_fc1, rows_, 4 * c, c);
        input_gradient(dhidden_.data(), 4 * c, weights + w.mlp_fc1, dnormed_, rows_, 4 * c, c);
        kernels::rmsnorm_backward(dnormed_.data(), layer.normed_mid.data(), layer.scale_mid.data(), rows_, c,
                                  dx_.data(), false);

        weight_gradient(dx_.data(), c, layer.heads, dw + w.attn_wo, rows_, c, c);
        input_gradient(dx_.data(), c, weights + w.attn_wo, dheads_, rows_, c, c);
        attention_backward(layer, windows);
        weight_gradient(dqkv_.data(), 3 * c, layer.normed_in, dw + w.attn_wqkv, rows_, 3 * c, c);
        input_gradient(dqkv_.data(), 3 * c, weights + w.attn_wqkv, dnormed_, rows_, 3 * c, c);
        kernels::rmsnorm_backward(dnormed_.data(), layer.normed_in.data(), layer.scale_in.data(), rows_, c, dx_.data(),
                                  false);
    }
    kernels::rmsnorm_backward(dx_.data(), embedded_.data(), scale_embedded_.data(), rows_, c, dnormed_.data(), true);
    Real* wte = dw + layout_.wte();
    Real* wpe = dw + layout_.wpe();
    std::fill_n(wte, vocab * c, Real{0});
    std::fill_n(wpe, static_cast<std::size_t>(config_.block_size) * c, Real{0});
    const Real* row = dnormed_.data();
    for (const Window window : windows)
        for (std::size_t t = 0; t + 1 < window.size(); ++t, row += c) {
            kernels::add(row, wte + static_cast<std::size_t>(window[t]) * c, c);
            kernels::add(row, wpe + t * c, c);
        }
}

template <class Real>
void FastPass<Real>::attention_backward(Layer& layer, std::span<const Window> windows) {
    const auto c = static_cast<std::size_t>(config_.n_embd);
    const auto hd = static_cast<std::size_t>(config_.head_dim());
    const std::size_t ld = block_padded_;
    const Real factor = Real{1} / std::sqrt(static_cast<Real>(hd));
    const Real* map = layer.attention.data();
    Real* ds = dattention_.data();
    std::size_t first_row = 0;
    for (const Window window : windows) {
        const std::size_t t = window.size() - 1;
        for (std::size_t h = 0; h < static_cast<std::size_t>(config_.n_head); ++h, map += attention_size()) {
            const Real* q = layer.qkv.data() + first_row * 3 * c + h * hd;
            const Real* k = q + c;
            const Real* v = k + c;
            const Real* dout = dheads_.data() + first_row * c + h * hd;
            Real* dq = dqkv_.data() + first_row * 3 * c + h * hd;
            Real* dk = dq + c;
            Real* dv = dk + c;
            for (std::size_t j = 0; j < hd; ++j)
                for (std::size_t i = 0; i < t; ++i) transposed_[j * ld + i] = v[i * 3 * c + j];
            for (std::size_t i = 0; i < t; i += causal_block) {
                const std::size_t rows = std::min(causal_block, t - i);
                kernels::multiply<Real>({dout + i * c, c, 1, transposed_.data(), ld, ds + i * ld, ld, rows,
                                         padded(i + rows), hd, Store::set});
            }
            kernels::causal_softmax_backward(map, ds, t, ld, factor);
            for (std::size_t i = 0; i < t; i += causal_block) {
                const std::size_t rows = std::min(causal_block, t - i);
                // Queries i.. look at keys up to their own place; keys i.. are seen by queries from i on.
                kernels::multiply<Real>(
                    {ds + i * ld, ld, 1, k, 3 * c, dq + i * 3 * c, 3 * c, rows, hd, i + rows, Store::set});
                kernels::multiply<Real>(
                    {ds + i * ld + i, 1, ld, q + i * 3 * c, 3 * c, dk + i * 3 * c, 3 * c, rows, hd, t - i, Store::set});
                kernels::multiply<Real>(
                    {map + i * ld + i, 1, ld, dout + i * c, c, dv + i * 3 * c, 3 * c, rows, hd, t - i, Store::set});
            }
        }
        first_row += t;
    }
}

template struct TransposedWeights<float>;
template struct TransposedWeights<double>;
template class FastPass<float>;
template class FastPass<double>;

}  // namespace gamegpt
