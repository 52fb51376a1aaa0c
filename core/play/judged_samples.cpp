#include "core/play/judged_samples.h"

#include <algorithm>
#include <cmath>

namespace gamegpt::play {

namespace {

constexpr double z = 1.959963984540054;  // 95 % of a normal distribution lie within as many standard deviations

// Wilson's interval: centre and half of its width.
struct Interval {
    double centre, half;
};

Interval wilson(const Rate& rate) {
    const auto n = static_cast<double>(rate.of);
    const double p = rate.share();
    const double scale = 1 / (1 + z * z / n);
    return {scale * (p + z * z / (2 * n)), scale * z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n))};
}

}  // namespace

double Rate::lower() const {
    if (of == 0 || count == 0) return 0;
    const Interval interval = wilson(*this);
    return std::max(0.0, interval.centre - interval.half);
}

double Rate::upper() const {
    if (of == 0 || count == of) return 1;
    const Interval interval = wilson(*this);
    return std::min(1.0, interval.centre + interval.half);
}

void constrain(SampleSettings& settings, const std::shared_ptr<const Grammar>& grammar) {
    settings.constraint = [grammar] { return grammar->constraint(); };
}

void go_beyond(SampleSettings& settings, const Grammar& grammar, int max_tokens) {
    settings.slide = true;
    settings.anchors = grammar.anchors();
    settings.max_tokens = max_tokens;
}

JudgedSamples judge(const Grammar& grammar, std::vector<std::vector<TokenId>> sequences) {
    JudgedSamples result;
    result.rates.assign(grammar.tiers().size(), Rate{0, sequences.size()});
    std::size_t tokens = 0;
    for (const auto& sequence : sequences) {
        tokens += sequence.size();
        result.verdicts.push_back(grammar.judge(sequence));
        for (std::size_t tier = 0; tier < result.rates.size(); ++tier)
            result.rates[tier].count += result.verdicts.back().passed[tier] ? 1 : 0;
    }
    if (!sequences.empty()) result.mean_length = static_cast<double>(tokens) / static_cast<double>(sequences.size());
    result.sequences = std::move(sequences);
    return result;
}

JudgedSamples draw_and_judge(const Weights& weights, const Grammar& grammar, const SampleSettings& settings, int count,
                             int threads, const std::function<bool()>& go_on) {
    DrawStatistics statistics;
    auto samples = generate_many(weights, settings, count, threads, go_on, &statistics);
    std::erase_if(samples, [](const auto& sample) { return sample.empty(); });  // not made any more
    JudgedSamples result = judge(grammar, std::move(samples));
    result.mean_entropy = statistics.mean_entropy();
    return result;
}

void sweep(const Weights& weights, const Grammar& grammar, SampleSettings settings,
           std::span<const double> temperatures, int count, int threads,
           const std::function<bool(double temperature, JudgedSamples result)>& each,
           const std::function<bool()>& go_on) {
    for (const double temperature : temperatures) {
        settings.temperature = temperature;
        JudgedSamples result = draw_and_judge(weights, grammar, settings, count, threads, go_on);
        if (go_on && !go_on()) return;
        if (!each(temperature, std::move(result))) return;
    }
}

std::vector<double> sweep_temperatures() {
    std::vector<double> temperatures;
    for (int tenths = 1; tenths <= 20; ++tenths) temperatures.push_back(tenths / 10.0);
    return temperatures;
}

}  // namespace gamegpt::play
