#include "core/engine/engine.h"

#include <string>

#include "core/base/error.h"
#include "core/engine/fast_engine.h"
#include "core/engine/reference_engine.h"

namespace gamegpt {

std::string_view name_of(EngineKind kind) {
    switch (kind) {
        case EngineKind::fast32: return "float";
        case EngineKind::fast64: return "double";
        case EngineKind::reference: return "reference";
    }
    return "";
}

void check_windows(const ModelConfig& config, std::span<const Window> windows) {
    if (windows.empty()) throw Error(Error::Code::bad_argument, "a batch needs at least one window");
    const auto most = static_cast<std::size_t>(config.block_size) + 1;
    for (const Window window : windows) {
        if (window.size() < 2 || window.size() > most)
            throw Error(Error::Code::bad_argument, "a window has " + std::to_string(window.size()) + " tokens; 2 to " +
                                                       std::to_string(most) + " were expected");
        for (std::size_t t = 0; t < window.size(); ++t)
            if (window[t] < 0 || window[t] >= config.vocab_size)
                throw Error(Error::Code::bad_argument,
                            "token ID " + std::to_string(window[t]) + " is outside the vocabulary of " +
                                std::to_string(config.vocab_size) + " tokens",
                            {"", {}, t});
    }
}

template <>
std::unique_ptr<Engine<float>> make_engine(EngineKind kind, const ModelConfig& config, int threads) {
    if (kind == EngineKind::reference)
        throw Error(Error::Code::bad_argument, "the reference engine computes in double only");
    return std::make_unique<FastEngine<float>>(config, threads);
}

template <>
std::unique_ptr<Engine<double>> make_engine(EngineKind kind, const ModelConfig& config, int threads) {
    if (kind == EngineKind::reference) return std::make_unique<ReferenceEngine>(config);
    return std::make_unique<FastEngine<double>>(config, threads);
}

std::size_t engine_bytes(EngineKind kind, const ModelConfig& config, std::size_t batch) {
    switch (kind) {
        case EngineKind::fast32: return FastEngine<float>::bytes(config, batch);
        case EngineKind::fast64: return FastEngine<double>::bytes(config, batch);
        case EngineKind::reference: break;
    }
    return ReferenceEngine::bytes(config, batch);
}

}  // namespace gamegpt
