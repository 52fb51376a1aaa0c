#pragma once

#include "core/model/config.h"

namespace gamegpt {

// Floating-point operations of the matrix products, an addition and a multiplication counting as two; norms,
// exponentials, copies and Adam are left out, as is usual. A window of T predictions costs forward
//   2 T (12 n_layer n_embd^2 + n_embd vocab_size)   the projections and lm_head
//   2 n_layer n_embd T (T + 1)                      scores and weighted sums of the causal half of the attention
double forward_flops(const ModelConfig& config, int predictions);

// A training step on `windows` windows of `predictions` each: backward costs twice the forward pass.
double flops_per_step(const ModelConfig& config, int windows, int predictions);

}  // namespace gamegpt
