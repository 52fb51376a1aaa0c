#pragma once

#include <string>
#include <vector>

#include "core/engine/trace.h"

namespace gamegpt {

// One unit of a layer's MLP at one position: relu(weights . inputs), the inputs being the normed residual stream behind
// the layer's attention.
struct Neuron {
    std::vector<double> inputs;   // (n_embd)
    std::vector<double> weights;  // (n_embd), a row of mlp_fc1
    double output = 0;
};

// Throws std::out_of_range for a layer, unit (of 4 n_embd) or position that is not there.
Neuron mlp_neuron(const Weights& weights, const Trace& trace, int layer, int unit, int position);

// The neuron as an Expression: "x0 = 0.5; w0 = 0.1; ...; h = relu(w0*x0 + w1*x1 + ...)", numbers with 6 digits.
std::string expression_of(const Neuron& neuron);

}  // namespace gamegpt
