#include "core/model/weights.h"

#include "core/base/python_random.h"

namespace gamegpt {

Weights::Weights(const ModelConfig& config)
    : config_(config), layout_(std::make_shared<ParameterLayout>(config)), values_(layout_->size()) {}

Weights Weights::initial(const ModelConfig& config) {
    Weights weights(config);
    PythonRandom random(config.seed);
    for (double& value : weights.values_) value = random.gauss(0, config.init_std);
    return weights;
}

std::span<double> Weights::view(std::string_view name) {
    const ParameterEntry& entry = layout_->find(name);
    return std::span(values_).subspan(entry.offset, entry.size());
}

std::span<const double> Weights::view(std::string_view name) const {
    const ParameterEntry& entry = layout_->find(name);
    return std::span(values_).subspan(entry.offset, entry.size());
}

}  // namespace gamegpt
