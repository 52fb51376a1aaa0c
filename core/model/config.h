#pragma once

#include <cstdint>

namespace gamegpt {

// The shape of a model and how its weights start.
struct ModelConfig {
    int vocab_size = 74;
    int n_layer = 2;
    int n_embd = 32;
    int block_size = 64;  // positions; the most tokens the model can look at
    int n_head = 4;
    std::uint64_t seed = 42;
    double init_std = 0.08;  // standard deviation of the initial weights

    int head_dim() const { return n_embd / n_head; }

    // Throws Error (bad_argument) that names the field, its value and what was expected.
    void validate() const;

    bool operator==(const ModelConfig&) const = default;
};

}  // namespace gamegpt
