#include "core/sample/token_figures.h"

#include <algorithm>
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

}  // namespace

std::vector<TokenFigures> token_figures(Decoder& decoder, std::span<const TokenId> tokens,
                                        const SampleSettings& settings) {
    std::vector<TokenFigures> all(tokens.size());
    SlidingWindow window(decoder, settings.anchors);
    std::vector<double> p;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        filtered_probabilities(window.step(tokens[i - 1]), settings.temperature, settings.filters, tokens.first(i), p);
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
