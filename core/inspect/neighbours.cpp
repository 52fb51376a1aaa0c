#include "core/inspect/neighbours.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "core/base/error.h"

namespace gamegpt {

namespace {

double product(std::span<const double> a, std::span<const double> b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

double cosine(std::span<const double> a, std::span<const double> b) {
    const double norms = std::sqrt(product(a, a)) * std::sqrt(product(b, b));
    return norms > 0 ? product(a, b) / norms : 0;
}

std::span<const double> row_of(std::span<const double> matrix, std::size_t cols, std::size_t row) {
    if (cols == 0 || row >= matrix.size() / cols)
        throw Error(Error::Code::bad_argument, "the matrix has no row " + std::to_string(row));
    return matrix.subspan(row * cols, cols);
}

}  // namespace

std::vector<Neighbour> neighbours(std::span<const double> matrix, std::size_t cols, std::size_t row,
                                  std::size_t count) {
    const auto given = row_of(matrix, cols, row);
    std::vector<Neighbour> all;
    for (std::size_t i = 0; i < matrix.size() / cols; ++i)
        if (i != row) all.push_back({i, cosine(given, row_of(matrix, cols, i))});
    count = std::min(count, all.size());
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count), all.end(),
                      [](const Neighbour& a, const Neighbour& b) {
                          return a.cosine != b.cosine ? a.cosine > b.cosine : a.row < b.row;
                      });
    all.resize(count);
    return all;
}

std::vector<std::vector<double>> similarity(std::span<const double> matrix, std::size_t cols,
                                            std::span<const std::size_t> chosen) {
    std::vector<std::vector<double>> result(chosen.size(), std::vector<double>(chosen.size()));
    for (std::size_t i = 0; i < chosen.size(); ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            const auto a = row_of(matrix, cols, chosen[i]);
            const bool itself = chosen[i] == chosen[j];
            result[i][j] = itself ? (product(a, a) > 0 ? 1 : 0) : cosine(a, row_of(matrix, cols, chosen[j]));
            result[j][i] = result[i][j];
        }
    return result;
}

}  // namespace gamegpt
