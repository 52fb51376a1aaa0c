#include "core/sample/generate.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/error.h"
#include "core/base/worker_pool.h"
#include "core/engine/batch_decoder.h"
#include "core/engine/kernels.h"

namespace gamegpt {

void SampleSettings::validate(const ModelConfig& config) const {
    const auto fail = [](const std::string& message) { throw Error(Error::Code::bad_argument, message); };
    if (!(temperature >= 0) || std::isinf(temperature))
        fail("temperature is " + std::to_string(temperature) + "; 0 (greedy) or more was expected");
    if (max_tokens < 0 || max_tokens > config.block_size)
        fail("length is " + std::to_string(max_tokens) + "; 1 to " + std::to_string(config.block_size) +
             " tokens were expected");
    for (const TokenId token : {start, stop.value_or(0)})
        if (token < 0 || token >= config.vocab_size)
            fail("token ID " + std::to_string(token) + " is outside the vocabulary of " +
                 std::to_string(config.vocab_size) + " tokens");
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

// The next token; `scratch` is for the probabilities.
TokenId draw(std::span<const double> logits, double temperature, PythonRandom& random, std::vector<double>& scratch) {
    if (temperature == 0) return static_cast<TokenId>(std::max_element(logits.begin(), logits.end()) - logits.begin());
    probabilities(logits, temperature, scratch);
    return static_cast<TokenId>(random.choices_index(scratch));
}

// Samples first, first + 1, ... into `samples`, all at once.
void generate_block(const std::shared_ptr<const DecoderWeights<float>>& weights, const SampleSettings& settings,
                    std::size_t first, std::span<std::vector<TokenId>> samples) {
    BatchDecoder<float> decoder(weights, samples.size());
    std::vector<PythonRandom> randoms;
    std::vector<std::size_t> of_row(samples.size());  // which sample a row of the decoder is
    for (std::size_t i = 0; i < samples.size(); ++i) {
        randoms.emplace_back(settings.seed + first + i);
        of_row[i] = i;
        samples[i].assign(1, settings.start);
    }
    std::vector<TokenId> tokens(samples.size(), settings.start);
    std::vector<std::size_t> alive;
    std::vector<double> logits, scratch;
    for (std::size_t length = 1; length < length_of(settings, weights->config) && !of_row.empty(); ++length) {
        decoder.step(tokens);
        alive.clear();
        for (std::size_t row = 0; row < of_row.size(); ++row) {
            const std::size_t i = of_row[row];
            const auto of_decoder = decoder.logits(row);
            logits.assign(of_decoder.begin(), of_decoder.end());
            samples[i].push_back(draw(logits, settings.temperature, randoms[i], scratch));
            if (settings.stop != samples[i].back()) alive.push_back(row);
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

}  // namespace

std::vector<TokenId> generate(Decoder& decoder, const SampleSettings& settings, PythonRandom& random) {
    settings.validate(decoder.config());
    std::vector<TokenId> tokens{settings.start};
    std::vector<double> scratch;
    decoder.reset();
    while (tokens.size() < length_of(settings, decoder.config())) {
        tokens.push_back(draw(decoder.step(tokens.back()), settings.temperature, random, scratch));
        if (settings.stop && tokens.back() == *settings.stop) break;
    }
    return tokens;
}

std::vector<std::vector<TokenId>> generate_many(const Weights& weights, const SampleSettings& settings, int count,
                                                int threads, const std::function<bool()>& go_on) {
    constexpr std::size_t block = 16;  // samples at once: their keys and values, half a megabyte at the seed's size,
                                       // stay in the second-level cache
    settings.validate(weights.config());
    const auto shared = std::make_shared<const DecoderWeights<float>>(weights);
    std::vector<std::vector<TokenId>> samples(static_cast<std::size_t>(count));
    WorkerPool pool(threads);
    pool.run((samples.size() + block - 1) / block, [&](std::size_t i) {
        if (go_on && !go_on()) return;
        const std::size_t first = i * block;
        generate_block(shared, settings, first,
                       std::span(samples).subspan(first, std::min(block, samples.size() - first)));
    });
    return samples;
}

void generate(Decoder& decoder, const SampleSettings& settings, int count,
              const std::function<bool(int index, std::vector<TokenId> tokens)>& each) {
    PythonRandom random(settings.seed);
    for (int i = 0; i < count; ++i) {
        if (settings.draws == DrawOrder::per_sample)
            random = PythonRandom(settings.seed + static_cast<std::uint64_t>(i));
        if (!each(i, generate(decoder, settings, random))) return;
    }
}

}  // namespace gamegpt
