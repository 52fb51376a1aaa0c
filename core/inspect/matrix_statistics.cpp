#include "core/inspect/matrix_statistics.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/base/error.h"
#include "core/engine/engine.h"
#include "core/engine/reference_forward.h"
#include "core/engine/trace.h"

namespace gamegpt {

namespace {

constexpr double least_ratio = 1e-4, most_ratio = 1e-1, most_dead = 0.5;

// Without the histogram.
template <class Real>
MatrixStatistics figures_of(const std::string& name, std::span<const Real> values) {
    MatrixStatistics result;
    result.name = name;
    double sum = 0, squares = 0;
    std::size_t finite = 0;
    for (const double value : values) {
        if (!std::isfinite(value)) {
            ++result.not_finite;
            continue;
        }
        sum += value;
        squares += value * value;
        ++finite;
    }
    result.norm = std::sqrt(squares);
    if (finite == 0) return result;
    result.mean = sum / static_cast<double>(finite);
    double deviations = 0;
    for (const double value : values)
        if (std::isfinite(value)) deviations += (value - result.mean) * (value - result.mean);
    result.deviation = std::sqrt(deviations / static_cast<double>(finite));
    return result;
}

// Bins from -most to most.
template <class Real>
void count_bins(std::span<const Real> values, double most, MatrixStatistics& result) {
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        const double bin = (value + most) / (2 * most) * static_cast<double>(histogram_bins);
        ++result.histogram[static_cast<std::size_t>(std::clamp(bin, 0.0, static_cast<double>(histogram_bins) - 1))];
    }
}

std::string percent(double share) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3g %%", share * 100);
    return text;
}

}  // namespace

std::vector<MatrixStatistics> matrix_statistics(const Weights& weights) {
    std::vector<MatrixStatistics> result;
    for (const ParameterEntry& entry : weights.layout().entries()) {
        const auto values = weights.values().subspan(entry.offset, entry.size());
        result.push_back(figures_of(entry.name, values));
        count_bins(values, histogram_most, result.back());
    }
    return result;
}

std::vector<MatrixStatistics> gradient_statistics(const Weights& weights,
                                                  const std::vector<std::vector<TokenId>>& sequences) {
    const std::vector<float> parameters(weights.values().begin(), weights.values().end());
    std::vector<float> gradients(parameters.size());
    const std::vector<Window> windows(sequences.begin(), sequences.end());
    make_engine<float>(EngineKind::fast32, weights.config())->loss_and_gradients(parameters, windows, gradients);
    std::vector<MatrixStatistics> result;
    for (const ParameterEntry& entry : weights.layout().entries()) {
        const auto values = std::span<const float>(gradients).subspan(entry.offset, entry.size());
        result.push_back(figures_of(entry.name, values));
        if (result.back().deviation > 0) count_bins(values, 4 * result.back().deviation, result.back());
    }
    return result;
}

std::vector<double> update_ratios(const Weights& before, const Weights& after, long long steps) {
    if (before.values().size() != after.values().size() ||
        before.layout().entries().size() != after.layout().entries().size())
        throw Error(Error::Code::mismatch, "two models of different shapes have no update between them");
    std::vector<double> result;
    for (const ParameterEntry& entry : after.layout().entries()) {
        double change = 0, size = 0;
        for (std::size_t i = entry.offset; i < entry.offset + entry.size(); ++i) {
            change += (after.values()[i] - before.values()[i]) * (after.values()[i] - before.values()[i]);
            size += after.values()[i] * after.values()[i];
        }
        const auto n = static_cast<double>(std::max(1LL, steps));
        result.push_back(size > 0 ? std::sqrt(change) / n / std::sqrt(size) : 0);
    }
    return result;
}

std::vector<double> dead_units(const Weights& weights, const std::vector<std::vector<TokenId>>& sequences) {
    if (sequences.empty()) throw Error(Error::Code::bad_argument, "there is no sequence to look for dead units on");
    const ParameterLayout& layout = weights.layout();
    const auto layers = static_cast<std::size_t>(weights.config().n_layer);
    std::vector<std::vector<char>> fired(layers,
                                         std::vector<char>(4 * static_cast<std::size_t>(weights.config().n_embd)));
    for (const std::vector<TokenId>& sequence : sequences) {
        const Trace traced = trace(weights, sequence);
        for (std::size_t layer = 0; layer < layers; ++layer)
            for (const std::vector<double>& x : traced.residual[2 * layer + 1]) {  // after the attention
                const std::vector<double> hidden =
                    linear<double>(weights.values(), layout.entries()[3 + 6 * layer + 4], rmsnorm(x));
                for (std::size_t unit = 0; unit < hidden.size(); ++unit)
                    if (hidden[unit] > 0) fired[layer][unit] = 1;
            }
    }
    std::vector<double> result;
    for (const std::vector<char>& units : fired)
        result.push_back(static_cast<double>(std::count(units.begin(), units.end(), 0)) /
                         static_cast<double>(units.size()));
    return result;
}

std::vector<std::string> health(const std::vector<MatrixStatistics>& matrices, const std::vector<double>& ratios,
                                const std::vector<double>& dead) {
    std::vector<std::string> sentences;
    for (const MatrixStatistics& matrix : matrices)
        if (matrix.not_finite > 0)
            sentences.push_back(matrix.name + " holds " + std::to_string(matrix.not_finite) +
                                " values that are not finite: reset, and train with a lower learning rate.");
    for (std::size_t i = 0; i < ratios.size() && i < matrices.size(); ++i) {
        if (!std::isfinite(ratios[i])) continue;  // said above
        if (ratios[i] > most_ratio)
            sentences.push_back(matrices[i].name + " changes by " + percent(ratios[i]) +
                                " a step: try a lower learning rate.");
        else if (ratios[i] < least_ratio)
            sentences.push_back(matrices[i].name + " changes by only " + percent(ratios[i]) +
                                " a step: try a higher learning rate, unless training is at its end.");
    }
    for (std::size_t layer = 0; layer < dead.size(); ++layer)
        if (dead[layer] > most_dead)
            sentences.push_back(percent(dead[layer]) + " of the ReLU units of layer " + std::to_string(layer + 1) +
                                " never fire: try a lower learning rate or another seed.");
    return sentences;
}

}  // namespace gamegpt
