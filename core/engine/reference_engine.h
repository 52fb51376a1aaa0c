#pragma once

#include <vector>

#include "core/autograd/value.h"
#include "core/engine/engine.h"
#include "core/model/parameter_layout.h"

namespace gamegpt {

// Builds the whole graph of the loss from Value and lets backward() find the gradients. The judge of the fast engine.
// The tape is kept from step to step: 32 bytes a node, some 2.2 million nodes for a window at the seed's size.
class ReferenceEngine final : public Engine<double> {
   public:
    explicit ReferenceEngine(const ModelConfig& config);

    double loss_and_gradients(std::span<const double> parameters, std::span<const Window> windows,
                              std::span<double> gradients) override;
    double loss(std::span<const double> parameters, std::span<const Window> windows, std::span<double> nll) override;

    // Nodes of the last graph, and the memory that the tape holds in bytes.
    std::size_t nodes() const { return nodes_; }
    std::size_t tape_bytes() const { return tape_.bytes(); }

    // Memory in bytes for a batch of full windows, at most: the tape may hold twice its nodes after growing.
    static std::size_t bytes(const ModelConfig& config, std::size_t batch);

   private:
    // Cross-entropies of a window's predictions as graph nodes.
    std::vector<Value> losses(Window window);
    void load(std::span<const double> parameters);

    ModelConfig config_;
    ParameterLayout layout_;
    Tape tape_;                      // the parameters are its first nodes
    std::vector<Value> parameters_;  // handles to them
    std::size_t nodes_ = 0;
};

// How many nodes the graph of a window's loss has, parameters included. Their number is a polynomial of degree 2 in the
// predictions, so that graphs of one to three predictions tell it.
std::size_t loss_graph_nodes(const ModelConfig& config, int predictions);

}  // namespace gamegpt
