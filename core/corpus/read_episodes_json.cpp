#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/corpus/format_readers.h"
#include "core/corpus/game_tokens.h"
#include "core/corpus/quote_bytes.h"
#include "core/corpus/utf8.h"

namespace gamegpt {

namespace {

// Takes the parser's events and stops it at the first that does not belong into a list of lists of token IDs, so that
// neither a deep nesting nor a wrong type costs more than reading up to it. Documents and tokens count from 0.
class EpisodesHandler final : public nlohmann::json_sax<nlohmann::json> {
   public:
    EpisodesHandler(std::string_view bytes, const std::string& file) : bytes_(bytes), file_(file) {}

    NarrowArray tokens;
    DocumentTable table;

    bool null() override { refuse("null"); }
    bool boolean(bool value) override { refuse(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override {
        if (value < 0) refuse(std::to_string(value));
        return number_unsigned(static_cast<number_unsigned_t>(value));
    }
    bool number_unsigned(number_unsigned_t value) override {
        if (depth_ != 2 || value >= max_vocabulary_size) refuse(std::to_string(value));
        tokens.push_back(value);
        return true;
    }
    bool number_float(number_float_t, const string_t& text) override { refuse(text.substr(0, 40)); }
    bool string(string_t& value) override { refuse("the string " + quote_bytes(value)); }
    bool binary(binary_t&) override { refuse("binary data"); }
    bool start_object(std::size_t) override { refuse("an object"); }
    bool key(string_t&) override { return false; }
    bool end_object() override { return false; }
    bool start_array(std::size_t) override {
        if (depth_ == 2) refuse("a list");
        ++depth_;
        return true;
    }
    bool end_array() override {
        --depth_;
        if (depth_ == 0) return true;
        if (table.tokens() == tokens.size())
            throw Error(Error::Code::bad_format,
                        "found an empty list in document " + std::to_string(table.size()) +
                            "; a document of one token or more was expected",
                        {file_, {}, {}});
        table.add(tokens.size() - table.tokens());
        return true;
    }
    // `position` counts the bytes that were read, the wrong one included.
    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) override {
        const Where where = {file_, line_of(bytes_, std::min(position, bytes_.size())), {}};
        if (position == 0 || position > bytes_.size())
            throw Error(Error::Code::bad_format,
                        "the JSON is cut off after " + std::to_string(bytes_.size()) + " bytes; ']' was expected",
                        where);
        throw Error(Error::Code::bad_format,
                    "found " + quote_bytes(bytes_.substr(position - 1, 1)) + " at byte " + std::to_string(position) +
                        ", which is not JSON; a list of lists of token IDs was expected",
                    where);
    }

   private:
    [[noreturn]] void refuse(const std::string& found) const {
        const std::string expected[] = {
            "a list of lists of token IDs was expected", "a list of token IDs was expected",
            "a token ID from 0 to " + std::to_string(max_vocabulary_size - 1) + " was expected"};
        const std::string place = depth_ == 0 ? "" : " in document " + std::to_string(table.size());
        Where where = {file_, {}, {}};
        if (depth_ == 2) where.token = tokens.size() - table.tokens();
        throw Error(Error::Code::bad_format, "found " + found + place + "; " + expected[depth_], where);
    }

    std::string_view bytes_;
    const std::string& file_;
    std::size_t depth_ = 0;
};

// What nearly all files are: lists of lists of plain numbers. False, with the rest unread, for everything else; the
// parser above then says what is wrong.
class PlainScanner {
   public:
    PlainScanner(std::string_view bytes, ReadMeter& meter) : bytes_(bytes), meter_(meter) {}

    bool scan(NarrowArray& tokens, DocumentTable& table) {
        if (!take('[')) return false;
        do {
            if (!take('[')) return false;
            do {
                if (!number(tokens)) return false;
            } while (take(','));
            if (!take(']')) return false;
            table.add(tokens.size() - table.tokens());
            meter_.at(at_);
        } while (take(','));
        if (!take(']')) return false;
        skip_space();
        return at_ == bytes_.size();
    }

   private:
    void skip_space() {
        while (at_ < bytes_.size() &&
               (bytes_[at_] == ' ' || bytes_[at_] == '\n' || bytes_[at_] == '\r' || bytes_[at_] == '\t'))
            ++at_;
    }
    bool take(char c) {
        skip_space();
        if (at_ == bytes_.size() || bytes_[at_] != c) return false;
        ++at_;
        return true;
    }
    bool number(NarrowArray& tokens) {
        skip_space();
        const std::size_t first = at_;
        std::size_t value = 0;
        for (; at_ < bytes_.size() && at_ - first < 6; ++at_) {
            const auto digit = static_cast<std::size_t>(static_cast<unsigned char>(bytes_[at_])) - '0';
            if (digit > 9) break;
            value = value * 10 + digit;
        }
        if (at_ == first || (bytes_[first] == '0' && at_ - first > 1) || value >= max_vocabulary_size) return false;
        tokens.push_back(value);
        return true;
    }

    std::string_view bytes_;
    ReadMeter& meter_;
    std::size_t at_ = 0;
};

// The token that all documents start (or end) with, if there are several documents and one such token.
template <class TokenOf>
std::optional<TokenId> common(const Documents& read, TokenOf token_of) {
    const std::size_t documents = read.table.size();
    if (documents < 2) return std::nullopt;
    for (std::size_t i = 1; i < documents; ++i)
        if (read.tokens[token_of(i)] != read.tokens[token_of(0)]) return std::nullopt;
    return static_cast<TokenId>(read.tokens[token_of(0)]);
}

Vocabulary numbers_up_to(std::size_t largest, const Documents& read) {
    const DocumentTable& table = read.table;
    return Vocabulary(Vocabulary::Kind::numbers, Vocabulary::numbers(largest + 1).names(),
                      common(read, [&](std::size_t i) { return table.start(i); }),
                      common(read, [&](std::size_t i) { return table.start(i) + table.length(i) - 1; }));
}

void check_ids(const Documents& read, const std::string& file) {
    for (std::size_t i = 0; i < read.table.size(); ++i)
        for (std::size_t t = 0; t < read.table.length(i); ++t)
            if (const auto id = read.tokens[read.table.start(i) + t]; id >= read.vocabulary->size())
                throw Error(Error::Code::mismatch,
                            "found the token ID " + std::to_string(id) + " in document " + std::to_string(i) +
                                "; the vocabulary has " + std::to_string(read.vocabulary->size()) + " tokens",
                            {file, {}, t});
}

}  // namespace

Documents read_episodes_json(std::string_view bytes, const std::string& file, const ReadOptions& options,
                             ReadMeter& meter) {
    Documents read;
    read.tokens.reserve(bytes.size() / 2);
    meter.stage("Reading the tokens", 0.15, 1, bytes.size());
    if (!PlainScanner(bytes, meter).scan(read.tokens, read.table)) {
        EpisodesHandler handler(bytes, file);
        nlohmann::json::sax_parse(bytes, &handler);
        read.tokens = std::move(handler.tokens);
        read.table = std::move(handler.table);
    }
    if (read.tokens.empty())
        throw Error(Error::Code::bad_format, "found an empty list; at least one document was expected", {file, {}, {}});
    const auto largest = static_cast<std::size_t>(read.tokens.largest());
    if (options.vocabulary) {
        read.vocabulary = options.vocabulary;
        if (largest >= read.vocabulary->size()) check_ids(read, file);
    } else {
        read.vocabulary = std::make_shared<const Vocabulary>(
            largest < std::size_t{game_tokens::count} ? Vocabulary::game() : numbers_up_to(largest, read));
    }
    return read;
}

}  // namespace gamegpt
