#include "core/corpus/statistics.h"

#include <algorithm>
#include <limits>

namespace gamegpt {

namespace {

// Counts of lengths: short ones in a table, the few long ones in a list, so that millions of documents take no memory.
class Lengths {
   public:
    void add(std::size_t length) {
        if (length < short_.size()) ++short_[length];
        else long_.push_back(length);
        ++count_;
    }
    void sort() { std::sort(long_.begin(), long_.end()); }
    // The smallest length that at least `share` of the documents do not exceed.
    std::size_t quantile(double share) const {
        const auto wanted =
            std::max<std::size_t>(1, static_cast<std::size_t>(share * static_cast<double>(count_) + 0.5));
        std::size_t seen = 0;
        for (std::size_t length = 0; length < short_.size(); ++length)
            if ((seen += short_[length]) >= wanted) return length;
        return long_[wanted - seen - 1];
    }

   private:
    std::vector<std::size_t> short_ = std::vector<std::size_t>(std::size_t{1} << 16);
    std::vector<std::size_t> long_;
    std::size_t count_ = 0;
};

template <class Value>
void count(TokenView tokens, std::vector<std::uint64_t>& counts) {
    for (std::size_t i = 0; i < tokens.size(); ++i) ++counts[NarrowArray::load(tokens.data(), sizeof(Value), i)];
}

}  // namespace

std::optional<CorpusStatistics> corpus_statistics(const Corpus& corpus, int block_size,
                                                  const std::function<bool(double)>& progress) {
    constexpr std::size_t step = std::size_t{1} << 22;  // tokens between two reports
    CorpusStatistics result;
    result.documents = corpus.documents();
    result.tokens = corpus.tokens();
    result.counts.assign(corpus.vocabulary().size(), 0);
    const Corpus::Sources& sources = corpus.sources();
    for (const std::string& name : sources.names) result.sources.push_back({name, 0, 0, 0});
    const auto longest_window = static_cast<std::size_t>(block_size) + 1;
    const std::optional<TokenId> bos = corpus.vocabulary().bos();
    std::size_t predictable = 0, seen = 0, next_report = 0;
    double from_start = 0;
    Lengths lengths;
    for (std::size_t i = 0; i < result.documents; ++i) {
        const TokenView document = corpus.document(i);
        lengths.add(document.size());
        if (document.size() > longest_window) ++result.longer_than_context;
        if (document.size() >= 2) {
            ++predictable;
            if (!bos || document.front() == *bos)
                from_start += document.size() <= longest_window
                                  ? 1.0
                                  : 1.0 / static_cast<double>(document.size() - longest_window + 1);
        }
        if (i < sources.of_document.size()) {
            CorpusStatistics::Source& source = result.sources.at(sources.of_document[i]);
            ++source.documents;
            source.tokens += document.size();
        }
        for (std::size_t at = 0; at < document.size(); at += step) {
            const TokenView part = document.subspan(at, std::min(step, document.size() - at));
            if (part.width() == 1) count<std::uint8_t>(part, result.counts);
            else if (part.width() == 2) count<std::uint16_t>(part, result.counts);
            else count<std::uint32_t>(part, result.counts);
            seen += part.size();
            if (seen < next_report) continue;
            next_report = seen + step;
            if (progress && !progress(static_cast<double>(seen) / static_cast<double>(result.tokens))) return {};
        }
    }
    for (std::size_t id = 0; id < result.counts.size(); ++id)
        if (result.counts[id] == 0) result.unused.push_back(static_cast<TokenId>(id));
    for (CorpusStatistics::Source& source : result.sources)
        source.share = result.tokens == 0 ? 0 : static_cast<double>(source.tokens) / static_cast<double>(result.tokens);
    result.windows_from_start =
        predictable == 0 ? std::numeric_limits<double>::quiet_NaN() : from_start / static_cast<double>(predictable);
    lengths.sort();
    result.lower_quartile = lengths.quantile(0.25);
    result.median = lengths.quantile(0.5);
    result.upper_quartile = lengths.quantile(0.75);
    result.mean_length = static_cast<double>(result.tokens) / static_cast<double>(result.documents);
    return result;
}

}  // namespace gamegpt
