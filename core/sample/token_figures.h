#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/engine/decoder.h"
#include "core/sample/generate.h"

namespace gamegpt {

struct Candidate {
    TokenId token = 0;
    double probability = 0;
};

// What a model thought of a token before it came, after the constraint and the filters.
struct TokenFigures {
    double probability = 1;
    int rank = 1;                     // 1 is the most probable one; among equals the smaller ID comes first
    double entropy = 0;               // nats, of the whole distribution
    std::array<Candidate, 5> best{};  // most probable first; fewer have probability 0
};

// Figures of each token of a sequence; the first, which nothing stands before, has probability 1. Sequences longer than
// the context are followed as sampling follows them.
std::vector<TokenFigures> token_figures(Decoder& decoder, std::span<const TokenId> tokens,
                                        const SampleSettings& settings);

// The logits (vocab_size) for the token behind a prefix, which must not be empty.
std::vector<double> next_logits(Decoder& decoder, std::span<const TokenId> prefix,
                                const std::vector<TokenId>& anchors = {});

}  // namespace gamegpt
