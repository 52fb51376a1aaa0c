#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace gamegpt {

// All on a matrix (rows, cols), row by row. The cosine of two rows is a.b / (|a| |b|), 0 when one of them is all 0.
struct Neighbour {
    std::size_t row = 0;
    double cosine = 0;
};

// The `count` rows nearest to `row` by cosine, the nearest first, among equals the smaller index; itself not among
// them. Compares with every row. Throws Error (bad_argument) for a row that is not there.
std::vector<Neighbour> neighbours(std::span<const double> matrix, std::size_t cols, std::size_t row, std::size_t count);

// Cosines of all pairs of `chosen` rows, as rows of a square (chosen, chosen) with 1 on its diagonal (0 for a row that
// is all 0). Throws Error (bad_argument) for a row that is not there.
std::vector<std::vector<double>> similarity(std::span<const double> matrix, std::size_t cols,
                                            std::span<const std::size_t> chosen);

}  // namespace gamegpt
