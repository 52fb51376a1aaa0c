#include "core/train/window_sampler.h"

namespace gamegpt {

WindowSampler::WindowSampler(std::shared_ptr<const Corpus> corpus, int block_size, std::uint64_t seed)
    : corpus_(std::move(corpus)), longest_window_(static_cast<std::size_t>(block_size) + 1), random_(seed) {
    for (std::size_t i = 0; i < corpus_->documents(); ++i)
        if (corpus_->document(i).size() >= 2) documents_.push_back(i);
    if (documents_.empty())
        throw Error(Error::Code::mismatch,
                    corpus_->name() + " has no document of two tokens or more: there is nothing to predict");
}

Window WindowSampler::next() {
    const Window document = corpus_->document(documents_[random_.choice_index(documents_.size())]);
    if (document.size() <= longest_window_) return document;
    const auto last_start = static_cast<std::int64_t>(document.size() - longest_window_);
    return document.subspan(static_cast<std::size_t>(random_.randint(0, last_start)), longest_window_);
}

}  // namespace gamegpt
