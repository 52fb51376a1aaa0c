#pragma once

#include <vector>

#include "core/engine/engine.h"
#include "core/model/parameter_layout.h"

namespace gamegpt {

// The whole sequence as matrices, gradients derived by hand. All windows of a batch stand below each other as R rows;
// attention looks at one window and head at a time. Scratch grows to the largest batch seen and is then reused.
//
// With y = rmsnorm(x), P = softmax(Q K^T / sqrt(head_dim)) and X the R rows that enter a product Y = X W^T:
//   dX = dY W,  dW = dY^T X,  dP = dO V^T,  dS = P (dP - rowsum(P dP)),  dQ = dS K,  dK = dS^T Q,  dV = P^T dO.
template <class Real>
class FastEngine final : public Engine<Real> {
   public:
    explicit FastEngine(const ModelConfig& config);

    double loss_and_gradients(std::span<const Real> parameters, std::span<const Window> windows,
                              std::span<Real> gradients) override;
    double loss(std::span<const Real> parameters, std::span<const Window> windows, std::span<double> nll) override;

   private:
    // What the forward pass of one layer keeps for the backward pass.
    struct Layer {
        std::vector<Real> normed_in;    // (R, C) rmsnorm of the layer's input
        std::vector<Real> scale_in;     // (R)
        std::vector<Real> qkv;          // (R, 3C) q, k and v side by side
        std::vector<Real> attention;    // (windows, H, T, Tp) softmax weights
        std::vector<Real> heads;        // (R, C) weighted sums of v, heads side by side
        std::vector<Real> normed_mid;   // (R, C)
        std::vector<Real> scale_mid;    // (R)
        std::vector<Real> hidden;       // (R, 4C) relu(fc1 x)
        std::vector<Real> wqkv_t, wo_t, fc1_t, fc2_t;  // transposed weights: (C, 3Cp) (C, Cp) (C, 4Cp) (4C, Cp)
    };

    void prepare(std::span<const Real> parameters, std::span<const Window> windows);
    void forward(std::span<const Real> parameters, std::span<const Window> windows);
    void backward(std::span<const Real> parameters, std::span<const Window> windows, std::span<Real> gradients);
    void attention_forward(Layer& layer, std::span<const Window> windows);
    void attention_backward(Layer& layer, std::span<const Window> windows);
    // Cross-entropies from the logits, which become their gradients when `with_gradients`; returns the batch's loss.
    double losses(std::span<const Window> windows, bool with_gradients, std::span<double> nll);

    std::size_t attention_size() const { return block_padded_ * static_cast<std::size_t>(config_.block_size); }

    ModelConfig config_;
    ParameterLayout layout_;
    std::size_t block_padded_;   // Tp: block_size padded
    std::size_t vocab_padded_;   // Vp
    std::size_t rows_ = 0;       // R of this batch
    std::vector<Layer> layers_;
    std::vector<Real> embedded_, scale_embedded_;  // (R, C) wte + wpe normalised, and its scale (R)
    std::vector<Real> x_;                          // (R, C) the residual stream
    std::vector<Real> logits_;                     // (R, Vp)
    std::vector<Real> lm_head_t_;                  // (C, Vp)
    std::vector<Real> dx_, dnormed_, dheads_;      // (R, C)
    std::vector<Real> dqkv_;                       // (R, 3C)
    std::vector<Real> dhidden_;                    // (R, 4C)
    std::vector<Real> dattention_;                 // (T, Tp) of one head
    std::vector<Real> transposed_;                 // (head_dim, Tp) of one head
};

}  // namespace gamegpt
