#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace gamegpt {

// Rows of a matrix in the plane of their two principal components.
struct Projection {
    std::vector<double> x;   // (rows)
    std::vector<double> y;   // (rows)
    double explained_x = 0;  // share of the variance, 0..1
    double explained_y = 0;
};

// PCA of `matrix` (rows, cols), row by row, columns centred. The sign of each axis is chosen so that its loading of the
// largest size is positive; with `previous` (same rows) so that points move as little as possible. Fewer than two rows
// or columns give zeros.
Projection principal_components(std::span<const double> matrix, std::size_t rows, std::size_t cols,
                                const Projection* previous = nullptr);

}  // namespace gamegpt
