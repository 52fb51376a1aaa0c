#include "core/train/window_sampler.h"

#include "core/base/error.h"

namespace gamegpt {

WindowSampler::WindowSampler(std::shared_ptr<const Corpus> corpus, int block_size, std::uint64_t seed)
    : corpus_(std::move(corpus)), longest_window_(static_cast<std::size_t>(block_size) + 1), random_(seed) {
    if (corpus_->longest() < 2)
        throw Error(Error::Code::mismatch,
                    corpus_->name() + " has no document of two tokens or more: there is nothing to predict");
    if (corpus_->shortest() >= 2) return;
    for (std::size_t i = 0; i < corpus_->documents(); ++i)
        if (corpus_->length(i) >= 2) documents_.push_back(i);
}

void WindowSampler::next(std::vector<TokenId>& window) {
    const std::size_t drawn = random_.choice_index(documents_.empty() ? corpus_->documents() : documents_.size());
    TokenView document = corpus_->document(documents_.empty() ? drawn : static_cast<std::size_t>(documents_[drawn]));
    if (document.size() > longest_window_) {
        const auto last_start = static_cast<std::int64_t>(document.size() - longest_window_);
        document = document.subspan(static_cast<std::size_t>(random_.randint(0, last_start)), longest_window_);
    }
    window.resize(document.size());
    document.copy_to(window.data());
}

}  // namespace gamegpt
