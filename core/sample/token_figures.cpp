#include "core/sample/token_figures.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "core/sample/sliding_window.h"

namespace gamegpt {

namespace {

TokenFigures figures_of(std::span<const double> probabilities, TokenId token) {
    TokenFigures figures;
    figures.probability = probabilities[static_cast<std::size_t>(token)];
    figures.entropy = entropy(probabilities);
    const auto before = [&](std::size_t a, std::size_t b) {
        return probabilities[a] != probabilities[b] ? probabilities[a] > probabilities[b] : a < b;
    };
    std::vector<std::size_t> order(probabilities.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const std::size_t best = std::min(figures.best.size(), order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(best), order.end(), before);
    for (std::size_t i = 0; i < best; ++i) figures.best[i] = {static_cast<TokenId>(order[i]), probabilities[order[i]]};
    figures.rank = 1 + static_cast<int>(std::count_if(order.begin(), order.end(), [&](std::size_t id) {
                       return before(id, static_cast<std::size_t>(token));
                   }));
    return figures;
}

void keep_allowed(std::vector<double>& logits, std::span<const TokenId> allowed) {
    if (allowed.empty()) return;
    std::vector<double> kept(logits.size(), -std::numeric_limits<double>::infinity());
    for (const TokenId token : allowed) kept[static_cast<std::size_t>(token)] = logits[static_cast<std::size_t>(token)];
    logits = std::move(kept);
}

}  // namespace

std::vector<TokenFigures> token_figures(Decoder& decoder, std::span<const TokenId> tokens,
                                        const SampleSettings& settings) {
    std::vector<TokenFigures> all(tokens.size());
    SlidingWindow window(decoder, settings.anchors);
    const auto longest =
        static_cast<std::size_t>(settings.max_tokens > 0 ? settings.max_tokens : decoder.config().block_size);
    std::unique_ptr<Constraint> constraint = settings.constraint ? settings.constraint() : nullptr;
    std::vector<double> logits, p;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        const std::span<const double> of_model = window.step(tokens[i - 1]);
        logits.assign(of_model.begin(), of_model.end());
        if (constraint && constraint->push(tokens[i - 1]))
            keep_allowed(logits, constraint->allowed(longest > i ? longest - i : 1));
        filtered_probabilities(logits, settings.temperature, settings.filters, tokens.first(i), p);
        all[i] = figures_of(p, tokens[i]);
    }
    return all;
}

std::vector<double> next_logits(Decoder& decoder, std::span<const TokenId> prefix,
                                const std::vector<TokenId>& anchors) {
    SlidingWindow window(decoder, anchors);
    std::span<const double> logits;
    for (const TokenId token : prefix) logits = window.step(token);
    return {logits.begin(), logits.end()};
}

}  // namespace gamegpt
