#include "core/inspect/sequences.h"

#include <algorithm>

namespace gamegpt {

std::vector<std::vector<TokenId>> leading_sequences(const Corpus& corpus, std::size_t count, std::size_t most) {
    std::vector<std::vector<TokenId>> sequences;
    if (most < 2) return sequences;
    bool more = true;
    for (std::size_t start = 0; more; start += most) {
        more = false;
        for (std::size_t i = 0; i < corpus.documents(); ++i) {
            if (sequences.size() == count) return sequences;
            const TokenView document = corpus.document(i);
            if (document.size() < start + 2) continue;
            sequences.push_back(document.subspan(start, std::min(most, document.size() - start)).to_vector());
            more = true;
        }
    }
    return sequences;
}

}  // namespace gamegpt
