#include "core/sample/prompt.h"

namespace gamegpt {

std::vector<TokenId> prompt_tokens(const Vocabulary& vocabulary, std::string_view text) {
    std::vector<TokenId> tokens = vocabulary.encode(text);
    const auto bos = vocabulary.bos();
    if (bos && !tokens.empty() && tokens.front() != *bos) tokens.insert(tokens.begin(), *bos);
    return tokens;
}

void begin_with(SampleSettings& settings, std::vector<TokenId> prompt, const ModelConfig& config) {
    settings.prompt = std::move(prompt);
    if (settings.max_tokens == 0) settings.max_tokens = config.block_size;
    const int given = static_cast<int>(settings.prompt.size());
    if (given >= settings.max_tokens) settings.max_tokens += given;
    if (settings.max_tokens > config.block_size) settings.slide = true;
}

}  // namespace gamegpt
