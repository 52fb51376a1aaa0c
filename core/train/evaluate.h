#pragma once

#include <functional>

#include "core/corpus/corpus.h"
#include "core/engine/engine.h"
#include "core/model/weights.h"

namespace gamegpt {

struct Evaluation {
    double nats_per_token = 0;
    double perplexity = 0;   // exp(nats_per_token)
    std::size_t tokens = 0;  // predictions that the mean is over
};

// Mean cross-entropy over all documents, each cut into windows of block_size predictions with positions from 0: the
// last token of a window is the first of the next. `progress` (0..1) returns false to stop early. Throws Error
// (mismatch) when the vocabulary sizes differ or nothing can be predicted.
Evaluation evaluate(const Weights& weights, const Corpus& corpus, EngineKind kind = EngineKind::fast64,
                    const std::function<bool(double)>& progress = {});

// Throws Error (mismatch), naming both sizes, unless the corpus fits the model.
void check_fit(const ModelConfig& model, const Corpus& corpus);

}  // namespace gamegpt
