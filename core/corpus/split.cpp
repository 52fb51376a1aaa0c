#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/python_random.h"
#include "core/corpus/corpus.h"

namespace gamegpt {

namespace {

// The documents that `wanted` marks, in their order.
NarrowArray listed(const std::vector<bool>& held_out, bool wanted, std::size_t count) {
    NarrowArray documents;
    documents.reserve(count, held_out.size() - 1);
    for (std::size_t i = 0; i < held_out.size(); ++i)
        if (held_out[i] == wanted) documents.push_back(i);
    return documents;
}

// `count` of `size` documents, each equally likely (a Fisher-Yates shuffle that stops early).
std::vector<bool> draw(std::size_t size, std::size_t count, std::uint64_t seed) {
    PythonRandom random(seed);
    NarrowArray order;
    order.reserve(size, size - 1);
    for (std::size_t i = 0; i < size; ++i) order.push_back(i);
    std::vector<bool> drawn(size, false);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t other = i + random.choice_index(size - i);
        const auto chosen = order[other];
        order.set(other, order[i]);
        drawn[static_cast<std::size_t>(chosen)] = true;
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
        const std::size_t length = corpus->tokens();
        const std::size_t tail = share_of(length);
        if (tail < 2 || length - tail < 2) return {corpus, nullptr};  // one side would have nothing to predict
        train = corpus->part(0, length - tail, corpus->name());
        held_out = corpus->part(length - tail, tail, held_out_name);
    } else {
        const std::size_t count = std::clamp<std::size_t>(share_of(corpus->documents()), 1, corpus->documents() - 1);
        const std::vector<bool> drawn = draw(corpus->documents(), count, seed);
        train = corpus->subset(listed(drawn, false, drawn.size() - count), corpus->name());
        held_out = corpus->subset(listed(drawn, true, count), held_out_name);
    }
    for (const std::string& warning : corpus->warnings()) train->add_warning(warning);
    return {train, held_out};
}

}  // namespace gamegpt
