#include "core/inspect/neuron.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <stdexcept>

namespace gamegpt {

Neuron mlp_neuron(const Weights& weights, const Trace& trace, int layer, int unit, int position) {
    const auto c = static_cast<std::size_t>(weights.config().n_embd);
    const std::vector<double>& x =
        trace.residual.at(1 + 2 * static_cast<std::size_t>(layer)).at(static_cast<std::size_t>(position));
    const double scale =
        std::pow(std::inner_product(x.begin(), x.end(), x.begin(), 0.0) / static_cast<double>(c) + 1e-5, -0.5);
    Neuron neuron;
    for (const double value : x) neuron.inputs.push_back(value * scale);
    const auto matrix = weights.view("layer" + std::to_string(layer) + ".mlp_fc1");
    if (unit < 0 || static_cast<std::size_t>(unit) * c >= matrix.size()) throw std::out_of_range("no such unit");
    const auto row = matrix.subspan(static_cast<std::size_t>(unit) * c, c);
    neuron.weights.assign(row.begin(), row.end());
    neuron.output = std::max(std::inner_product(row.begin(), row.end(), neuron.inputs.begin(), 0.0), 0.0);
    return neuron;
}

std::string expression_of(const Neuron& neuron) {
    std::string leaves, sum;
    char text[128];
    for (std::size_t i = 0; i < neuron.inputs.size(); ++i) {
        std::snprintf(text, sizeof text, "x%zu = %.6g; w%zu = %.6g\n", i, neuron.inputs[i], i, neuron.weights[i]);
        leaves += text;
        std::snprintf(text, sizeof text, "%sw%zu*x%zu", i == 0 ? "" : " + ", i, i);
        sum += text;
    }
    return leaves + "h = relu(" + sum + ")";
}

}  // namespace gamegpt
