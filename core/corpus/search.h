#pragma once

#include <functional>
#include <optional>
#include <span>

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

}  // namespace gamegpt
