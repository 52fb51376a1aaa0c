#include "core/sample/sliding_window.h"

#include <algorithm>

namespace gamegpt {

std::size_t take_up_at(std::span<const TokenId> tokens, int block_size, std::span<const TokenId> anchors) {
    const auto block = static_cast<std::size_t>(block_size);
    const std::size_t most = std::min(tokens.size(), std::max<std::size_t>(1, block * 3 / 4));
    const std::size_t least = std::min(most, std::max<std::size_t>(1, block / 4));
    for (const TokenId anchor : anchors)
        for (std::size_t kept = least; kept <= most; ++kept)
            if (tokens[tokens.size() - kept] == anchor) return tokens.size() - kept;
    return tokens.size() - std::min(most, std::max<std::size_t>(1, block / 2));
}

SlidingWindow::SlidingWindow(Decoder& decoder, std::vector<TokenId> anchors)
    : decoder_(decoder), anchors_(std::move(anchors)) {
    decoder_.reset();
}

std::span<const double> SlidingWindow::step(TokenId token) {
    if (decoder_.position() < decoder_.config().block_size) {
        const auto logits = decoder_.step(token);
        tokens_.push_back(token);
        return logits;
    }
    check_step(decoder_.config(), token, 0);
    tokens_.push_back(token);
    decoder_.reset();
    std::span<const double> logits;
    for (std::size_t i = take_up_at(tokens_, decoder_.config().block_size, anchors_); i < tokens_.size(); ++i)
        logits = decoder_.step(tokens_[i]);
    return logits;
}

void SlidingWindow::undo() {
    decoder_.rewind(decoder_.position() - 1);
    tokens_.pop_back();
}

}  // namespace gamegpt
