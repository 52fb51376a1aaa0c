#include "core/sample/filters.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "core/base/error.h"
#include "core/sample/generate.h"

namespace gamegpt {

void FilterSettings::validate() const {
    const auto fail = [](const std::string& field, const std::string& value, const std::string& expected) {
        throw Error(Error::Code::bad_argument, field + " is " + value + "; " + expected + " was expected");
    };
    if (!(repetition_penalty > 0) || std::isinf(repetition_penalty))
        fail("the repetition penalty", std::to_string(repetition_penalty), "a number over 0 (1 is off)");
    if (top_k < 0) fail("top-k", std::to_string(top_k), "0 (off) or more");
    if (!(top_p >= 0 && top_p <= 1)) fail("top-p", std::to_string(top_p), "0 to 1 (off)");
    if (!(min_p >= 0 && min_p <= 1)) fail("min-p", std::to_string(min_p), "0 (off) to 1");
}

std::string_view name_of(FilterStage stage) {
    switch (stage) {
        case FilterStage::base: return "base";
        case FilterStage::repetition_penalty: return "repetition penalty";
        case FilterStage::temperature: return "temperature";
        case FilterStage::top_k: return "top-k";
        case FilterStage::top_p: return "top-p";
        case FilterStage::min_p: return "min-p";
    }
    return "";
}

namespace {

using Probabilities = std::vector<double>;

std::vector<double> penalised(std::span<const double> logits, double penalty, std::span<const TokenId> history) {
    std::vector<double> result(logits.begin(), logits.end());
    if (penalty == 1) return result;
    std::vector<bool> occurred(logits.size(), false);
    for (const TokenId token : history) occurred.at(static_cast<std::size_t>(token)) = true;
    for (std::size_t i = 0; i < result.size(); ++i)
        if (occurred[i]) result[i] = result[i] > 0 ? result[i] / penalty : result[i] * penalty;
    return result;
}

// IDs from the most probable down, the smaller first among equals.
std::vector<std::size_t> by_rank(const Probabilities& probabilities) {
    std::vector<std::size_t> order(probabilities.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return probabilities[a] > probabilities[b]; });
    return order;
}

// Keeps the first `count` of `order` and makes them sum to 1.
void keep_first(Probabilities& probabilities, const std::vector<std::size_t>& order, std::size_t count) {
    for (std::size_t i = count; i < order.size(); ++i) probabilities[order[i]] = 0;
    const double sum = std::accumulate(probabilities.begin(), probabilities.end(), 0.0);
    for (double& p : probabilities) p /= sum;
}

void keep_top_k(Probabilities& probabilities, int k) {
    if (k == 0 || static_cast<std::size_t>(k) >= probabilities.size()) return;
    keep_first(probabilities, by_rank(probabilities), static_cast<std::size_t>(k));
}

void keep_top_p(Probabilities& probabilities, double p) {
    if (p >= 1) return;
    const std::vector<std::size_t> order = by_rank(probabilities);
    std::size_t count = 0;
    for (double sum = 0; count < order.size() && (count == 0 || sum < p); ++count) sum += probabilities[order[count]];
    keep_first(probabilities, order, count);
}

void keep_min_p(Probabilities& probabilities, double min_p) {
    if (min_p <= 0) return;
    const std::vector<std::size_t> order = by_rank(probabilities);
    const double least = min_p * probabilities[order[0]];
    std::size_t count = 1;
    while (count < order.size() && probabilities[order[count]] >= least) ++count;
    keep_first(probabilities, order, count);
}

// Calls `seen` with the distribution after each stage.
template <class Seen>
void run_stages(std::span<const double> logits, double temperature, const FilterSettings& filters,
                std::span<const TokenId> history, Probabilities& p, Seen seen) {
    const std::vector<double> after_penalty = penalised(logits, filters.repetition_penalty, history);
    if (seen.wants_early) {
        probabilities(logits, 1, p);
        seen(p);
        probabilities(after_penalty, 1, p);
        seen(p);
    }
    probabilities(after_penalty, temperature, p);
    seen(p);
    keep_top_k(p, filters.top_k);
    seen(p);
    keep_top_p(p, filters.top_p);
    seen(p);
    keep_min_p(p, filters.min_p);
    seen(p);
}

struct Nobody {
    static constexpr bool wants_early = false;
    void operator()(const Probabilities&) const {}
};

struct Collector {
    static constexpr bool wants_early = true;
    std::vector<Probabilities>& steps;
    void operator()(const Probabilities& p) const { steps.push_back(p); }
};

}  // namespace

void filtered_probabilities(std::span<const double> logits, double temperature, const FilterSettings& filters,
                            std::span<const TokenId> history, std::vector<double>& out) {
    run_stages(logits, temperature, filters, history, out, Nobody{});
}

std::vector<std::vector<double>> filter_steps(std::span<const double> logits, double temperature,
                                              const FilterSettings& filters, std::span<const TokenId> history) {
    std::vector<Probabilities> steps;
    Probabilities p;
    run_stages(logits, temperature, filters, history, p, Collector{steps});
    return steps;
}

double entropy(std::span<const double> probabilities) {
    double sum = 0;
    for (const double p : probabilities)
        if (p > 0) sum -= p * std::log(p);
    return sum;
}

double effective_vocabulary(std::span<const double> probabilities) { return std::exp(entropy(probabilities)); }

}  // namespace gamegpt
