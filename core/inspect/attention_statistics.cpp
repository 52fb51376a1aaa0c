#include "core/inspect/attention_statistics.h"

#include <array>
#include <cmath>
#include <span>

#include "core/engine/decoder.h"

namespace gamegpt {

namespace {

struct RoleText {
    std::string_view name, rule;
};
constexpr std::array<RoleText, 9> role_texts = {{
    {"sink", "At least half of its weight lies on the first token."},
    {"previous token", "At least half of its weight lies on the token before the query."},
    {"itself", "At least half of its weight lies on the query itself."},
    {"echo", "At least half of its weight lies on earlier tokens that are the same as the query."},
    {"category",
     "At least half of its weight lies on earlier tokens of the query's category, and 1.5 times what equal "
     "weights would put there."},
    {"recent", "It looks back at most a quarter as far as equal weights would."},
    {"broad", "Its entropy is at least 0.9 of that of equal weights."},
    {"few tokens", "Its entropy is at most a third of that of equal weights, and no rule says on what."},
    {"", "No rule holds."},
}};

void add(HeadStatistics& sum, std::span<const double> weights, std::span<const TokenId> tokens,
         const Vocabulary& vocabulary) {
    const std::size_t query = weights.size() - 1;
    const TokenCategory kind = category(vocabulary, tokens[query]);
    sum.on_first += weights[0];
    sum.on_previous += weights[query - 1];
    sum.on_itself += weights[query];
    for (std::size_t key = 0; key <= query; ++key) {
        const double weight = weights[key];
        if (weight > 0) sum.entropy -= weight * std::log(weight);
        sum.distance += weight * static_cast<double>(query - key);
        if (key == query) continue;
        if (tokens[key] == tokens[query]) sum.on_same_token += weight;
        if (category(vocabulary, tokens[key]) == kind) sum.on_same_category += weight;
    }
}

void divide(HeadStatistics& sum, double by) {
    for (double* figure : {&sum.entropy, &sum.distance, &sum.on_first, &sum.on_previous, &sum.on_itself,
                           &sum.on_same_token, &sum.on_same_category})
        *figure /= by;
}

}  // namespace

std::string_view name_of(HeadRole role) { return role_texts.at(static_cast<std::size_t>(role)).name; }
std::string_view rule_of(HeadRole role) { return role_texts.at(static_cast<std::size_t>(role)).rule; }

HeadRole role_of(const HeadStatistics& head, const HeadStatistics& uniform) {
    if (head.on_first >= 0.5) return HeadRole::sink;
    if (head.on_previous >= 0.5) return HeadRole::previous;
    if (head.on_itself >= 0.5) return HeadRole::itself;
    if (head.on_same_token >= 0.5) return HeadRole::echo;
    if (head.on_same_category >= 0.5 && head.on_same_category >= 1.5 * uniform.on_same_category)
        return HeadRole::category;
    if (uniform.distance > 0 && head.distance <= 0.25 * uniform.distance) return HeadRole::recent;
    if (uniform.entropy > 0 && head.entropy >= 0.9 * uniform.entropy) return HeadRole::broad;
    if (uniform.entropy > 0 && head.entropy <= uniform.entropy / 3) return HeadRole::focused;
    return HeadRole::none;
}

AttentionStatistics attention_statistics(const Weights& weights, const Vocabulary& vocabulary,
                                         const std::vector<std::vector<TokenId>>& sequences,
                                         const std::function<bool()>& go_on) {
    const ModelConfig& config = weights.config();
    AttentionStatistics result;
    result.heads.assign(static_cast<std::size_t>(config.n_layer),
                        std::vector<HeadStatistics>(static_cast<std::size_t>(config.n_head)));
    const std::unique_ptr<Decoder> decoder = make_decoder(EngineKind::fast64, weights);
    std::vector<double> equal;
    for (const std::vector<TokenId>& sequence : sequences) {
        if (go_on && !go_on()) break;
        decoder->reset();
        for (std::size_t query = 0; query < sequence.size(); ++query) {
            decoder->step(sequence[query]);
            if (query == 0) continue;
            const auto tokens = std::span(sequence).first(query + 1);
            for (std::size_t layer = 0; layer < result.heads.size(); ++layer)
                for (std::size_t head = 0; head < result.heads[layer].size(); ++head)
                    add(result.heads[layer][head], decoder->attention(static_cast<int>(layer), static_cast<int>(head)),
                        tokens, vocabulary);
            equal.assign(query + 1, 1.0 / static_cast<double>(query + 1));
            add(result.uniform, equal, tokens, vocabulary);
            ++result.queries;
        }
        ++result.sequences;
    }
    if (result.queries == 0) return result;
    const auto n = static_cast<double>(result.queries);
    divide(result.uniform, n);
    for (std::vector<HeadStatistics>& layer : result.heads)
        for (HeadStatistics& head : layer) divide(head, n);
    return result;
}

}  // namespace gamegpt
