#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "core/corpus/vocabulary.h"
#include "core/model/weights.h"

namespace gamegpt {

// Where a head looks: means over the queries of some sequences. The first query of a sequence has one key only, so it
// says nothing of the head and does not count.
struct HeadStatistics {
    double entropy = 0;   // nats, of the weights over the keys
    double distance = 0;  // tokens from query back to key, weighted
    // Shares of the weight, 0..1: on the first token, on the token before the query, on the query itself, on earlier
    // tokens that are the same as the query, and on earlier tokens of its category.
    double on_first = 0, on_previous = 0, on_itself = 0, on_same_token = 0, on_same_category = 0;
};

// A plain name for what a head mostly does.
enum class HeadRole { sink, previous, itself, echo, category, recent, broad, focused, none };
// "sink", "previous token", ...; empty for none.
std::string_view name_of(HeadRole role);
// When a head is called that, as a sentence.
std::string_view rule_of(HeadRole role);
// The first role whose rule holds. `uniform` is a head that weighs all keys alike, on the same queries.
HeadRole role_of(const HeadStatistics& head, const HeadStatistics& uniform);

struct AttentionStatistics {
    std::vector<std::vector<HeadStatistics>> heads;  // [layer][head]
    HeadStatistics uniform;                          // of equal weights on the same queries, to compare with
    std::size_t sequences = 0;
    std::size_t queries = 0;  // that the means are over
};

// In double, on sequences of up to block_size tokens. `go_on` is asked before each sequence; when it says no the means
// are over those before it. Throws Error (bad_argument) for a sequence that is too long or has a token outside the
// vocabulary.
AttentionStatistics attention_statistics(const Weights& weights, const Vocabulary& vocabulary,
                                         const std::vector<std::vector<TokenId>>& sequences,
                                         const std::function<bool()>& go_on = {});

}  // namespace gamegpt
