#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/base/python_random.h"
#include "core/engine/decoder.h"
#include "core/sample/constraint.h"
#include "core/sample/filters.h"

namespace gamegpt {

// Which generator a sample draws from.
enum class DrawOrder {
    in_turn,     // all samples from one generator, one after the other, as the original does
    per_sample,  // sample i from its own generator seeded with seed + i: samples do not disturb each other
};

inline constexpr int max_sample_length = 1'000'000;  // tokens

struct SampleSettings {
    double temperature = 0.5;  // 0 is greedy: the most probable token, the first of equals
    int max_tokens = 0;        // start included; 0 means block_size
    TokenId start = 0;
    std::vector<TokenId> prompt = {};  // what a sample begins with instead of `start`, if not empty
    std::optional<TokenId> stop;       // kept as the last token
    FilterSettings filters = {};
    std::uint64_t seed = 42;
    DrawOrder draws = DrawOrder::in_turn;
    // Goes on beyond block_size: see SlidingWindow for how, and for the anchors, best first.
    bool slide = false;
    std::vector<TokenId> anchors = {};
    // What narrows the samples, if anything: the filters see only the allowed tokens. A sample ends when nothing is
    // allowed.
    ConstraintFactory constraint = {};

    // The tokens that a sample begins with: the prompt, or `start` alone.
    std::vector<TokenId> beginning() const { return prompt.empty() ? std::vector<TokenId>{start} : prompt; }

    // Throws Error (bad_argument): temperature below 0 or not a number, a filter out of its range, a token outside the
    // vocabulary, more tokens or a longer prompt than block_size without slide, or than max_sample_length with it;
    // (mismatch) a beginning that the constraint refuses.
    void validate(const ModelConfig& config) const;
};

// Settings that fit a vocabulary: starts with its start(), stops at its EOS.
SampleSettings sample_settings_for(const Vocabulary& vocabulary);

// softmax(logits / temperature), the maximum subtracted first; one 1 and zeros at temperature 0.
void probabilities(std::span<const double> logits, double temperature, std::vector<double>& out);

// Of the distributions that tokens were drawn from.
struct DrawStatistics {
    std::size_t draws = 0;
    double entropy = 0;  // nats, the sum

    double mean_entropy() const { return draws == 0 ? 0 : entropy / static_cast<double>(draws); }
};

// One sample, start token included. A token costs one draw of `random`, none at temperature 0.
std::vector<TokenId> generate(Decoder& decoder, const SampleSettings& settings, PythonRandom& random,
                              DrawStatistics* statistics = nullptr);

// `count` samples. `each` receives them in order as they are made and returns false to stop early.
void generate(Decoder& decoder, const SampleSettings& settings, int count,
              const std::function<bool(int index, std::vector<TokenId> tokens)>& each);

// The same samples as generate() with DrawOrder::per_sample on a float decoder, many at once through one pass of the
// weights and shared out over `threads`. `go_on` is asked now and then, from any of the threads; when it says no the
// samples made so far come back, the others empty. Samples longer than block_size are drawn one by one on each thread.
std::vector<std::vector<TokenId>> generate_many(const Weights& weights, const SampleSettings& settings, int count,
                                                int threads, const std::function<bool()>& go_on = {},
                                                DrawStatistics* statistics = nullptr);

}  // namespace gamegpt
