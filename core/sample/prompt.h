#pragma once

#include <string_view>
#include <vector>

#include "core/sample/generate.h"

namespace gamegpt {

// A way of drawing that has a name.
struct SamplePreset {
    std::string_view name;
    double temperature;
    FilterSettings filters;
};
inline constexpr SamplePreset sample_presets[] = {
    {"greedy", 0, {}}, {"seed", 0.5, {}}, {"neutral", 1, {}}, {"wild", 2, {}}};

// A text's tokens as the beginning of a document: behind BOS where the vocabulary has one, unless the text begins with
// it. Empty for an empty text. Throws as Vocabulary::encode().
std::vector<TokenId> prompt_tokens(const Vocabulary& vocabulary, std::string_view text);

// Samples begin with these tokens from now on. A prompt that leaves no room in max_tokens gets as many tokens more;
// what goes on beyond block_size slides.
void begin_with(SampleSettings& settings, std::vector<TokenId> prompt, const ModelConfig& config);

}  // namespace gamegpt
