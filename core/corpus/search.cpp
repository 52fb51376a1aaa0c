#include "core/corpus/search.h"

#include <algorithm>
#include <string_view>

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

}  // namespace

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
