#include "core/engine/fast_engine.h"

#include <algorithm>
#include <numeric>

#include "core/engine/kernels.h"

namespace gamegpt {

namespace {

// The windows of block i of n.
std::span<const Window> block(std::span<const Window> windows, std::size_t i, std::size_t n) {
    const std::size_t begin = i * windows.size() / n;
    return windows.subspan(begin, (i + 1) * windows.size() / n - begin);
}

}  // namespace

template <class Real>
FastEngine<Real>::FastEngine(const ModelConfig& config, int threads)
    : config_(config), layout_(config), transposed_(config), pool_(threads) {}

template <class Real>
std::size_t FastEngine<Real>::block_count(const ParameterLayout& layout, std::size_t batch) {
    // Each block has gradients of its own: fewer blocks for models that are large themselves.
    constexpr std::size_t large = 4'000'000;
    return std::min<std::size_t>(batch, layout.size() < large ? 8 : 4);
}

template <class Real>
std::size_t FastEngine<Real>::bytes(const ModelConfig& config, std::size_t batch) {
    const ParameterLayout layout(config);
    const std::size_t blocks = block_count(layout, batch);
    const std::size_t largest_block = (batch + blocks - 1) / blocks;
    return blocks * FastPass<Real>::bytes(config, largest_block) + blocks * layout.size() * sizeof(Real);
}

template <class Real>
std::size_t FastEngine<Real>::prepare(const Real* parameters, std::span<const Window> windows) {
    check_windows(config_, windows);
    const std::size_t blocks = block_count(layout_, windows.size());
    while (passes_.size() < blocks) passes_.emplace_back(config_);
    block_losses_.resize(std::max(block_losses_.size(), blocks));
    block_rows_.resize(std::max(block_rows_.size(), blocks));
    const std::size_t layers = transposed_.layers.size();
    pool_.run(layers + 1, [&](std::size_t i) {
        if (i < layers) transposed_.update_layer(i, config_, layout_, parameters);
        else transposed_.update_lm_head(config_, layout_, parameters);
    });
    return blocks;
}

template <class Real>
double FastEngine<Real>::loss_and_gradients(std::span<const Real> parameters, std::span<const Window> windows,
                                            std::span<Real> gradients) {
    const std::size_t blocks = prepare(parameters.data(), windows);
    while (block_gradients_.size() + 1 < blocks) block_gradients_.emplace_back(layout_.size());
    pool_.run(blocks, [&](std::size_t i) {
        Real* target = i == 0 ? gradients.data() : block_gradients_[i - 1].data();
        block_losses_[i] = passes_[i].loss_and_gradients(parameters.data(), transposed_, block(windows, i, blocks),
                                                         windows.size(), target);
    });
    if (blocks > 1) {
        constexpr std::size_t stretch =
            16384;  // values added at a time: all blocks' stretches fit the second-level cache
        pool_.run((gradients.size() + stretch - 1) / stretch, [&](std::size_t i) {
            const std::size_t begin = i * stretch;
            const std::size_t n = std::min(stretch, gradients.size() - begin);
            for (std::size_t b = 0; b + 1 < blocks; ++b)
                kernels::add(block_gradients_[b].data() + begin, gradients.data() + begin, n);
        });
    }
    return std::accumulate(block_losses_.begin(), block_losses_.begin() + static_cast<std::ptrdiff_t>(blocks), 0.0) /
           static_cast<double>(windows.size());
}

template <class Real>
double FastEngine<Real>::loss(std::span<const Real> parameters, std::span<const Window> windows,
                              std::span<double> nll) {
    const std::size_t blocks = prepare(parameters.data(), windows);
    std::size_t rows = 0;
    for (std::size_t i = 0; i < blocks; ++i) {
        block_rows_[i] = rows;
        for (const Window window : block(windows, i, blocks)) rows += window.size() - 1;
    }
    pool_.run(blocks, [&](std::size_t i) {
        const std::span<double> own = nll.empty() ? nll : nll.subspan(block_rows_[i]);
        block_losses_[i] = passes_[i].loss(parameters.data(), transposed_, block(windows, i, blocks), own);
    });
    return std::accumulate(block_losses_.begin(), block_losses_.begin() + static_cast<std::ptrdiff_t>(blocks), 0.0) /
           static_cast<double>(windows.size());
}

template class FastEngine<float>;
template class FastEngine<double>;

}  // namespace gamegpt
