#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "core/base/error.h"
#include "core/corpus/format_readers.h"
#include "core/corpus/lines.h"
#include "core/corpus/utf8.h"

namespace gamegpt {

namespace {

// The lines' words, numbered in the order in which they first occur.
struct Words {
    std::vector<std::string_view> names;
    std::vector<TokenId> tokens;
    std::vector<std::size_t> offsets = {0};
};

Words split_into_words(std::string_view bytes, const std::string& file) {
    Words words;
    std::unordered_map<std::string_view, TokenId> ids;
    for (Lines lines(bytes); lines.next();) {
        if (lines.blank()) continue;
        std::string_view rest = lines.text();
        for (auto word = take_word(rest); !word.empty(); word = take_word(rest)) {
            const auto [found, is_new] = ids.emplace(word, static_cast<TokenId>(words.names.size()));
            if (is_new) {
                if (word == boundary_name)
                    throw Error(Error::Code::bad_format,
                                "found the word '<BOS>', the name of the token that is put around each line; "
                                "lines without it were expected",
                                {file, lines.number(), {}});
                words.names.push_back(word);
            }
            words.tokens.push_back(found->second);
        }
        words.offsets.push_back(words.tokens.size());
    }
    if (words.names.empty())
        throw Error(Error::Code::bad_format, "found only blank lines; a document of token names a line was expected",
                    {file, {}, {}});
    return words;
}

// The game's IDs of the words, or nothing if one of them is no token of the game.
std::optional<std::vector<TokenId>> ids_in(const Vocabulary& game, const Words& words) {
    std::vector<TokenId> ids;
    for (const std::string_view name : words.names) {
        const auto id = game.find(name);
        if (!id) return std::nullopt;
        ids.push_back(*id);
    }
    return ids;
}

// The words sorted, then the boundary, which is put around each document.
Documents with_own_vocabulary(const Words& words) {
    std::vector<TokenId> order(words.names.size());
    std::iota(order.begin(), order.end(), 0);
    const auto name_of = [&](TokenId id) { return words.names[static_cast<std::size_t>(id)]; };
    std::sort(order.begin(), order.end(), [&](TokenId a, TokenId b) { return name_of(a) < name_of(b); });
    std::vector<std::string> names;
    std::vector<TokenId> ids(order.size());
    for (const TokenId word : order) {
        ids[static_cast<std::size_t>(word)] = static_cast<TokenId>(names.size());
        names.emplace_back(name_of(word));
    }
    const auto boundary = static_cast<TokenId>(names.size());
    names.emplace_back(boundary_name);

    std::vector<TokenId> tokens;
    std::vector<std::size_t> offsets = {0};
    for (std::size_t i = 0; i + 1 < words.offsets.size(); ++i) {
        tokens.push_back(boundary);
        for (std::size_t t = words.offsets[i]; t < words.offsets[i + 1]; ++t)
            tokens.push_back(ids[static_cast<std::size_t>(words.tokens[t])]);
        tokens.push_back(boundary);
        offsets.push_back(tokens.size());
    }
    return {Vocabulary(Vocabulary::Kind::words, std::move(names), boundary, boundary), std::move(tokens),
            std::move(offsets)};
}

}  // namespace

Documents read_token_names(std::string_view bytes, const std::string& file) {
    for (std::size_t at = 0; at < bytes.size();) next_code_point(bytes, at, file);  // refuses what is not UTF-8
    Words words = split_into_words(bytes, file);
    Vocabulary game = Vocabulary::game();
    const auto ids = ids_in(game, words);
    if (!ids) return with_own_vocabulary(words);
    for (TokenId& token : words.tokens) token = (*ids)[static_cast<std::size_t>(token)];
    return {std::move(game), std::move(words.tokens), std::move(words.offsets)};
}

}  // namespace gamegpt
