// The formats whose tokens are characters: a document a line, and one long text.

#include "core/base/error.h"
#include "core/corpus/format_readers.h"
#include "core/corpus/lines.h"
#include "core/corpus/utf8.h"

namespace gamegpt {

namespace {

// Stands for the boundary among code points; one past the last of them, so that it sorts behind all characters.
constexpr TokenId boundary = 0x110000;

// Numbers the code points that occur, in order, and turns `code_points` into these IDs.
Documents number_characters(std::vector<TokenId> code_points, std::vector<std::size_t> offsets) {
    constexpr TokenId absent = -1;
    std::vector<TokenId> ids(boundary + 1, absent);
    for (const TokenId c : code_points) ids[static_cast<std::size_t>(c)] = 0;
    std::vector<std::string> names;
    for (TokenId c = 0; c <= boundary; ++c) {
        TokenId& id = ids[static_cast<std::size_t>(c)];
        if (id == absent) continue;
        id = static_cast<TokenId>(names.size());
        names.push_back(c == boundary ? std::string(boundary_name) : utf8(static_cast<char32_t>(c)));
    }
    for (TokenId& token : code_points) token = ids[static_cast<std::size_t>(token)];
    std::optional<TokenId> bos;
    if (ids[boundary] != absent) bos = ids[boundary];
    return {Vocabulary(Vocabulary::Kind::characters, std::move(names), bos, bos), std::move(code_points), std::move(offsets)};
}

}  // namespace

Documents read_lines(std::string_view bytes, const std::string& file) {
    std::vector<TokenId> tokens;
    tokens.reserve(bytes.size());
    std::vector<std::size_t> offsets = {0};
    for (Lines lines(bytes); lines.next();) {
        if (lines.blank()) continue;
        tokens.push_back(boundary);
        const std::size_t end = lines.start() + lines.text().size();
        for (std::size_t at = lines.start(); at < end;)
            tokens.push_back(static_cast<TokenId>(next_code_point(bytes, at, file)));
        tokens.push_back(boundary);
        offsets.push_back(tokens.size());
    }
    if (offsets.size() == 1)
        throw Error(Error::Code::bad_format, "found only blank lines; a document a line was expected", {file, {}, {}});
    return number_characters(std::move(tokens), std::move(offsets));
}

Documents read_long_text(std::string_view bytes, const std::string& file) {
    std::vector<TokenId> tokens;
    tokens.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        if (bytes.substr(at).starts_with("\r\n")) ++at;
        tokens.push_back(static_cast<TokenId>(next_code_point(bytes, at, file)));
    }
    std::vector<std::size_t> offsets = {0, tokens.size()};
    return number_characters(std::move(tokens), std::move(offsets));
}

}  // namespace gamegpt
