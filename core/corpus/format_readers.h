#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/corpus/document_table.h"
#include "core/corpus/lines.h"
#include "core/corpus/read_meter.h"
#include "core/corpus/vocabulary.h"

// The readers behind parse_corpus. They get the whole file without its byte-order mark, neither empty nor with NUL
// bytes, and throw Error with `file` and the place, or ReadCancelled.
namespace gamegpt {

// Documents one after the other, as Corpus takes them.
struct Documents {
    std::shared_ptr<const Vocabulary> vocabulary;
    NarrowArray tokens;
    DocumentTable table;
    std::vector<std::string> warnings;
};

// The names of the token that stands before and after each document where the file itself has none, and of the one that
// stands for words without a token.
inline constexpr std::string_view boundary_name = "<BOS>";
inline constexpr std::string_view unknown_name = "<UNK>";

Documents read_episodes_json(std::string_view bytes, const std::string& file, const ReadOptions& options,
                             ReadMeter& meter);
// lines, token_names or long_text (whose line ends are \n).
Documents read_text(std::string_view bytes, const std::string& file, CorpusFormat format, const ReadOptions& options,
                    ReadMeter& meter);

// The vocabulary that a text's own tokens make; appends to `warnings`.
Vocabulary text_vocabulary(std::string_view bytes, const std::string& file, CorpusFormat format,
                           const ReadOptions& options, ReadMeter& meter, std::vector<std::string>& warnings);

// Calls visit(begin, end, line) for each document of a text; offsets in bytes, the line from 1.
template <class Visit>
void for_documents(std::string_view bytes, CorpusFormat format, ReadMeter& meter, Visit visit) {
    if (format == CorpusFormat::long_text) {
        visit(std::size_t{0}, bytes.size(), std::size_t{1});
        return;
    }
    for (Lines lines(bytes); lines.next();) {
        meter.at(lines.start());
        if (!lines.blank()) visit(lines.start(), lines.start() + lines.text().size(), lines.number());
    }
}

// Where a text can be cut at `at` or behind it without a change to its tokens: before a white space that stands alone;
// else its end.
std::size_t place_to_cut(std::string_view bytes, std::size_t at);

// Calls visit(begin, end) for the blocks of about a megabyte that a document is read in.
template <class Visit>
void for_blocks(std::string_view bytes, std::size_t begin, std::size_t end, ReadMeter& meter, Visit visit) {
    constexpr std::size_t block = std::size_t{1} << 20;
    while (end - begin > block) {
        const std::size_t cut = std::min(place_to_cut(bytes, begin + block), end);
        visit(begin, cut);
        meter.at(begin = cut);
    }
    visit(begin, end);
}

}  // namespace gamegpt
