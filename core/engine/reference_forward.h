#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "core/autograd/value.h"
#include "core/corpus/vocabulary.h"
#include "core/model/parameter_layout.h"

namespace gamegpt {

// The original's forward pass, operation by operation, over any scalar: Value builds the graph, double just computes.
// Sums run from left to right.

// Keys or values that one layer has seen: a vector of n_embd scalars per position.
template <class Scalar>
using LayerCache = std::vector<std::vector<Scalar>>;

inline double data_of(double x) { return x; }
inline double data_of(Value x) { return x.data(); }
inline double relu(double x) { return x > 0 ? x : 0; }
inline double exp(double x) { return std::exp(x); }
inline double log(double x) { return std::log(x); }

inline double dot(std::span<const double> a, std::span<const double> b) {
    double sum = a[0] * b[0];
    for (std::size_t i = 1; i < a.size(); ++i) sum = sum + a[i] * b[i];
    return sum;
}

// W x, W (rows, x.size()).
template <class Scalar>
std::vector<Scalar> linear(std::span<const Scalar> parameters, const ParameterEntry& w, const std::vector<Scalar>& x) {
    std::vector<Scalar> y;
    y.reserve(w.rows);
    for (std::size_t r = 0; r < w.rows; ++r) y.push_back(dot(parameters.subspan(w.offset + r * w.cols, w.cols), x));
    return y;
}

template <class Scalar>
std::vector<Scalar> softmax(const std::vector<Scalar>& logits) {
    double most = data_of(logits[0]);
    for (const Scalar& logit : logits) most = std::max(most, data_of(logit));
    std::vector<Scalar> result;
    result.reserve(logits.size());
    for (const Scalar& logit : logits) result.push_back(exp(logit - most));
    Scalar total = result[0];
    for (std::size_t i = 1; i < result.size(); ++i) total = total + result[i];
    for (Scalar& value : result) value = value / total;
    return result;
}

template <class Scalar>
std::vector<Scalar> rmsnorm(const std::vector<Scalar>& x) {
    using std::pow;
    const Scalar scale = pow(dot(x, x) / static_cast<double>(x.size()) + 1e-5, -0.5);
    std::vector<Scalar> y;
    y.reserve(x.size());
    for (const Scalar& value : x) y.push_back(value * scale);
    return y;
}

template <class Scalar>
std::vector<Scalar> sum_of(const std::vector<Scalar>& a, const std::vector<Scalar>& b) {
    std::vector<Scalar> y;
    y.reserve(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) y.push_back(a[i] + b[i]);
    return y;
}

// One token at position pos -> logits (vocab_size). `keys` and `values` hold one LayerCache per layer and grow by one
// position. `attention`, if given, receives [layer][head][key] softmax weights; `residual_stream` [depth][feature] the
// residual stream: after the embedding, then after the attention and after the MLP of each layer (1 + 2 n_layer,
// n_embd).
template <class Scalar>
std::vector<Scalar> reference_forward(const ModelConfig& config, const ParameterLayout& layout,
                                      std::span<const Scalar> parameters, TokenId token, int pos,
                                      std::vector<LayerCache<Scalar>>& keys, std::vector<LayerCache<Scalar>>& values,
                                      std::vector<std::vector<std::vector<double>>>* attention = nullptr,
                                      std::vector<std::vector<double>>* residual_stream = nullptr) {
    const auto c = static_cast<std::size_t>(config.n_embd);
    const auto hd = static_cast<std::size_t>(config.head_dim());
    const auto row = [&](const ParameterEntry& w, std::size_t r) {
        const auto values_of_row = parameters.subspan(w.offset + r * c, c);
        return std::vector<Scalar>(values_of_row.begin(), values_of_row.end());
    };
    const std::vector<ParameterEntry>& entries = layout.entries();
    std::vector<Scalar> x = rmsnorm(
        sum_of(row(entries[0], static_cast<std::size_t>(token)), row(entries[1], static_cast<std::size_t>(pos))));
    const auto record = [&](std::size_t depth) {
        if (!residual_stream) return;
        std::vector<double>& out = (*residual_stream)[depth];
        out.clear();
        for (const Scalar& value : x) out.push_back(data_of(value));
    };
    record(0);
    for (std::size_t layer = 0; layer < keys.size(); ++layer) {
        const ParameterEntry* w = &entries[3 + 6 * layer];
        std::vector<Scalar> residual = x;
        x = rmsnorm(x);
        const std::vector<Scalar> q = linear(parameters, w[0], x);
        keys[layer].push_back(linear(parameters, w[1], x));
        values[layer].push_back(linear(parameters, w[2], x));
        std::vector<Scalar> heads;
        heads.reserve(c);
        for (std::size_t first = 0; first < c; first += hd) {
            std::vector<Scalar> logits;
            for (const std::vector<Scalar>& key : keys[layer])
                logits.push_back(dot(std::span(q).subspan(first, hd), std::span(key).subspan(first, hd)) /
                                 std::sqrt(static_cast<double>(hd)));
            const std::vector<Scalar> weights = softmax(logits);
            if (attention) {
                std::vector<double>& out = (*attention)[layer][first / hd];
                out.clear();
                for (const Scalar& weight : weights) out.push_back(data_of(weight));
            }
            std::vector<Scalar> column;  // one feature of the values over the positions
            for (std::size_t j = first; j < first + hd; ++j) {
                column.clear();
                for (const std::vector<Scalar>& value : values[layer]) column.push_back(value[j]);
                heads.push_back(dot(weights, column));
            }
        }
        x = sum_of(linear(parameters, w[3], heads), residual);
        record(2 * layer + 1);
        residual = x;
        x = linear(parameters, w[4], rmsnorm(x));
        for (Scalar& value : x) value = relu(value);
        x = sum_of(linear(parameters, w[5], x), residual);
        record(2 * layer + 2);
    }
    return linear(parameters, entries[2], x);
}

}  // namespace gamegpt
