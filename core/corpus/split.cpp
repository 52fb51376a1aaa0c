#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/python_random.h"
#include "core/corpus/corpus.h"

namespace gamegpt {

namespace {

// The documents that `wanted` marks, in their order.
std::shared_ptr<Corpus> select(const Corpus& corpus, const std::vector<bool>& held_out, bool wanted,
                               const std::string& name) {
    std::vector<TokenId> tokens;
    std::vector<std::size_t> offsets = {0};
    for (std::size_t i = 0; i < corpus.documents(); ++i) {
        if (held_out[i] != wanted) continue;
        const auto document = corpus.document(i);
        tokens.insert(tokens.end(), document.begin(), document.end());
        offsets.push_back(tokens.size());
    }
    return std::make_shared<Corpus>(corpus.vocabulary_ptr(), std::move(tokens), std::move(offsets), corpus.format(),
                                    name);
}

std::shared_ptr<Corpus> one_document(const Corpus& corpus, std::span<const TokenId> tokens, const std::string& name) {
    return std::make_shared<Corpus>(corpus.vocabulary_ptr(), std::vector<TokenId>(tokens.begin(), tokens.end()),
                                    std::vector<std::size_t>{0, tokens.size()}, corpus.format(), name);
}

// `count` of `size` documents, each equally likely (a Fisher-Yates shuffle that stops early).
std::vector<bool> draw(std::size_t size, std::size_t count, std::uint64_t seed) {
    PythonRandom random(seed);
    std::vector<std::size_t> order(size);
    for (std::size_t i = 0; i < size; ++i) order[i] = i;
    std::vector<bool> drawn(size, false);
    for (std::size_t i = 0; i < count; ++i) {
        std::swap(order[i], order[i + random.choice_index(size - i)]);
        drawn[order[i]] = true;
    }
    return drawn;
}

}  // namespace

CorpusSplit split(const std::shared_ptr<const Corpus>& corpus, double share, std::uint64_t seed) {
    if (!(share >= 0 && share < 1))
        throw Error(Error::Code::bad_argument,
                    "the held-out share is " + std::to_string(share) + "; 0 or more and less than 1 was expected");
    if (share == 0) return {corpus, nullptr};
    const auto share_of = [&](std::size_t n) {
        return static_cast<std::size_t>(std::llround(share * static_cast<double>(n)));
    };
    const std::string held_out_name = corpus->name() + ", held out";
    std::shared_ptr<Corpus> train;
    std::shared_ptr<Corpus> held_out;
    if (corpus->documents() == 1) {
        const auto document = corpus->document(0);
        const std::size_t tail = share_of(document.size());
        if (tail < 2 || document.size() - tail < 2) return {corpus, nullptr};  // one side would have nothing to predict
        train = one_document(*corpus, document.first(document.size() - tail), corpus->name());
        held_out = one_document(*corpus, document.last(tail), held_out_name);
    } else {
        const std::size_t count = std::clamp<std::size_t>(share_of(corpus->documents()), 1, corpus->documents() - 1);
        const std::vector<bool> drawn = draw(corpus->documents(), count, seed);
        train = select(*corpus, drawn, false, corpus->name());
        held_out = select(*corpus, drawn, true, held_out_name);
    }
    for (const std::string& warning : corpus->warnings()) train->add_warning(warning);
    return {train, held_out};
}

}  // namespace gamegpt
