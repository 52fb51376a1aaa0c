#include "core/engine/trace.h"

#include "core/base/error.h"
#include "core/engine/decoder.h"

namespace gamegpt {

Trace trace(const Weights& weights, std::span<const TokenId> tokens, EngineKind kind) {
    if (tokens.empty()) throw Error(Error::Code::bad_argument, "a trace needs at least one token");
    const ModelConfig& config = weights.config();
    Trace result;
    result.tokens.assign(tokens.begin(), tokens.end());
    result.attention.assign(static_cast<std::size_t>(config.n_layer),
                            std::vector<std::vector<std::vector<double>>>(static_cast<std::size_t>(config.n_head)));
    result.residual.resize(1 + 2 * result.attention.size());
    const std::unique_ptr<Decoder> decoder = make_decoder(kind, weights);
    for (const TokenId token : tokens) {
        const auto logits = decoder->step(token);
        result.logits.emplace_back(logits.begin(), logits.end());
        for (int layer = 0; layer < config.n_layer; ++layer)
            for (int head = 0; head < config.n_head; ++head) {
                const auto row = decoder->attention(layer, head);
                result.attention[static_cast<std::size_t>(layer)][static_cast<std::size_t>(head)].emplace_back(
                    row.begin(), row.end());
            }
        for (std::size_t depth = 0; depth < result.residual.size(); ++depth) {
            const auto x = decoder->residual(static_cast<int>(depth));
            result.residual[depth].emplace_back(x.begin(), x.end());
        }
    }
    return result;
}

}  // namespace gamegpt
