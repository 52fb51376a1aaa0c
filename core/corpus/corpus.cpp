#include "core/corpus/corpus.h"

#include <algorithm>
#include <string_view>

#include "core/base/error.h"

namespace gamegpt {

std::string name_of(CorpusFormat format) {
    switch (format) {
        case CorpusFormat::built_in: return "built-in games";
        case CorpusFormat::episodes_json: return "episodes JSON";
        case CorpusFormat::lines: return "text, a document a line";
        case CorpusFormat::token_names: return "token names, a document a line";
        case CorpusFormat::long_text: return "one long text";
    }
    throw Error(Error::Code::bad_argument, "there is no such corpus format");
}

namespace {

DocumentTable table_of(const std::vector<std::size_t>& offsets, std::size_t tokens) {
    if (offsets.size() < 2 || offsets.front() != 0 || offsets.back() != tokens ||
        !std::is_sorted(offsets.begin(), offsets.end()))
        throw Error(Error::Code::bad_argument,
                    "a corpus needs documents whose offsets rise from 0 to the number of tokens");
    DocumentTable table;
    table.reserve(offsets.size() - 1);
    for (std::size_t i = 1; i < offsets.size(); ++i) table.add(offsets[i] - offsets[i - 1]);
    return table;
}

Error outside(const Vocabulary& vocabulary, const std::string& id, const std::string& name, std::size_t token) {
    return Error(
        Error::Code::bad_argument,
        "the ID " + id + " is outside the vocabulary; 0 to " + std::to_string(vocabulary.size() - 1) + " was expected",
        {name, {}, token});
}

NarrowArray narrowed(const Vocabulary& vocabulary, const std::vector<TokenId>& tokens, const std::string& name) {
    NarrowArray ids;
    ids.reserve(tokens.size(), vocabulary.size() - 1);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i] < 0 || static_cast<std::size_t>(tokens[i]) >= vocabulary.size())
            throw outside(vocabulary, std::to_string(tokens[i]), name, i);
        ids.push_back(static_cast<std::uint64_t>(tokens[i]));
    }
    return ids;
}

}  // namespace

Corpus::Corpus(std::shared_ptr<const Vocabulary> vocabulary, const std::vector<TokenId>& tokens,
               const std::vector<std::size_t>& offsets, CorpusFormat format, std::string name)
    : Corpus(vocabulary, narrowed(*vocabulary, tokens, name), table_of(offsets, tokens.size()), format, name) {}

Corpus::Corpus(std::shared_ptr<const Vocabulary> vocabulary, NarrowArray tokens, DocumentTable documents,
               CorpusFormat format, std::string name)
    : vocabulary_(std::move(vocabulary)), format_(format), name_(std::move(name)) {
    if (documents.size() == 0 || documents.tokens() != tokens.size())
        throw Error(Error::Code::bad_argument, "a corpus needs documents that hold all of its tokens");
    if (tokens.largest() >= vocabulary_->size()) {
        std::size_t i = 0;
        while (tokens[i] < vocabulary_->size()) ++i;
        throw outside(*vocabulary_, std::to_string(tokens[i]), name_, i);
    }
    tokens.shrink();
    documents.shrink();
    tokens_ = std::make_shared<const NarrowArray>(std::move(tokens));
    table_ = std::make_shared<const DocumentTable>(std::move(documents));
    measure();
}

void Corpus::measure() {
    size_ = 0;
    shortest_ = longest_ = length(0);
    const std::size_t count = documents();
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t tokens = length(i);
        size_ += tokens;
        shortest_ = std::min(shortest_, tokens);
        longest_ = std::max(longest_, tokens);
    }
    const std::size_t span = longest_ - shortest_ + 1;
    length_bars_.assign(std::min<std::size_t>(36, span), 0);
    for (std::size_t i = 0; i < count; ++i) ++length_bars_[(length(i) - shortest_) * length_bars_.size() / span];
}

std::shared_ptr<Corpus> Corpus::subset(NarrowArray documents, std::string name) const {
    if (documents.empty()) throw Error(Error::Code::bad_argument, "a corpus needs at least one document");
    auto some = std::make_shared<Corpus>(*this);
    some->warnings_.clear();
    some->name_ = std::move(name);
    if (!sources_.of_document.empty()) {
        some->sources_.of_document.clear();
        for (std::size_t i = 0; i < documents.size(); ++i)
            some->sources_.of_document.push_back(sources_.of_document[static_cast<std::size_t>(documents[i])]);
    }
    if (selected_)
        for (std::size_t i = 0; i < documents.size(); ++i) documents.set(i, (*selected_)[documents[i]]);
    documents.shrink();
    some->selected_ = std::make_shared<const NarrowArray>(std::move(documents));
    some->measure();
    return some;
}

std::shared_ptr<Corpus> Corpus::part(std::size_t first, std::size_t tokens, std::string name) const {
    if (documents() != 1 || tokens == 0 || first + tokens > size_)
        throw Error(Error::Code::bad_argument, "a part is some tokens of the only document");
    DocumentTable table;
    table.add(tokens);
    auto some = std::make_shared<Corpus>(*this);
    some->warnings_.clear();
    some->name_ = std::move(name);
    some->first_token_ += table_->start(selected_ ? static_cast<std::size_t>((*selected_)[0]) : 0) + first;
    some->table_ = std::make_shared<const DocumentTable>(std::move(table));
    some->selected_.reset();
    some->measure();
    return some;
}

std::string Corpus::content_hash() const {
    constexpr std::uint64_t prime = 0x100000001b3U;
    constexpr auto power = [](int n) {
        std::uint64_t result = 1;
        while (n-- > 0) result *= prime;
        return result;
    };
    std::uint64_t hash = 0xcbf29ce484222325U;
    const auto add_byte = [&](unsigned char byte) { hash = (hash ^ byte) * prime; };
    const auto add_number = [&](std::uint64_t value) {  // eight bytes, least significant first, on every machine
        if (value < 256) {                              // seven zero bytes only multiply
            hash = (hash ^ value) * power(8);
            return;
        }
        for (int shift = 0; shift < 64; shift += 8) add_byte(static_cast<unsigned char>(value >> shift));
    };
    add_number(vocabulary_->size());
    for (const std::string& token : vocabulary_->names()) {
        add_number(token.size());
        for (const char c : token) add_byte(static_cast<unsigned char>(c));
    }
    add_number(documents());
    for (std::size_t i = 0; i < documents(); ++i) {
        const TokenView ids = document(i);
        add_number(ids.size());
        for (const TokenId id : ids) add_number(static_cast<std::uint64_t>(id));
    }
    std::string digits(16, '0');
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, hash >>= 4)
        *digit = "0123456789abcdef"[hash & 15];
    return digits;
}

}  // namespace gamegpt
