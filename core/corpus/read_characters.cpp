// The formats whose tokens are characters: a document a line, and one long text.

#include <algorithm>

#include "core/base/error.h"
#include "core/corpus/format_readers.h"
#include "core/corpus/lines.h"
#include "core/corpus/utf8.h"

namespace gamegpt {

namespace {

constexpr TokenId boundary = -1;  // stands for the boundary among code points

// Numbers the code points that occur, in order, then the boundary if there is one, and turns `code_points` into these
// IDs.
Documents number_characters(std::vector<TokenId> code_points, std::vector<std::size_t> offsets) {
    constexpr TokenId absent = -1;
    const TokenId largest = *std::max_element(code_points.begin(), code_points.end());
    std::vector<TokenId> ids(static_cast<std::size_t>(largest) + 1, absent);
    for (const TokenId c : code_points)
        if (c != boundary) ids[static_cast<std::size_t>(c)] = 0;
    std::vector<std::string> names;
    for (std::size_t c = 0; c < ids.size(); ++c) {
        if (ids[c] == absent) continue;
        ids[c] = static_cast<TokenId>(names.size());
        names.push_back(utf8(static_cast<char32_t>(c)));
    }
    std::optional<TokenId> boundary_id;
    if (code_points.front() == boundary) {
        boundary_id = static_cast<TokenId>(names.size());
        names.emplace_back(boundary_name);
    }
    for (TokenId& token : code_points) token = token == boundary ? *boundary_id : ids[static_cast<std::size_t>(token)];
    return {Vocabulary(Vocabulary::Kind::characters, std::move(names), boundary_id, boundary_id),
            std::move(code_points), std::move(offsets)};
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
