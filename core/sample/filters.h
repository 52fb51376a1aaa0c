#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/corpus/vocabulary.h"

namespace gamegpt {

// What stands between a model's logits and the draw. The stages are applied in this order, each to what the one before
// has left, and what is left is made to sum to 1 again:
//   base                softmax(logits)
//   repetition penalty  logits of tokens that have occurred: l / penalty where l > 0, l * penalty elsewhere (Keskar et
//                       al. 2019, CTRL)
//   temperature         softmax(logits / temperature); 0 leaves the most probable token alone, the first of equals
//   top-k               the k most probable tokens
//   top-p               the fewest most probable tokens that together reach p (Holtzman et al. 2020, nucleus sampling)
//   min-p               tokens at least min_p times as probable as the most probable one (Nguyen et al. 2024)
// Among equally probable tokens the smaller ID comes first. No stage removes the most probable token.
struct FilterSettings {
    double repetition_penalty = 1;  // 1 is off; over 0
    int top_k = 0;                  // tokens; 0 is off
    double top_p = 1;               // 0 to 1; 1 is off
    double min_p = 0;               // 0 to 1; 0 is off

    bool active() const { return repetition_penalty != 1 || top_k > 0 || top_p < 1 || min_p > 0; }
    // Throws Error (bad_argument) that names the field, its value and what was expected.
    void validate() const;
    bool operator==(const FilterSettings&) const = default;
};

enum class FilterStage { base, repetition_penalty, temperature, top_k, top_p, min_p };
inline constexpr FilterStage filter_stages[] = {FilterStage::base,        FilterStage::repetition_penalty,
                                                FilterStage::temperature, FilterStage::top_k,
                                                FilterStage::top_p,       FilterStage::min_p};
std::string_view name_of(FilterStage stage);  // "top-k"

// The distribution (vocab_size) that the next token is drawn from; removed tokens have 0. `history` are the tokens so
// far. Tokens whose logit is -infinity stay out.
void filtered_probabilities(std::span<const double> logits, double temperature, const FilterSettings& filters,
                            std::span<const TokenId> history, std::vector<double>& out);

// The distributions (vocab_size) after each stage, in the order of filter_stages; the last is the one above.
std::vector<std::vector<double>> filter_steps(std::span<const double> logits, double temperature,
                                              const FilterSettings& filters, std::span<const TokenId> history);

// In nats.
double entropy(std::span<const double> probabilities);
// exp(entropy): of how many equally probable tokens a draw would be as uncertain.
double effective_vocabulary(std::span<const double> probabilities);

}  // namespace gamegpt
