#include "core/inspect/logit_lens.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/engine/reference_forward.h"

namespace gamegpt {

namespace {

std::vector<LensCandidate> best_of(const std::vector<double>& probabilities, std::size_t count) {
    std::vector<LensCandidate> all;
    all.reserve(probabilities.size());
    for (std::size_t i = 0; i < probabilities.size(); ++i) all.push_back({static_cast<TokenId>(i), probabilities[i]});
    count = std::min(count, all.size());
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count), all.end(),
                      [](const LensCandidate& a, const LensCandidate& b) {
                          return a.probability != b.probability ? a.probability > b.probability : a.token < b.token;
                      });
    all.resize(count);
    return all;
}

// ln(sum exp(logits)) - logits[token], the maximum subtracted first.
double nll_of(const std::vector<double>& logits, TokenId token) {
    const double most = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (const double logit : logits) sum += std::exp(logit - most);
    return std::log(sum) + most - logits[static_cast<std::size_t>(token)];
}

}  // namespace

std::vector<double> lens_logits(const Weights& weights, std::span<const double> residual) {
    return linear<double>(weights.values(), weights.layout().entries()[2],
                          std::vector<double>(residual.begin(), residual.end()));
}

LogitLens logit_lens(const Weights& weights, std::span<const TokenId> tokens, std::size_t count) {
    const Trace traced = trace(weights, tokens);
    LogitLens result;
    result.tokens = traced.tokens;
    const std::size_t depths = traced.attention.size() + 1;
    result.best.resize(depths);
    result.nll.resize(depths);
    for (std::size_t depth = 0; depth < depths; ++depth)
        for (std::size_t t = 0; t < tokens.size(); ++t) {
            const std::vector<double> logits = lens_logits(weights, traced.residual[2 * depth][t]);
            if (count > 0) result.best[depth].push_back(best_of(softmax(logits), count));
            if (t + 1 < tokens.size()) result.nll[depth].push_back(nll_of(logits, tokens[t + 1]));
        }
    return result;
}

LensAverages lens_averages(const Weights& weights, const Vocabulary& vocabulary,
                           const std::vector<std::vector<TokenId>>& sequences, const std::function<bool()>& go_on) {
    const auto depths = static_cast<std::size_t>(weights.config().n_layer) + 1;
    LensAverages result;
    result.by_position.resize(depths);
    result.by_category.resize(depths, {});
    result.all.resize(depths);
    for (const std::vector<TokenId>& sequence : sequences) {
        if (go_on && !go_on()) break;
        const LogitLens lens = logit_lens(weights, sequence, 0);
        const std::size_t positions = sequence.size() - 1;
        if (result.at_position.size() < positions) result.at_position.resize(positions);
        for (std::size_t t = 0; t < positions; ++t) {
            ++result.at_position[t];
            ++result.of_category[static_cast<std::size_t>(category(vocabulary, sequence[t + 1]))];
        }
        for (std::size_t depth = 0; depth < depths; ++depth) {
            result.by_position[depth].resize(result.at_position.size());
            for (std::size_t t = 0; t < positions; ++t) {
                result.by_position[depth][t] += lens.nll[depth][t];
                result.by_category[depth][static_cast<std::size_t>(category(vocabulary, sequence[t + 1]))] +=
                    lens.nll[depth][t];
                result.all[depth] += lens.nll[depth][t];
            }
        }
        ++result.sequences;
    }
    const std::size_t total = std::accumulate(result.at_position.begin(), result.at_position.end(), std::size_t{0});
    const auto divide = [](double& sum, std::size_t by) {
        if (by > 0) sum /= static_cast<double>(by);
    };
    for (std::size_t depth = 0; depth < depths; ++depth) {
        for (std::size_t t = 0; t < result.at_position.size(); ++t)
            divide(result.by_position[depth][t], result.at_position[t]);
        for (std::size_t k = 0; k < token_categories; ++k) divide(result.by_category[depth][k], result.of_category[k]);
        divide(result.all[depth], total);
    }
    return result;
}

}  // namespace gamegpt
