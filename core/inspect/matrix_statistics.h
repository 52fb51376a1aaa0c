#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "core/corpus/vocabulary.h"
#include "core/model/weights.h"

namespace gamegpt {

// Histograms of weights all have these bins, so that they compare over time and between matrices: 80 of 0.05 from -2
// to 2; what lies beyond counts in the outermost.
inline constexpr std::size_t histogram_bins = 80;
inline constexpr double histogram_most = 2;

// Figures of one matrix. What is not finite counts in not_finite only.
struct MatrixStatistics {
    std::string name;
    double norm = 0;  // Frobenius: root of the sum of squares
    double mean = 0;
    double deviation = 0;  // standard, of all its values
    std::array<std::size_t, histogram_bins> histogram{};
    std::size_t not_finite = 0;
};
// One a matrix, in layout order.
std::vector<MatrixStatistics> matrix_statistics(const Weights& weights);

// The same of the gradients of the loss, the mean over these sequences of 2 to block_size + 1 tokens, in float as they
// are trained. Gradients of all sizes share the bins: a histogram goes from -4 to 4 standard deviations of its matrix.
std::vector<MatrixStatistics> gradient_statistics(const Weights& weights,
                                                  const std::vector<std::vector<TokenId>>& sequences);

// How fast each matrix changes between two snapshots `steps` apart (at least 1), in layout order: |after - before| /
// steps / |after|, a share a step; 0 for a matrix that is all 0. Steps that undo each other count for nothing, so the
// figure over many steps is at most that of single ones. Throws Error (mismatch) for models of different shapes.
std::vector<double> update_ratios(const Weights& before, const Weights& after, long long steps);

// For each layer the share of its 4 n_embd ReLU units that are 0 at every position of the sequences. In double;
// sequences of 1 to block_size tokens. Throws Error (bad_argument) for others, or none.
std::vector<double> dead_units(const Weights& weights, const std::vector<std::vector<TokenId>>& sequences);

// What is wrong with a model's weights, and what to try: a sentence each, none when all is well. An update ratio
// outside 1e-4..1e-1 a step, more than half of a layer's units dead, values that are not finite. `ratios` and `dead`
// may be empty when they are not known.
std::vector<std::string> health(const std::vector<MatrixStatistics>& matrices, const std::vector<double>& ratios,
                                const std::vector<double>& dead);

}  // namespace gamegpt
