#pragma once

#include <vector>

#include "core/corpus/corpus.h"

namespace gamegpt {

// A corpus's first `count` windows of 2 to `most` tokens: the beginnings of its documents, in order; of a corpus with
// fewer documents then their second windows, and so on. Fewer when the corpus has no more.
std::vector<std::vector<TokenId>> leading_sequences(const Corpus& corpus, std::size_t count, std::size_t most);

}  // namespace gamegpt
