#pragma once

#include <span>
#include <vector>

#include "core/engine/engine.h"
#include "core/model/parameter_layout.h"

namespace gamegpt {

// The weights turned around, W (out, in) as W^T (in, out padded): what the forward products read. Made once a step and
// shared by all passes of the step.
template <class Real>
struct TransposedWeights {
    struct Layer {
        std::vector<Real> wqkv, wo, fc1, fc2;  // (C, 3Cp) (C, Cp) (C, 4Cp) (4C, Cp)
    };
    std::vector<Layer> layers;
    std::vector<Real> lm_head;  // (C, Vp)

    explicit TransposedWeights(const ModelConfig& config);
    void update_layer(std::size_t i, const ModelConfig& config, const ParameterLayout& layout, const Real* parameters);
    void update_lm_head(const ModelConfig& config, const ParameterLayout& layout, const Real* parameters);
};

// Forward and backward over a block of windows, the whole sequence as matrices, gradients derived by hand. All windows
// stand below each other as R rows; attention looks at one window and head at a time. Scratch grows to the largest
// block seen and is then reused. One thread at a time.
//
// With y = rmsnorm(x), P = softmax(Q K^T / sqrt(head_dim)) and X the R rows that enter a product Y = X W^T:
//   dX = dY W,  dW = dY^T X,  dP = dO V^T,  dS = P (dP - rowsum(P dP)),  dQ = dS K,  dK = dS^T Q,  dV = P^T dO.
template <class Real>
class FastPass {
   public:
    explicit FastPass(const ModelConfig& config);

    // Returns the sum over the windows of each one's mean cross-entropy. `gradients` is overwritten with those of that
    // sum divided by `batch`, the number of windows in the whole batch.
    double loss_and_gradients(const Real* parameters, const TransposedWeights<Real>& transposed,
                              std::span<const Window> windows, std::size_t batch, Real* gradients);
    double loss(const Real* parameters, const TransposedWeights<Real>& transposed, std::span<const Window> windows,
                std::span<double> nll);

    // Scratch in bytes for a block of this many windows of block_size predictions.
    static std::size_t bytes(const ModelConfig& config, std::size_t windows);

   private:
    // What the forward pass of one layer keeps for the backward pass.
    struct Layer {
        std::vector<Real> normed_in;   // (R, C) rmsnorm of the layer's input
        std::vector<Real> scale_in;    // (R)
        std::vector<Real> qkv;         // (R, 3C) q, k and v side by side
        std::vector<Real> attention;   // (windows, H, T, Tp) softmax weights
        std::vector<Real> heads;       // (R, C) weighted sums of v, heads side by side
        std::vector<Real> normed_mid;  // (R, C)
        std::vector<Real> scale_mid;   // (R)
        std::vector<Real> hidden;      // (R, 4C) relu(fc1 x)
    };

    void prepare(std::span<const Window> windows);
    void forward(const Real* parameters, const TransposedWeights<Real>& transposed, std::span<const Window> windows);
    void backward(const Real* parameters, std::span<const Window> windows, Real* gradients);
    void attention_forward(Layer& layer, std::span<const Window> windows);
    void attention_backward(Layer& layer, std::span<const Window> windows);
    // Cross-entropies from the logits, which become their gradients unless `batch` is 0; returns their sum of means.
    double losses(std::span<const Window> windows, std::size_t batch, std::span<double> nll);

    std::size_t attention_size() const { return block_padded_ * static_cast<std::size_t>(config_.block_size); }

    ModelConfig config_;
    ParameterLayout layout_;
    std::size_t block_padded_;  // Tp: block_size padded
    std::size_t vocab_padded_;  // Vp
    std::size_t rows_ = 0;      // R of this block
    std::vector<Layer> layers_;
    std::vector<Real> embedded_, scale_embedded_;  // (R, C) wte + wpe normalised, and its scale (R)
    std::vector<Real> x_;                          // (R, C) the residual stream
    std::vector<Real> logits_;                     // (R, Vp)
    std::vector<Real> dx_, dnormed_, dheads_;      // (R, C)
    std::vector<Real> dqkv_;                       // (R, 3C)
    std::vector<Real> dhidden_;                    // (R, 4C)
    std::vector<Real> dattention_;                 // (T, Tp) of one head
    std::vector<Real> transposed_;                 // (head_dim, Tp) of one head
};

}  // namespace gamegpt
