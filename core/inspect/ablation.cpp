#include "core/inspect/ablation.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "core/base/error.h"
#include "core/engine/decoder.h"
#include "core/engine/engine.h"
#include "core/engine/reference_forward.h"

namespace gamegpt {

namespace {

constexpr std::size_t windows_at_once = 16;

void check(const ModelConfig& config, int layer, int head) {
    if (layer >= 0 && layer < config.n_layer && head >= 0 && head < config.n_head) return;
    throw Error(Error::Code::bad_argument,
                "there is no head " + std::to_string(layer + 1) + "." + std::to_string(head + 1) + " in a model of " +
                    std::to_string(config.n_layer) + " layers with " + std::to_string(config.n_head) + " heads each");
}

}  // namespace

Weights ablated(const Weights& weights, const Ablation& ablation) {
    const ModelConfig& config = weights.config();
    Weights result = weights;
    const auto c = static_cast<std::size_t>(config.n_embd);
    const auto hd = static_cast<std::size_t>(config.head_dim());
    const auto place = [&](int layer) { return result.layout().layer(static_cast<std::size_t>(layer)); };
    for (const auto& [layer, head] : ablation.heads) {
        check(config, layer, head);
        for (std::size_t row = 0; row < c; ++row)
            std::ranges::fill(
                result.values().subspan(place(layer).attn_wo + row * c + static_cast<std::size_t>(head) * hd, hd), 0);
    }
    for (const int layer : ablation.attention) {
        check(config, layer, 0);
        std::ranges::fill(result.values().subspan(place(layer).attn_wo, c * c), 0);
    }
    for (const int layer : ablation.mlp) {
        check(config, layer, 0);
        std::ranges::fill(result.values().subspan(place(layer).mlp_fc2, 4 * c * c), 0);
    }
    return result;
}

Predictions predictions(const Weights& weights, const std::vector<std::vector<TokenId>>& sequences,
                        std::span<const TokenId> prefix) {
    Predictions result;
    const auto engine = make_engine<double>(EngineKind::fast64, weights.config());
    std::vector<double> nll;
    for (std::size_t first = 0; first < sequences.size(); first += windows_at_once) {
        const auto some = std::span(sequences).subspan(first, std::min(windows_at_once, sequences.size() - first));
        const std::vector<Window> windows(some.begin(), some.end());
        check_windows(weights.config(), windows);
        nll.assign(std::transform_reduce(windows.begin(), windows.end(), std::size_t{0}, std::plus<>(),
                                         [](Window window) { return window.size() - 1; }),
                   0);
        engine->loss(weights.values(), windows, nll);
        result.loss = std::accumulate(nll.begin(), nll.end(), result.loss);
        result.tokens += nll.size();
    }
    if (result.tokens > 0) result.loss /= static_cast<double>(result.tokens);
    if (prefix.empty()) return result;
    const auto decoder = make_decoder(EngineKind::fast64, weights);
    std::vector<double> logits;
    for (const TokenId token : prefix) {
        const auto step = decoder->step(token);
        logits.assign(step.begin(), step.end());
    }
    result.next = softmax(logits);
    return result;
}

}  // namespace gamegpt
