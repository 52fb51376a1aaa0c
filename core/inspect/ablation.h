#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "core/corpus/vocabulary.h"
#include "core/model/weights.h"

namespace gamegpt {

// Parts of a model that contribute nothing, layers and heads from 0.
struct Ablation {
    std::set<std::pair<int, int>> heads;  // (layer, head)
    std::set<int> attention;              // layers whose whole attention is off
    std::set<int> mlp;                    // layers whose MLP is off

    bool empty() const { return heads.empty() && attention.empty() && mlp.empty(); }
    bool operator==(const Ablation&) const = default;
};

// A copy of the weights in which these parts add nothing to the residual stream: the columns of attn_wo that read a
// head are 0, all of attn_wo, all of mlp_fc2. Throws Error (bad_argument) for a layer or head that is not there.
Weights ablated(const Weights& weights, const Ablation& ablation);

// What a model predicts on some sequences, to compare with and without its parts.
struct Predictions {
    double loss = 0;           // nats a token, mean over all predictions
    std::size_t tokens = 0;    // predictions that the mean is over
    std::vector<double> next;  // (vocab_size) probabilities of the token behind the prefix; empty without one
};
// In double. Sequences of 2 to block_size + 1 tokens, a prefix of up to block_size. Throws Error (bad_argument) for
// others.
Predictions predictions(const Weights& weights, const std::vector<std::vector<TokenId>>& sequences,
                        std::span<const TokenId> prefix);

}  // namespace gamegpt
