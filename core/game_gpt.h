#pragma once

#include <string>
#include <vector>

#include "core/base/python_random.h"
#include "core/corpus/vocabulary.h"
#include "core/engine/engine.h"
#include "core/engine/reference_forward.h"
#include "core/model/weights.h"
#include "core/train/adam.h"

namespace gamegpt {

// The original system's interface in one class, in double precision, for use as a library. Copyable; one thread at a
// time.
class GameGpt {
   public:
    // Throws Error (bad_argument), for example when n_embd is not divisible by n_head.
    explicit GameGpt(int vocab_size = 74, int n_layer = 2, int n_embd = 32, int block_size = 64, int n_head = 4,
                     std::uint64_t seed = 42);
    explicit GameGpt(const ModelConfig& config);

    const ModelConfig& config() const { return weights_.config(); }

    // (rows, cols) of the matrix of this name ("wte", "layer0.attn_wq", ...), row by row; writing changes the model.
    std::span<double> state_dict(std::string_view name) { return weights_.view(name); }
    // Names and shapes in order.
    const std::vector<ParameterEntry>& state_dict_entries() const { return weights_.layout().entries(); }

    std::span<double> params() { return weights_.values(); }  // all matrices in order
    std::span<const double> m() const { return adam_.m; }     // Adam's moments, in the order of params()
    std::span<const double> v() const { return adam_.v; }
    std::int64_t step_count() const { return adam_.step_count; }

    // What forward() has seen: [layer][position][n_embd]. Start with one empty cache per layer: make_cache().
    using Cache = std::vector<LayerCache<double>>;
    Cache make_cache() const { return Cache(static_cast<std::size_t>(config().n_layer)); }

    // One token at a position; appends to both caches and returns the logits (vocab_size) of the next token. Throws
    // Error (bad_argument) for a token or position out of range, or caches of another number of layers.
    std::vector<double> forward(TokenId token_id, int pos_id, Cache& keys, Cache& values) const;

    // One step of training on min(block_size, tokens.size() - 1) predictions; returns their mean cross-entropy, or 0
    // and changes nothing when there is nothing to predict. `engine` is fast64 or reference.
    double train_step(std::span<const TokenId> tokens, double lr = 0.01, double beta1 = 0.85, double beta2 = 0.99,
                      double eps = 1e-8, EngineKind engine = EngineKind::fast64);

    // Draws a sequence from BOS until EOS (kept) or max_len tokens; 0 means block_size. Greedy at temperature 0.
    std::vector<TokenId> sample(TokenId bos_id, TokenId eos_id, PythonRandom& random, double temperature = 0.5,
                                int max_len = 0) const;

    // The original's text format. load_weights throws Error with file, line and what was expected, and leaves the model
    // as it was.
    void save_weights(const std::string& path) const;
    void load_weights(const std::string& path);

   private:
    Weights weights_;
    Adam<double> adam_;
};

}  // namespace gamegpt
