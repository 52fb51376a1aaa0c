#pragma once

#include <functional>
#include <vector>

#include "core/model/weights.h"
#include "core/play/grammar.h"
#include "core/sample/generate.h"

namespace gamegpt::play {

// How many of how many, with the 95 % interval of Wilson's score (E. B. Wilson 1927): sensible at 0, at 1 and for few.
struct Rate {
    std::size_t count = 0;
    std::size_t of = 0;

    double share() const { return of == 0 ? 0 : static_cast<double>(count) / static_cast<double>(of); }
    double lower() const;
    double upper() const;
};

struct JudgedSamples {
    std::vector<std::vector<TokenId>> sequences;
    std::vector<Verdict> verdicts;  // one a sequence
    std::vector<Rate> rates;        // one a tier of the grammar
    double mean_entropy = 0;        // nats, of the distributions that tokens were drawn from, mean over all draws
    double mean_length = 0;         // tokens
};

// From now on draws only what the grammar allows; it is kept alive by the settings.
void constrain(SampleSettings& settings, const std::shared_ptr<const Grammar>& grammar);
// From now on draws up to `max_tokens`, beyond the context, taking up at the grammar's anchors.
void go_beyond(SampleSettings& settings, const Grammar& grammar, int max_tokens);

// Judges sequences that are there already (mean_entropy 0).
JudgedSamples judge(const Grammar& grammar, std::vector<std::vector<TokenId>> sequences);

// Draws `count` samples (DrawOrder::per_sample, float) on `threads` and judges them. What the grammar knows about
// drawing is in the settings: constrain() and go_beyond() put it there. `go_on` as in generate_many(): when it says no,
// only the samples made so far are in the result.
JudgedSamples draw_and_judge(const Weights& weights, const Grammar& grammar, const SampleSettings& settings, int count,
                             int threads, const std::function<bool()>& go_on = {});

// The same at each of these temperatures, with the same draws. `each` gets a result as soon as it is there and returns
// false to stop.
void sweep(const Weights& weights, const Grammar& grammar, SampleSettings settings,
           std::span<const double> temperatures, int count, int threads,
           const std::function<bool(double temperature, JudgedSamples result)>& each,
           const std::function<bool()>& go_on = {});

// 0.1, 0.2, ... 2.0.
std::vector<double> sweep_temperatures();

}  // namespace gamegpt::play
