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

Corpus::Corpus(std::shared_ptr<const Vocabulary> vocabulary, std::vector<TokenId> tokens,
               std::vector<std::size_t> offsets, CorpusFormat format, std::string name)
    : vocabulary_(std::move(vocabulary)),
      tokens_(std::move(tokens)),
      offsets_(std::move(offsets)),
      format_(format),
      name_(std::move(name)) {
    if (offsets_.size() < 2 || offsets_.front() != 0 || offsets_.back() != tokens_.size() ||
        !std::is_sorted(offsets_.begin(), offsets_.end()))
        throw Error(Error::Code::bad_argument,
                    "a corpus needs documents whose offsets rise from 0 to the number of tokens");
    for (std::size_t i = 0; i < tokens_.size(); ++i)
        if (tokens_[i] < 0 || static_cast<std::size_t>(tokens_[i]) >= vocabulary_->size())
            throw Error(Error::Code::bad_argument,
                        "the ID " + std::to_string(tokens_[i]) + " is outside the vocabulary; 0 to " +
                            std::to_string(vocabulary_->size() - 1) + " was expected",
                        {name_, {}, i});
    shortest_ = longest_ = document(0).size();
    for (std::size_t i = 1; i < documents(); ++i) {
        shortest_ = std::min(shortest_, document(i).size());
        longest_ = std::max(longest_, document(i).size());
    }
}

std::string Corpus::content_hash() const {
    std::uint64_t hash = 0xcbf29ce484222325U;
    const auto add_byte = [&](unsigned char byte) { hash = (hash ^ byte) * 0x100000001b3U; };
    const auto add_number = [&](std::uint64_t value) {  // least significant byte first, on every machine
        for (int shift = 0; shift < 64; shift += 8) add_byte(static_cast<unsigned char>(value >> shift));
    };
    add_number(vocabulary_->size());
    for (const std::string& token : vocabulary_->names()) {
        add_number(token.size());
        for (const char c : token) add_byte(static_cast<unsigned char>(c));
    }
    add_number(documents());
    for (std::size_t i = 0; i < documents(); ++i) {
        add_number(document(i).size());
        for (const TokenId id : document(i)) add_number(static_cast<std::uint64_t>(id));
    }
    std::string digits(16, '0');
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, hash >>= 4)
        *digit = "0123456789abcdef"[hash & 15];
    return digits;
}

}  // namespace gamegpt
