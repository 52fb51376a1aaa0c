#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/model/config.h"
#include "core/model/parameter_layout.h"

namespace gamegpt {

// A model's parameters outside an engine: one flat array in double, which holds every float exactly.
class Weights {
   public:
    // All zeros.
    explicit Weights(const ModelConfig& config);
    // From one generator seeded with config.seed: gauss(0, init_std), matrix by matrix in layout order, row by row.
    static Weights initial(const ModelConfig& config);

    const ModelConfig& config() const { return config_; }
    const ParameterLayout& layout() const { return *layout_; }

    std::span<double> values() { return values_; }
    std::span<const double> values() const { return values_; }
    // (rows, cols) of one matrix, row by row. Throws Error (bad_argument) for an unknown name.
    std::span<double> view(std::string_view name);
    std::span<const double> view(std::string_view name) const;

   private:
    ModelConfig config_;
    std::shared_ptr<const ParameterLayout> layout_;
    std::vector<double> values_;
};

}  // namespace gamegpt
