#include <algorithm>

#include "core/base/error.h"
#include "core/corpus/format_readers.h"
#include "core/corpus/utf8.h"

namespace gamegpt {

namespace {

constexpr std::size_t most_words_counted = std::size_t{1} << 20;

// Calls visit(begin, end, line) for the blocks of all documents.
template <class Visit>
void for_all(std::string_view bytes, CorpusFormat format, ReadMeter& meter, Visit visit) {
    for_documents(bytes, format, meter, [&](std::size_t begin, std::size_t end, std::size_t line) {
        for_blocks(bytes, begin, end, meter, [&](std::size_t from, std::size_t to) { visit(from, to, line); });
    });
}

Error only_blank_lines(CorpusFormat format, const std::string& file) {
    return Error(Error::Code::bad_format,
                 std::string("found only blank lines; a document") +
                     (format == CorpusFormat::token_names ? " of token names" : "") + " a line was expected",
                 {file, {}, {}});
}

std::string_view boundary_of(CorpusFormat format) {
    return format == CorpusFormat::long_text ? std::string_view() : boundary_name;
}

Vocabulary characters(std::string_view bytes, const std::string& file, CorpusFormat format, ReadMeter& meter) {
    std::vector<char> occurs(0x110000, 0);
    for_all(bytes, format, meter, [&](std::size_t at, std::size_t end, std::size_t) {
        while (at < end) {
            const auto byte = static_cast<unsigned char>(bytes[at]);
            if (byte < 0x80) {
                occurs[byte] = 1;
                ++at;
            } else {
                occurs[next_code_point(bytes, at, file)] = 1;
            }
        }
    });
    std::vector<std::string> names;
    for (std::size_t c = 0; c < occurs.size(); ++c)
        if (occurs[c] != 0) names.push_back(utf8(static_cast<char32_t>(c)));
    if (names.empty()) throw only_blank_lines(format, file);
    if (format == CorpusFormat::long_text) return Vocabulary(Vocabulary::Kind::characters, std::move(names), {}, {});
    const auto boundary = static_cast<TokenId>(names.size());
    names.emplace_back(boundary_name);
    return Vocabulary(Vocabulary::Kind::characters, std::move(names), boundary, boundary);
}

// How often words or pieces occur. When there are too many different ones the rarest are forgotten, so that the memory
// it takes has a bound: what is frequent in the whole text stays.
class Counts {
   public:
    void add(std::string_view word) {
        ++table_[word];
        if (table_.size() <= most_words_counted) return;
        forgetful_ = true;
        for (std::uint64_t least = 1; 2 * table_.size() > most_words_counted; least *= 2) table_.drop_up_to(least);
    }
    bool has(std::string_view word) const { return table_.find(word) != nullptr; }
    bool forgetful() const { return forgetful_; }
    std::size_t size() const { return table_.size(); }
    // The most frequent first; of equals the smaller first.
    std::vector<WordTable::Entry> sorted() const {
        std::vector<WordTable::Entry> entries = table_.entries();
        std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
            return a.value != b.value ? a.value > b.value : a.word < b.word;
        });
        return entries;
    }

   private:
    WordTable table_;
    bool forgetful_ = false;
};

void check_utf8(std::string_view bytes, std::size_t at, std::size_t end, const std::string& file) {
    while (at < end) {
        if (static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
        else next_code_point(bytes, at, file);
    }
}

Vocabulary words(std::string_view bytes, const std::string& file, CorpusFormat format, ReadMeter& meter,
                 std::vector<std::string>& warnings) {
    Counts counts;
    for_all(bytes, format, meter, [&](std::size_t begin, std::size_t end, std::size_t line) {
        check_utf8(bytes, begin, end, file);
        std::string_view rest = bytes.substr(begin, end - begin);
        for (auto word = take_word(rest); !word.empty(); word = take_word(rest)) {
            if (word == boundary_name && format != CorpusFormat::long_text)
                throw Error(Error::Code::bad_format,
                            "found the word '<BOS>', the name of the token that is put around each line; "
                            "lines without it were expected",
                            {file, line, {}});
            counts.add(word);
        }
    });
    if (counts.size() == 0) throw only_blank_lines(format, file);
    std::vector<WordTable::Entry> entries = counts.sorted();
    const Vocabulary game = Vocabulary::game();
    if (format == CorpusFormat::token_names && !counts.forgetful() &&
        std::all_of(entries.begin(), entries.end(), [&](const auto& entry) { return game.find(entry.word); }))
        return game;

    const std::size_t room = max_vocabulary_size - (format == CorpusFormat::long_text ? 0 : 1);
    const bool too_many = counts.forgetful() || entries.size() > room;
    if (too_many) {
        std::erase_if(entries, [](const auto& entry) { return entry.word == unknown_name; });
        entries.resize(std::min(entries.size(), room - 1));
        warnings.push_back("There are too many different words: the " + std::to_string(entries.size()) +
                           " most frequent have a token, the others are <UNK>.");
    }
    std::vector<std::string> names;
    names.reserve(entries.size() + 2);
    for (const auto& entry : entries) names.emplace_back(entry.word);
    std::sort(names.begin(), names.end());
    if (too_many) names.emplace_back(unknown_name);
    const auto unknown = std::find(names.begin(), names.end(), unknown_name);
    std::optional<TokenId> unknown_id;
    if (unknown != names.end()) unknown_id = static_cast<TokenId>(unknown - names.begin());
    std::optional<TokenId> boundary;
    if (format != CorpusFormat::long_text) {
        boundary = static_cast<TokenId>(names.size());
        names.emplace_back(boundary_name);
    }
    return Vocabulary(Vocabulary::Kind::words, std::move(names), boundary, boundary, unknown_id);
}

Vocabulary merges(std::string_view bytes, const std::string& file, CorpusFormat format, std::size_t most,
                  ReadMeter& meter) {
    Counts counts;
    for_all(bytes, format, meter, [&](std::size_t begin, std::size_t end, std::size_t) {
        std::string_view rest = bytes.substr(begin, end - begin);
        for (auto piece = take_piece(rest); !piece.empty(); piece = take_piece(rest)) counts.add(piece);
    });
    if (counts.size() == 0 && !counts.forgetful()) throw only_blank_lines(format, file);
    constexpr std::size_t room = max_vocabulary_size - byte_tokens - 1;
    if (most > room)
        throw Error(Error::Code::bad_argument,
                    std::to_string(most) + " merges; at most " + std::to_string(room) + " fit a vocabulary");
    meter.stage("Learning merges", 0.4, 0.7, most);
    const auto learnt = learn_merges(counts.sorted(), most, {boundary_name}, [&](double share) {
        meter.report(share);
        return true;
    });
    return Vocabulary::merged(learnt, boundary_of(format));
}

}  // namespace

Vocabulary text_vocabulary(std::string_view bytes, const std::string& file, CorpusFormat format,
                           const ReadOptions& options, ReadMeter& meter, std::vector<std::string>& warnings) {
    meter.stage("Finding the tokens", 0.15, 0.4, bytes.size());
    if (format == CorpusFormat::token_names) return words(bytes, file, format, meter, warnings);
    switch (options.tokens) {
        case TextTokens::characters: return characters(bytes, file, format, meter);
        case TextTokens::bytes: return Vocabulary::bytes(boundary_of(format));
        case TextTokens::words: return words(bytes, file, format, meter, warnings);
        case TextTokens::merges: return merges(bytes, file, format, options.merges, meter);
    }
    throw Error(Error::Code::bad_argument, "there is no such kind of tokens");
}

}  // namespace gamegpt
