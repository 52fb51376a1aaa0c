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

    std::vector<TokenId> tokens;
    std::vector<std::size_t> offsets = {0};

    bool null() override { refuse("null"); }
    bool boolean(bool value) override { refuse(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override {
        if (value < 0) refuse(std::to_string(value));
        return number_unsigned(static_cast<number_unsigned_t>(value));
    }
    bool number_unsigned(number_unsigned_t value) override {
        if (depth_ != 2 || value >= max_vocabulary_size) refuse(std::to_string(value));
        tokens.push_back(static_cast<TokenId>(value));
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
        if (offsets.back() == tokens.size())
            throw Error(Error::Code::bad_format,
                        "found an empty list in document " + std::to_string(offsets.size() - 1) +
                            "; a document of one token or more was expected",
                        {file_, {}, {}});
        offsets.push_back(tokens.size());
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
        const std::string place = depth_ == 0 ? "" : " in document " + std::to_string(offsets.size() - 1);
        Where where = {file_, {}, {}};
        if (depth_ == 2) where.token = tokens.size() - offsets.back();
        throw Error(Error::Code::bad_format, "found " + found + place + "; " + expected[depth_], where);
    }

    std::string_view bytes_;
    const std::string& file_;
    std::size_t depth_ = 0;
};

// The token that all documents start (or end) with, if there are several documents and one such token.
template <typename TokenOf>
std::optional<TokenId> common(std::size_t documents, TokenOf token_of) {
    if (documents < 2) return std::nullopt;
    for (std::size_t i = 1; i < documents; ++i)
        if (token_of(i) != token_of(0)) return std::nullopt;
    return token_of(0);
}

Vocabulary numbers_up_to(TokenId largest, const std::vector<TokenId>& tokens, const std::vector<std::size_t>& offsets) {
    const std::size_t documents = offsets.size() - 1;
    return Vocabulary(Vocabulary::Kind::numbers, Vocabulary::numbers(static_cast<std::size_t>(largest) + 1).names(),
                      common(documents, [&](std::size_t i) { return tokens[offsets[i]]; }),
                      common(documents, [&](std::size_t i) { return tokens[offsets[i + 1] - 1]; }));
}

}  // namespace

Documents read_episodes_json(std::string_view bytes, const std::string& file) {
    EpisodesHandler handler(bytes, file);
    handler.tokens.reserve(bytes.size() / 4);
    nlohmann::json::sax_parse(bytes, &handler);
    if (handler.tokens.empty())
        throw Error(Error::Code::bad_format, "found an empty list; at least one document was expected", {file, {}, {}});
    const TokenId largest = *std::max_element(handler.tokens.begin(), handler.tokens.end());
    Vocabulary vocabulary =
        largest < game_tokens::count ? Vocabulary::game() : numbers_up_to(largest, handler.tokens, handler.offsets);
    return {std::move(vocabulary), std::move(handler.tokens), std::move(handler.offsets)};
}

}  // namespace gamegpt
