#include "core/inspect/projection.h"

#include <Eigen/Dense>

namespace gamegpt {

Projection principal_components(std::span<const double> matrix, std::size_t rows, std::size_t cols,
                                const Projection* previous) {
    Projection result{std::vector<double>(rows), std::vector<double>(rows), 0, 0};
    if (rows < 2 || cols < 2) return result;
    using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const Eigen::Map<const Matrix> given(matrix.data(), static_cast<Eigen::Index>(rows),
                                         static_cast<Eigen::Index>(cols));
    const Matrix centred = given.rowwise() - given.colwise().mean();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(centred.transpose() * centred);
    const Eigen::VectorXd& variances = solver.eigenvalues();  // ascending
    const double total = variances.sum();
    if (!(total > 0)) return result;

    const auto axis = [&](Eigen::Index nth, std::vector<double>& out, const std::vector<double>* before) {
        Eigen::VectorXd direction = solver.eigenvectors().col(variances.size() - 1 - nth);
        Eigen::Index largest = 0;
        direction.cwiseAbs().maxCoeff(&largest);
        if (direction[largest] < 0) direction = -direction;
        Eigen::VectorXd points = centred * direction;
        if (before && before->size() == rows) {
            const Eigen::Map<const Eigen::VectorXd> old(before->data(), points.size());
            if (points.dot(old) < 0) points = -points;
        }
        std::copy(points.begin(), points.end(), out.begin());
        return variances[variances.size() - 1 - nth] / total;
    };
    result.explained_x = axis(0, result.x, previous ? &previous->x : nullptr);
    result.explained_y = axis(1, result.y, previous ? &previous->y : nullptr);
    return result;
}

}  // namespace gamegpt
