#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "core/corpus/corpus.h"

namespace gamegpt {

// A token of a corpus: document and offset in it, both from 0.
struct CorpusPlace {
    std::size_t document = 0;
    std::size_t offset = 0;
    bool operator==(const CorpusPlace&) const = default;
};

// The first place at `from` or behind it where `tokens` stand one after the other within a document; nothing when there
// is none, for an empty sequence, or when `progress` (0..1, called now and then) returns false.
std::optional<CorpusPlace> find_tokens(const Corpus& corpus, std::span<const TokenId> tokens, CorpusPlace from,
                                       const std::function<bool(double)>& progress = {});

// The same for a text, whatever tokens it falls into; for a vocabulary that joins. A match begins with the token that
// holds its first byte; `tokens` of them hold it.
struct TextMatch {
    CorpusPlace place;
    std::size_t tokens = 0;
};
std::optional<TextMatch> find_text(const Corpus& corpus, std::string_view text, CorpusPlace from,
                                   const std::function<bool(double)>& progress = {});

}  // namespace gamegpt
