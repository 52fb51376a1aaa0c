#pragma once

#include <functional>

#include "core/corpus/corpus.h"

namespace gamegpt {

// A source that supplies more of the tokens than this is worth a warning: a model learns mostly its ways.
inline constexpr double largest_fair_share = 0.4;

// What a corpus is made of.
struct CorpusStatistics {
    std::size_t documents = 0;
    std::size_t tokens = 0;
    std::vector<std::uint64_t> counts;  // (vocab_size)
    std::vector<TokenId> unused;        // tokens that never occur, rising

    struct Source {
        std::string name;
        std::size_t documents = 0;
        std::size_t tokens = 0;
        double share = 0;  // of all tokens, 0..1
    };
    std::vector<Source> sources;  // as the corpus names them; empty when it does not

    std::size_t longer_than_context = 0;  // documents of more than block_size + 1 tokens: no window holds them
    // Expected share of the training windows that start where a document starts. The sampler draws each document of two
    // tokens or more (there are D) with the same chance; one of n tokens gives that window always when
    // n <= block_size + 1, and else once in n - block_size draws, the number of places where a window can start:
    // sum over documents of (n <= block_size + 1 ? 1 : 1 / (n - block_size)) / D. Where the vocabulary has a BOS, only
    // documents that begin with it count in the sum. NaN when there is no such document.
    double windows_from_start = 0;

    // Lengths in tokens that a quarter, half and three quarters of the documents do not exceed, and the mean.
    std::size_t lower_quartile = 0, median = 0, upper_quartile = 0;
    double mean_length = 0;
};

// One pass over the tokens; `progress` (0..1) returns false to cancel, which gives nothing.
std::optional<CorpusStatistics> corpus_statistics(const Corpus& corpus, int block_size,
                                                  const std::function<bool(double)>& progress = {});

}  // namespace gamegpt
