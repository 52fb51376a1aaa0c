#pragma once

#include <vector>

#include "core/base/worker_pool.h"
#include "core/engine/fast_pass.h"

namespace gamegpt {

// Splits a batch into blocks of windows, one FastPass each, and shares them out over a pool of threads. The split
// depends on the batch and the model alone and gradients are added in block order, so the bits are the same for any
// number of threads. After the first step of a size a step allocates nothing.
template <class Real>
class FastEngine final : public Engine<Real> {
   public:
    FastEngine(const ModelConfig& config, int threads);

    double loss_and_gradients(std::span<const Real> parameters, std::span<const Window> windows,
                              std::span<Real> gradients) override;
    double loss(std::span<const Real> parameters, std::span<const Window> windows, std::span<double> nll) override;

    // Memory in bytes of the engine's scratch for a batch of this many full windows.
    static std::size_t bytes(const ModelConfig& config, std::size_t batch);

   private:
    static std::size_t block_count(const ParameterLayout& layout, std::size_t batch);
    // Makes the transposed weights and the passes; returns the number of blocks.
    std::size_t prepare(const Real* parameters, std::span<const Window> windows);

    ModelConfig config_;
    ParameterLayout layout_;
    TransposedWeights<Real> transposed_;
    std::vector<FastPass<Real>> passes_;              // one per block
    std::vector<std::vector<Real>> block_gradients_;  // of all blocks but the first
    std::vector<double> block_losses_;
    std::vector<std::size_t> block_rows_;  // predictions before each block
    WorkerPool pool_;
};

}  // namespace gamegpt
