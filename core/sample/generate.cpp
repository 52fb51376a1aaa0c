#include "core/sample/generate.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <string>

#include "core/base/error.h"
#include "core/base/worker_pool.h"
#include "core/engine/batch_decoder.h"
#include "core/engine/kernels.h"
#include "core/sample/sliding_window.h"

namespace gamegpt {

void SampleSettings::validate(const ModelConfig& config) const {
    const auto fail = [](const std::string& message) { throw Error(Error::Code::bad_argument, message); };
    if (!(temperature >= 0) || std::isinf(temperature))
        fail("temperature is " + std::to_string(temperature) + "; 0 (greedy) or more was expected");
    const int longest = slide ? max_sample_length : config.block_size;
    if (max_tokens < 0 || max_tokens > longest)
        fail("length is " + std::to_string(max_tokens) + "; 1 to " + std::to_string(longest) + " tokens were expected");
    filters.validate();
    const std::vector<TokenId> first = beginning();
    if (first.size() > static_cast<std::size_t>(longest))
        fail("the prompt has " + std::to_string(first.size()) + " tokens; at most " + std::to_string(longest) +
             " were expected");
    std::vector<TokenId> all = first;
    all.push_back(stop.value_or(0));
    for (const TokenId token : all)
        if (token < 0 || token >= config.vocab_size)
            fail("token ID " + std::to_string(token) + " is outside the vocabulary of " +
                 std::to_string(config.vocab_size) + " tokens");
    if (!constraint) return;
    const auto follower = constraint();
    for (std::size_t i = 0; i < first.size(); ++i)
        if (!follower->push(first[i]))
            throw Error(Error::Code::mismatch,
                        i == 0 ? "the grammar does not allow to start with token ID " + std::to_string(first[0])
                               : "the grammar does not allow token ID " + std::to_string(first[i]) + " as token " +
                                     std::to_string(i) + " of the prompt");
}

SampleSettings sample_settings_for(const Vocabulary& vocabulary) {
    SampleSettings settings;
    settings.start = vocabulary.start();
    settings.stop = vocabulary.eos();
    return settings;
}

void probabilities(std::span<const double> logits, double temperature, std::vector<double>& out) {
    out.resize(logits.size());
    const auto most = std::max_element(logits.begin(), logits.end());
    if (temperature == 0) {
        std::fill(out.begin(), out.end(), 0.0);
        out[static_cast<std::size_t>(most - logits.begin())] = 1;
        return;
    }
    // The kernel multiplies differences to the maximum, so that no temperature, however small, makes an infinity of a
    // logit.
    out.assign(logits.begin(), logits.end());
    out.resize(kernels::padded(logits.size()));
    kernels::causal_softmax(out.data(), 1, logits.size() - 1, out.size(), std::min(1 / temperature, 1e300));
    out.resize(logits.size());
}

namespace {

std::size_t length_of(const SampleSettings& settings, const ModelConfig& config) {
    return static_cast<std::size_t>(settings.max_tokens > 0 ? settings.max_tokens : config.block_size);
}

// Draws one sample's tokens, within what its constraint allows and its filters leave.
class Drawer {
   public:
    // `statistics`, if given, adds up what is drawn.
    Drawer(const SampleSettings& settings, DrawStatistics* statistics)
        : temperature_(settings.temperature), filters_(settings.filters), statistics_(statistics) {
        if (!settings.constraint) return;
        constraint_ = settings.constraint();
        for (const TokenId token : settings.beginning()) constraint_->push(token);
    }

    // The token behind `history`, when `room` more are possible; nothing if none is allowed.
    std::optional<TokenId> draw(std::span<const double> logits, std::span<const TokenId> history, std::size_t room,
                                PythonRandom& random) {
        if (!constraint_) return static_cast<TokenId>(index(logits, history, random));
        const std::span<const TokenId> allowed = constraint_->allowed(room);
        if (allowed.empty()) return {};
        of_allowed_.clear();
        for (const TokenId token : allowed) of_allowed_.push_back(logits[static_cast<std::size_t>(token)]);
        allowed_history_.clear();
        if (filters_.repetition_penalty != 1)  // as places among the allowed ones
            for (const TokenId token : history)
                if (const auto at = std::lower_bound(allowed.begin(), allowed.end(), token);
                    at != allowed.end() && *at == token)
                    allowed_history_.push_back(static_cast<TokenId>(at - allowed.begin()));
        const TokenId token = allowed[index(of_allowed_, allowed_history_, random)];
        constraint_->push(token);
        return token;
    }

   private:
    std::size_t index(std::span<const double> logits, std::span<const TokenId> history, PythonRandom& random) {
        if (statistics_ != nullptr) ++statistics_->draws;
        if (temperature_ == 0 && filters_.repetition_penalty == 1)
            return static_cast<std::size_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
        if (filters_.active()) filtered_probabilities(logits, temperature_, filters_, history, probabilities_);
        else probabilities(logits, temperature_, probabilities_);
        if (statistics_ != nullptr)
            statistics_->entropy += filters_.active() ? gamegpt::entropy(probabilities_) : entropy(logits);
        if (temperature_ == 0)
            return static_cast<std::size_t>(std::max_element(probabilities_.begin(), probabilities_.end()) -
                                            probabilities_.begin());
        return random.choices_index(probabilities_);
    }

    // -sum p log p, where log p is (logit - greatest) / temperature + log of the greatest p: one logarithm in all.
    double entropy(std::span<const double> logits) const {
        const auto top = static_cast<std::size_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
        double sum = -std::log(probabilities_[top]);
        for (std::size_t i = 0; i < logits.size(); ++i)
            if (probabilities_[i] > 0) sum += probabilities_[i] * ((logits[top] - logits[i]) / temperature_);
        return sum;
    }

    double temperature_;
    FilterSettings filters_;
    DrawStatistics* statistics_;
    std::unique_ptr<Constraint> constraint_;
    std::vector<double> probabilities_, of_allowed_;
    std::vector<TokenId> allowed_history_;
};

// Samples first, first + 1, ... into `samples`, all at once.
void generate_block(const std::shared_ptr<const DecoderWeights<float>>& weights, const SampleSettings& settings,
                    std::size_t first, std::span<std::vector<TokenId>> samples, std::span<DrawStatistics> statistics) {
    BatchDecoder<float> decoder(weights, samples.size());
    const std::vector<TokenId> beginning = settings.beginning();
    std::vector<PythonRandom> randoms;
    std::vector<Drawer> drawers;
    std::vector<std::size_t> of_row(samples.size());  // which sample a row of the decoder is
    for (std::size_t i = 0; i < samples.size(); ++i) {
        randoms.emplace_back(settings.seed + first + i);
        drawers.emplace_back(settings, statistics.empty() ? nullptr : &statistics[i]);
        of_row[i] = i;
        samples[i] = beginning;
    }
    std::vector<TokenId> tokens(samples.size());
    for (std::size_t i = 0; i + 1 < beginning.size(); ++i) {
        std::fill(tokens.begin(), tokens.end(), beginning[i]);
        decoder.step(tokens);
    }
    std::fill(tokens.begin(), tokens.end(), beginning.back());
    std::vector<std::size_t> alive;
    std::vector<double> logits;
    const std::size_t longest = length_of(settings, weights->config);
    for (std::size_t length = beginning.size(); length < longest && !of_row.empty(); ++length) {
        decoder.step(tokens);
        alive.clear();
        for (std::size_t row = 0; row < of_row.size(); ++row) {
            const std::size_t i = of_row[row];
            const auto of_decoder = decoder.logits(row);
            logits.assign(of_decoder.begin(), of_decoder.end());
            const auto token = drawers[i].draw(logits, samples[i], longest - length, randoms[i]);
            if (!token) continue;
            samples[i].push_back(*token);
            if (settings.stop != token) alive.push_back(row);
        }
        decoder.keep(alive);
        for (std::size_t row = 0; row < alive.size(); ++row) {
            of_row[row] = of_row[alive[row]];
            tokens[row] = samples[of_row[row]].back();
        }
        of_row.resize(alive.size());
        tokens.resize(alive.size());
    }
}

std::vector<TokenId> generate_one(Decoder& decoder, const SampleSettings& settings, PythonRandom& random,
                                  DrawStatistics* statistics) {
    const std::size_t longest = length_of(settings, decoder.config());
    Drawer drawer(settings, statistics);
    SlidingWindow window(decoder, settings.anchors);
    std::vector<TokenId> tokens = settings.beginning();
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) window.step(tokens[i]);
    while (tokens.size() < longest) {
        const auto token = drawer.draw(window.step(tokens.back()), tokens, longest - tokens.size(), random);
        if (!token) break;
        tokens.push_back(*token);
        if (settings.stop == token) break;
    }
    return tokens;
}

}  // namespace

std::vector<TokenId> generate(Decoder& decoder, const SampleSettings& settings, PythonRandom& random,
                              DrawStatistics* statistics) {
    settings.validate(decoder.config());
    return generate_one(decoder, settings, random, statistics);
}

std::vector<std::vector<TokenId>> generate_many(const Weights& weights, const SampleSettings& settings, int count,
                                                int threads, const std::function<bool()>& go_on,
                                                DrawStatistics* statistics) {
    constexpr std::size_t block = 16;  // samples at once: their keys and values, half a megabyte at the seed's size,
                                       // stay in the second-level cache
    settings.validate(weights.config());
    const auto shared = std::make_shared<const DecoderWeights<float>>(weights);
    std::vector<std::vector<TokenId>> samples(static_cast<std::size_t>(count));
    std::vector<DrawStatistics> of_samples(statistics != nullptr ? samples.size() : 0);
    WorkerPool pool(threads);
    const bool beyond = std::max(static_cast<std::size_t>(settings.max_tokens), settings.prompt.size()) >
                        static_cast<std::size_t>(weights.config().block_size);
    if (beyond) {
        std::atomic<std::size_t> next = 0;
        pool.run(static_cast<std::size_t>(pool.threads()), [&](std::size_t) {
            const auto decoder = make_decoder(shared);
            for (std::size_t i = next++; i < samples.size() && (!go_on || go_on()); i = next++) {
                PythonRandom random(settings.seed + i);
                samples[i] = generate_one(*decoder, settings, random, of_samples.empty() ? nullptr : &of_samples[i]);
            }
        });
    } else {
        pool.run((samples.size() + block - 1) / block, [&](std::size_t i) {
            if (go_on && !go_on()) return;
            const std::size_t first = i * block;
            const std::size_t size = std::min(block, samples.size() - first);
            generate_block(
                shared, settings, first, std::span(samples).subspan(first, size),
                of_samples.empty() ? std::span<DrawStatistics>() : std::span(of_samples).subspan(first, size));
        });
    }
    for (const DrawStatistics& one : of_samples) {  // in order, so that the sum is the same on any number of threads
        statistics->draws += one.draws;
        statistics->entropy += one.entropy;
    }
    return samples;
}

void generate(Decoder& decoder, const SampleSettings& settings, int count,
              const std::function<bool(int index, std::vector<TokenId> tokens)>& each) {
    settings.validate(decoder.config());
    PythonRandom random(settings.seed);
    for (int i = 0; i < count; ++i) {
        if (settings.draws == DrawOrder::per_sample)
            random = PythonRandom(settings.seed + static_cast<std::uint64_t>(i));
        if (!each(i, generate_one(decoder, settings, random, nullptr))) return;
    }
}

}  // namespace gamegpt
