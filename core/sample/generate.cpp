#include "core/sample/generate.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/error.h"
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
    // The kernel multiplies differences to the maximum, so that no temperature, however small, makes an infinity of a logit.
    out.assign(logits.begin(), logits.end());
    out.resize(kernels::padded(logits.size()));
    kernels::causal_softmax(out.data(), 1, logits.size() - 1, out.size(), std::min(1 / temperature, 1e300));
    out.resize(logits.size());
}

std::vector<TokenId> generate(Decoder& decoder, const SampleSettings& settings, PythonRandom& random) {
    settings.validate(decoder.config());
    const auto length = static_cast<std::size_t>(settings.max_tokens > 0 ? settings.max_tokens : decoder.config().block_size);
    std::vector<TokenId> tokens{settings.start};
    std::vector<double> p;
    decoder.reset();
    while (tokens.size() < length) {
        const std::span<const double> logits = decoder.step(tokens.back());
        if (settings.temperature == 0) {
            tokens.push_back(static_cast<TokenId>(std::max_element(logits.begin(), logits.end()) - logits.begin()));
        } else {
            probabilities(logits, settings.temperature, p);
            tokens.push_back(static_cast<TokenId>(random.choices_index(p)));
        }
        if (settings.stop && tokens.back() == *settings.stop) break;
    }
    return tokens;
}

void generate(Decoder& decoder, const SampleSettings& settings, int count,
              const std::function<bool(int index, std::vector<TokenId> tokens)>& each) {
    PythonRandom random(settings.seed);
    for (int i = 0; i < count; ++i) {
        if (settings.draws == DrawOrder::per_sample) random = PythonRandom(settings.seed + static_cast<std::uint64_t>(i));
        if (!each(i, generate(decoder, settings, random))) return;
    }
}

}  // namespace gamegpt
