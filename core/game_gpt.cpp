#include "core/game_gpt.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/text_file.h"
#include "core/formats/weights_text.h"
#include "core/sample/generate.h"

namespace gamegpt {

GameGpt::GameGpt(int vocab_size, int n_layer, int n_embd, int block_size, int n_head, std::uint64_t seed)
    : GameGpt(ModelConfig{vocab_size, n_layer, n_embd, block_size, n_head, seed, ModelConfig{}.init_std}) {}

GameGpt::GameGpt(const ModelConfig& config) : weights_(Weights::initial(config)), adam_(weights_.values().size()) {}

std::vector<double> GameGpt::forward(TokenId token_id, int pos_id, Cache& keys, Cache& values) const {
    const auto layers = static_cast<std::size_t>(config().n_layer);
    if (token_id < 0 || token_id >= config().vocab_size)
        throw Error(Error::Code::bad_argument, "token ID " + std::to_string(token_id) +
                                                   " is outside the vocabulary of " +
                                                   std::to_string(config().vocab_size) + " tokens");
    if (pos_id < 0 || pos_id >= config().block_size)
        throw Error(Error::Code::bad_argument, "position " + std::to_string(pos_id) + " is not one of the " +
                                                   std::to_string(config().block_size) + " that the model knows");
    if (keys.size() != layers || values.size() != layers)
        throw Error(Error::Code::bad_argument, "keys and values need one cache for each of the " +
                                                   std::to_string(layers) + " layers: see make_cache()");
    return reference_forward<double>(config(), weights_.layout(), weights_.values(), token_id, pos_id, keys, values);
}

double GameGpt::train_step(std::span<const TokenId> tokens, double lr, double beta1, double beta2, double eps,
                           EngineKind engine) {
    if (tokens.size() < 2) return 0;
    if (engine == EngineKind::fast32)
        throw Error(Error::Code::bad_argument, "GameGpt computes in double: engine fast64 or reference was expected");
    const Window window = tokens.first(std::min(tokens.size(), static_cast<std::size_t>(config().block_size) + 1));
    std::vector<double> gradients(weights_.values().size());
    const double loss = make_engine<double>(engine, config())
                            ->loss_and_gradients(std::as_const(weights_).values(), std::span(&window, 1), gradients);
    const auto step = static_cast<double>(adam_.step_count + 1);
    adam_.update(weights_.values(), gradients, lr * (1 - step / std::max(step + 1, 5000.0)), beta1, beta2, eps);
    return loss;
}

std::vector<TokenId> GameGpt::sample(TokenId bos_id, TokenId eos_id, PythonRandom& random, double temperature,
                                     int max_len) const {
    SampleSettings settings;
    settings.start = bos_id;
    settings.stop = eos_id;
    settings.temperature = temperature;
    settings.max_tokens = max_len;
    return generate(*make_decoder(EngineKind::fast64, weights_), settings, random);
}

void GameGpt::save_weights(const std::string& path) const { save_weights_text(weights_, path); }

void GameGpt::load_weights(const std::string& path) { weights_ = parse_weights_text(read_file(path), path, config()); }

}  // namespace gamegpt
