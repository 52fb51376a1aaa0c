#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "core/corpus/vocabulary.h"
#include "core/model/config.h"

namespace gamegpt {

// n + 1 tokens that give n predictions: token t + 1 from tokens 0..t, positions from 0. 1 <= n <= block_size.
using Window = std::span<const TokenId>;

enum class EngineKind {
    fast32,     // hand-derived gradients, float
    fast64,     // the same in double
    reference,  // the whole graph from Value, double: slow and obviously right
};
// "float", "double", "reference".
std::string_view name_of(EngineKind kind);

// Weights and a batch in, loss and gradients out. Owns only scratch memory; one thread at a time.
// Real is float or double; the reference engine exists in double only.
template <class Real>
class Engine {
   public:
    virtual ~Engine() = default;

    // Mean over the windows of each window's mean cross-entropy, in nats. `gradients` (same layout and size as
    // `parameters`) is overwritten. Throws Error (bad_argument) for a window that is too short, too long or has a token
    // outside the vocabulary.
    virtual double loss_and_gradients(std::span<const Real> parameters, std::span<const Window> windows,
                                      std::span<Real> gradients) = 0;

    // The loss alone. With `nll` not empty its values are set to the cross-entropies of all predictions, window after
    // window.
    virtual double loss(std::span<const Real> parameters, std::span<const Window> windows,
                        std::span<double> nll = {}) = 0;
};

// Throws Error (bad_argument) for an invalid config, and for the reference engine in float. `threads` share the windows
// of a batch in the fast engine; the result is the same to the bit for any number of them.
template <class Real>
std::unique_ptr<Engine<Real>> make_engine(EngineKind kind, const ModelConfig& config, int threads = 1);

// Memory in bytes that an engine takes for a batch of this many full windows, parameters and gradients not counted.
std::size_t engine_bytes(EngineKind kind, const ModelConfig& config, std::size_t batch);

// Throws Error (bad_argument) unless every window has 2 to block_size + 1 tokens, all in the vocabulary.
void check_windows(const ModelConfig& config, std::span<const Window> windows);

}  // namespace gamegpt
