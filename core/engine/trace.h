#pragma once

#include <cstddef>
#include <vector>

#include "core/corpus/vocabulary.h"
#include "core/engine/engine.h"
#include "core/model/weights.h"

namespace gamegpt {

// What a model computes on one sequence of up to block_size tokens.
struct Trace {
    std::vector<TokenId> tokens;              // (T)
    std::vector<std::vector<double>> logits;  // (T, vocab_size)
    // attention[layer][head][query][key], key 0..query: the softmax weights, each row sums to 1
    std::vector<std::vector<std::vector<std::vector<double>>>> attention;
    // residual[depth][position] (n_embd): after the embedding, then after the attention and after the MLP of each layer
    std::vector<std::vector<std::vector<double>>> residual;
};

// Runs the model token by token. Throws Error (bad_argument) for no tokens, more than block_size, or one outside the
// vocabulary.
Trace trace(const Weights& weights, std::span<const TokenId> tokens, EngineKind kind = EngineKind::fast64);

}  // namespace gamegpt
