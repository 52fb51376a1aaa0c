#include "core/train/evaluate.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/error.h"

namespace gamegpt {

void check_fit(const ModelConfig& model, const Corpus& corpus) {
    if (static_cast<std::size_t>(model.vocab_size) == corpus.vocabulary().size()) return;
    throw Error(Error::Code::mismatch, "the model knows " + std::to_string(model.vocab_size) + " tokens, but " +
                                           corpus.name() + " has a vocabulary of " +
                                           std::to_string(corpus.vocabulary().size()));
}

namespace {

template <class Real>
Evaluation evaluate_with(EngineKind kind, const Weights& weights, const Corpus& corpus,
                         const std::function<bool(double)>& progress) {
    constexpr std::size_t windows_at_once = 16;
    const std::vector<Real> parameters(weights.values().begin(), weights.values().end());
    const auto engine = make_engine<Real>(kind, weights.config());
    const auto block = static_cast<std::size_t>(weights.config().block_size);
    Evaluation result;
    double sum = 0;
    std::vector<TokenId> tokens(windows_at_once * (block + 1));  // of the windows, each at a multiple of block + 1
    std::vector<Window> windows;
    std::vector<double> nll;
    const auto flush = [&] {
        if (windows.empty()) return;
        std::size_t rows = 0;
        for (const Window window : windows) rows += window.size() - 1;
        nll.resize(rows);
        engine->loss(parameters, windows, nll);
        for (const double value : nll) sum += value;
        result.tokens += rows;
        windows.clear();
    };
    bool go_on = true;
    for (std::size_t i = 0; i < corpus.documents() && go_on; ++i) {
        const TokenView document = corpus.document(i);
        for (std::size_t start = 0; start + 1 < document.size() && go_on; start += block) {
            const TokenView part = document.subspan(start, std::min(block + 1, document.size() - start));
            TokenId* const copy = tokens.data() + windows.size() * (block + 1);
            part.copy_to(copy);
            windows.emplace_back(copy, part.size());
            if (windows.size() < windows_at_once) continue;
            flush();
            go_on = !progress || progress(static_cast<double>(result.tokens) / static_cast<double>(corpus.tokens()));
        }
    }
    flush();
    if (result.tokens == 0)
        throw Error(Error::Code::mismatch,
                    corpus.name() + " has no document of two tokens or more: there is nothing to predict");
    result.nats_per_token = sum / static_cast<double>(result.tokens);
    result.perplexity = std::exp(result.nats_per_token);
    return result;
}

}  // namespace

Evaluation evaluate(const Weights& weights, const Corpus& corpus, EngineKind kind,
                    const std::function<bool(double)>& progress) {
    check_fit(weights.config(), corpus);
    if (kind == EngineKind::fast32) return evaluate_with<float>(kind, weights, corpus, progress);
    return evaluate_with<double>(kind, weights, corpus, progress);
}

}  // namespace gamegpt
