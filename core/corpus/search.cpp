#include "core/corpus/search.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace gamegpt {

namespace {

std::string_view bytes_of(TokenView tokens) {
    return {reinterpret_cast<const char*>(tokens.data()), tokens.size() * tokens.width()};
}

// The first token of `tokens` where `wanted`, in the same width, begins; tokens.size() when nowhere.
std::size_t find_in(TokenView tokens, std::string_view wanted) {
    const std::string_view bytes = bytes_of(tokens);
    for (std::size_t at = 0; (at = bytes.find(wanted, at)) != std::string_view::npos; ++at)
        if (at % tokens.width() == 0) return at / tokens.width();
    return tokens.size();
}

// Some tokens as text, with where each begins in it.
class Decoded {
   public:
    explicit Decoded(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

    void decode(TokenView tokens) {
        text_.clear();
        starts_.clear();
        for (const TokenId id : tokens) {
            starts_.push_back(text_.size());
            if (!vocabulary_.is_special(id)) text_ += vocabulary_.name(id);
        }
    }
    // First token and number of tokens of the text's first occurrence.
    std::optional<std::pair<std::size_t, std::size_t>> find(std::string_view text) const {
        const std::size_t at = text_.find(text);
        if (at == std::string::npos) return {};
        const std::size_t first = token_of(at);
        return std::pair(first, token_of(at + text.size() - 1) - first + 1);
    }

   private:
    std::size_t token_of(std::size_t byte) const {
        return static_cast<std::size_t>(std::upper_bound(starts_.begin(), starts_.end(), byte) - starts_.begin()) - 1;
    }
    const Vocabulary& vocabulary_;
    std::string text_;
    std::vector<std::size_t> starts_;
};

}  // namespace

std::optional<TextMatch> find_text(const Corpus& corpus, std::string_view text, CorpusPlace from,
                                   const std::function<bool(double)>& progress) {
    constexpr std::size_t step = std::size_t{1} << 16;          // tokens that are decoded at once
    constexpr std::size_t report_every = std::size_t{1} << 22;  // tokens
    if (text.empty()) return {};
    Decoded decoded(corpus.vocabulary());
    std::size_t since_report = 0;
    for (std::size_t i = from.document; i < corpus.documents(); ++i, from.offset = 0) {
        const TokenView document = corpus.document(i);
        for (std::size_t at = from.offset; at < document.size(); at += step) {
            // Blocks overlap: a match is never of more tokens than bytes.
            decoded.decode(document.subspan(at, std::min(step + text.size(), document.size() - at)));
            if (const auto found = decoded.find(text)) return TextMatch{{i, at + found->first}, found->second};
            since_report += step;
            if (since_report < report_every) continue;
            since_report = 0;
            if (progress && !progress(static_cast<double>(i) / static_cast<double>(corpus.documents()))) return {};
        }
    }
    return {};
}

std::optional<CorpusPlace> find_tokens(const Corpus& corpus, std::span<const TokenId> tokens, CorpusPlace from,
                                       const std::function<bool(double)>& progress) {
    constexpr std::size_t step = std::size_t{1} << 24;  // tokens between two reports
    if (tokens.empty() || from.document >= corpus.documents()) return {};
    NarrowArray wanted;
    wanted.reserve(tokens.size(), NarrowArray::most(corpus.document(from.document).width()));
    for (const TokenId id : tokens) {
        if (id < 0 || static_cast<std::size_t>(id) >= corpus.vocabulary().size()) return {};
        wanted.push_back(static_cast<std::uint64_t>(id));
    }
    const std::string_view needle = bytes_of({wanted, 0, wanted.size()});
    std::size_t since_report = 0;
    for (std::size_t i = from.document; i < corpus.documents(); ++i, from.offset = 0) {
        const TokenView document = corpus.document(i);
        for (std::size_t at = from.offset; at + tokens.size() <= document.size(); at += step) {
            // Blocks overlap, so that what stands across their edge is found.
            const std::size_t size = std::min(step + tokens.size() - 1, document.size() - at);
            const TokenView part = document.subspan(at, size);
            if (const std::size_t found = find_in(part, needle); found < size) return CorpusPlace{i, at + found};
            since_report += size;
            if (since_report < step) continue;
            since_report = 0;
            if (progress && !progress(static_cast<double>(i) / static_cast<double>(corpus.documents()))) return {};
        }
    }
    return {};
}

}  // namespace gamegpt
