#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "core/engine/kernels.h"

namespace gamegpt {

// Adam with bias correction: m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2,
// p -= lr * (m / (1 - beta1^step)) / (sqrt(v / (1 - beta2^step)) + eps). The moments have the layout of the parameters.
template <class Real>
struct Adam {
    explicit Adam(std::size_t size) : m(size), v(size) {}

    std::vector<Real> m;
    std::vector<Real> v;
    std::int64_t step_count = 0;

    void update(std::span<Real> parameters, std::span<const Real> gradients, double lr, double beta1, double beta2,
                double eps) {
        ++step_count;
        const auto step = static_cast<double>(step_count);
        const double rate1 = lr / (1 - std::pow(beta1, step));
        const double rate2 = 1 / (1 - std::pow(beta2, step));
        kernels::adam<Real>(parameters.data(), m.data(), v.data(), gradients.data(), parameters.size(),
                            {static_cast<Real>(beta1), static_cast<Real>(beta2), static_cast<Real>(eps),
                             static_cast<Real>(rate1), static_cast<Real>(rate2)});
    }
};

}  // namespace gamegpt
