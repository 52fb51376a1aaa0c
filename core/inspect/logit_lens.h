#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "core/corpus/vocabulary.h"
#include "core/engine/trace.h"
#include "core/model/weights.h"

namespace gamegpt {

// What a model would predict if it ended earlier: lm_head applied to the residual stream x after the embedding (depth
// 0) and after each layer (depth i + 1 after layer i). There is no final norm in this model, so depth n_layer gives the
// model's own logits. After nostalgebraist, "interpreting GPT: the logit lens" (2020).
struct LensCandidate {
    TokenId token = 0;
    double probability = 0;
};
struct LogitLens {
    std::vector<TokenId> tokens;  // (T)
    // best[depth][position]: the most probable tokens behind the position, the best first, among equals the smaller ID
    std::vector<std::vector<std::vector<LensCandidate>>> best;
    std::vector<std::vector<double>> nll;  // [depth][position], T - 1 positions: nats of the token that follows
};

// Logits (vocab_size) of a residual stream (n_embd).
std::vector<double> lens_logits(const Weights& weights, std::span<const double> residual);

// In double, over up to block_size tokens, `count` candidates each. Throws Error (bad_argument) as trace() does.
LogitLens logit_lens(const Weights& weights, std::span<const TokenId> tokens, std::size_t count);

inline constexpr std::size_t token_categories = static_cast<std::size_t>(TokenCategory::text) + 1;

// Mean loss of each depth over sequences: by position, and by the category of the predicted token.
struct LensAverages {
    std::vector<std::vector<double>> by_position;                   // [depth][position], nats
    std::vector<std::size_t> at_position;                           // predictions from each position
    std::vector<std::array<double, token_categories>> by_category;  // [depth], nats; 0 where there is none
    std::array<std::size_t, token_categories> of_category{};        // predictions of each category
    std::vector<double> all;                                        // [depth], nats
    std::size_t sequences = 0;
};
// `go_on` is asked before each sequence; when it says no the means are over those before it.
LensAverages lens_averages(const Weights& weights, const Vocabulary& vocabulary,
                           const std::vector<std::vector<TokenId>>& sequences, const std::function<bool()>& go_on = {});

}  // namespace gamegpt
