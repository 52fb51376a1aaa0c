#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/corpus/document_table.h"
#include "core/corpus/token_view.h"
#include "core/corpus/vocabulary.h"

namespace gamegpt {

// How a corpus was read from its file; `built_in` was generated.
enum class CorpusFormat { built_in, episodes_json, lines, token_names, long_text };
// "episodes JSON", "text, a document a line", ...
std::string name_of(CorpusFormat format);

// Documents of token IDs over one vocabulary, each ID in as few bytes as the vocabulary allows. Immutable once made:
// share it as shared_ptr<const Corpus>. The sides of a split are corpora over the same tokens.
class Corpus {
   public:
    // `tokens` are all documents one after the other; `offsets` has one entry more than there are documents,
    // starts with 0 and ends with tokens.size(). Throws Error (bad_argument) if that or an ID does not hold.
    Corpus(std::shared_ptr<const Vocabulary> vocabulary, const std::vector<TokenId>& tokens,
           const std::vector<std::size_t>& offsets, CorpusFormat format, std::string name);
    // The same from narrow storage, which it takes over.
    Corpus(std::shared_ptr<const Vocabulary> vocabulary, NarrowArray tokens, DocumentTable documents,
           CorpusFormat format, std::string name);

    // A corpus of some of these documents (indices, rising), or of a part of the only one; shares the tokens. Sources
    // go with the documents, warnings stay. Throws Error (bad_argument) when it would be empty.
    std::shared_ptr<Corpus> subset(NarrowArray documents, std::string name) const;
    std::shared_ptr<Corpus> part(std::size_t first, std::size_t tokens, std::string name) const;

    const Vocabulary& vocabulary() const { return *vocabulary_; }
    const std::shared_ptr<const Vocabulary>& vocabulary_ptr() const { return vocabulary_; }
    std::size_t documents() const { return selected_ ? selected_->size() : table_->size(); }
    std::size_t tokens() const { return size_; }
    TokenView document(std::size_t i) const {
        const std::size_t row = selected_ ? static_cast<std::size_t>((*selected_)[i]) : i;
        return {*tokens_, first_token_ + table_->start(row), table_->length(row)};
    }
    std::size_t length(std::size_t i) const {  // of document i, in tokens
        return table_->length(selected_ ? static_cast<std::size_t>((*selected_)[i]) : i);
    }
    CorpusFormat format() const { return format_; }
    // What people call it: "Snake, 200 episodes" or the file's name without its folder.
    const std::string& name() const { return name_; }
    std::size_t shortest() const { return shortest_; }
    std::size_t longest() const { return longest_; }
    // How many documents have a length in each of up to 36 equal steps from shortest() to longest().
    const std::vector<std::size_t>& length_bars() const { return length_bars_; }

    // Things the user should know, each a sentence ("The wall follower supplies 49 % of all tokens.").
    const std::vector<std::string>& warnings() const { return warnings_; }
    void add_warning(std::string sentence) { warnings_.push_back(std::move(sentence)); }

    // Who made each document, where that is known (the agents of generated games); empty otherwise.
    struct Sources {
        std::vector<std::string> names;
        std::vector<std::uint8_t> of_document;  // index into names, one a document
    };
    const Sources& sources() const { return sources_; }
    void set_sources(Sources sources) { sources_ = std::move(sources); }

    // A stable hash of vocabulary and documents, as 16 hexadecimal digits (FNV-1a, 64 bits).
    std::string content_hash() const;

   private:
    void measure();

    std::shared_ptr<const Vocabulary> vocabulary_;
    std::shared_ptr<const NarrowArray> tokens_;
    std::shared_ptr<const DocumentTable> table_;
    std::shared_ptr<const NarrowArray> selected_;  // rows of the table; null for all
    std::size_t first_token_ = 0;                  // where the table's first document starts
    std::size_t size_ = 0;                         // tokens
    CorpusFormat format_;
    std::string name_;
    std::size_t shortest_ = 0;
    std::size_t longest_ = 0;
    std::vector<std::size_t> length_bars_;
    std::vector<std::string> warnings_;
    Sources sources_;
};

// What a model is trained on and what it is judged on; the two share the vocabulary and no document.
struct CorpusSplit {
    std::shared_ptr<const Corpus> train;
    std::shared_ptr<const Corpus> held_out;  // null when nothing is held out
};

// Holds out `share` (0 <= share < 1) of the documents, drawn by `seed`, at least one when share > 0 and there are two;
// the last `share` of the tokens when there is only one document (nothing if a side would be shorter than two tokens).
// Order is kept on both sides. Throws Error (bad_argument) for another share.
CorpusSplit split(const std::shared_ptr<const Corpus>& corpus, double share, std::uint64_t seed);

}  // namespace gamegpt
