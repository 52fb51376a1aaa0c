#include "core/corpus/text_encoder.h"

#include "core/base/error.h"
#include "core/corpus/lines.h"
#include "core/corpus/quote_bytes.h"
#include "core/corpus/utf8.h"

namespace gamegpt {

namespace {

constexpr std::size_t most_pieces_kept = std::size_t{1} << 20;

[[noreturn]] void refuse(std::string_view bytes, std::size_t at, std::string_view found, const Vocabulary& vocabulary,
                         const std::string& file) {
    const std::size_t line_feed = at == 0 ? std::string_view::npos : bytes.rfind('\n', at - 1);
    const std::size_t line_start = line_feed == std::string_view::npos ? 0 : line_feed + 1;
    std::string quoted(1, '\'');
    if (code_point_length(found, 0) > 1) quoted.append(found.substr(0, 40)).append(1, '\'');
    else quoted = quote_bytes(found);
    throw Error(Error::Code::mismatch,
                "found " + quoted + " at byte " + std::to_string(at - line_start + 1) +
                    " of the line, which is none of the vocabulary's " + std::to_string(vocabulary.size()) + " tokens",
                {file, line_of(bytes, at), {}});
}

}  // namespace

TextEncoder::TextEncoder(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {
    switch (vocabulary.kind()) {
        case Vocabulary::Kind::characters:
            for (std::size_t id = 0; id < vocabulary.size(); ++id) {
                const std::string& name = vocabulary.names()[id];
                if (vocabulary.is_special(static_cast<TokenId>(id)) || code_point_length(name, 0) != name.size())
                    continue;
                std::size_t at = 0;
                const std::size_t code_point = next_code_point(name, at, {});
                if (by_code_point_.size() <= code_point) by_code_point_.resize(code_point + 1, -1);
                by_code_point_[code_point] = static_cast<TokenId>(id);
            }
            break;
        case Vocabulary::Kind::bytes:
        case Vocabulary::Kind::merges: break;
        default:
            for (std::size_t id = 0; id < vocabulary.size(); ++id) words_[vocabulary.names()[id]] = id + 1;
    }
}

void TextEncoder::encode(std::string_view bytes, std::size_t begin, std::size_t end, const std::string& file,
                         NarrowArray& ids) {
    ids.reserve(0, vocabulary_.size() - 1);
    switch (vocabulary_.kind()) {
        case Vocabulary::Kind::characters:
            if (ids.width() == 1) return characters<std::uint8_t>(bytes, begin, end, file, ids);
            if (ids.width() == 2) return characters<std::uint16_t>(bytes, begin, end, file, ids);
            return characters<std::uint32_t>(bytes, begin, end, file, ids);
        case Vocabulary::Kind::bytes:
            for (std::size_t at = begin; at < end; ++at) ids.push_back(static_cast<unsigned char>(bytes[at]));
            return;
        case Vocabulary::Kind::merges: return merges(bytes.substr(begin, end - begin), ids);
        default: return words(bytes, begin, end, file, ids);
    }
}

template <class Value>
void TextEncoder::characters(std::string_view bytes, std::size_t begin, std::size_t end, const std::string& file,
                             NarrowArray& ids) const {
    const std::size_t before = ids.size();
    auto* const first = reinterpret_cast<Value*>(ids.extend(end - begin));  // at most a token a byte
    Value* out = first;
    const TokenId* const by_code_point = by_code_point_.data();
    const std::size_t known = by_code_point_.size();
    const auto id_of = [&](std::size_t code_point) { return code_point < known ? by_code_point[code_point] : -1; };
    for (std::size_t at = begin; at < end; ++out) {
        const auto byte = static_cast<unsigned char>(bytes[at]);
        std::size_t behind = at + 1;
        TokenId id = -1;
        if (byte < 0x80) {
            id = id_of(byte);
        } else {
            std::size_t next = at;  // not `behind`: what has an address is not kept in a register
            id = id_of(next_code_point(bytes, next, file));
            behind = next;
        }
        if (id < 0) refuse(bytes, at, bytes.substr(at, behind - at), vocabulary_, file);
        *out = static_cast<Value>(id);
        at = behind;
    }
    ids.resize(before + static_cast<std::size_t>(out - first));
}

std::span<const TokenId> TextEncoder::tokens_of(std::string_view piece) {
    if (const std::uint64_t* known = words_.find(piece)) {
        const auto place = static_cast<std::size_t>(*known);
        return std::span(piece_tokens_).subspan(place + 1, static_cast<std::size_t>(piece_tokens_[place]));
    }
    encoded_.clear();
    vocabulary_.merge_table().encode(piece, encoded_);
    if (words_.size() < most_pieces_kept) {
        words_[piece] = piece_tokens_.size();
        piece_tokens_.push_back(static_cast<TokenId>(encoded_.size()));
        piece_tokens_.insert(piece_tokens_.end(), encoded_.begin(), encoded_.end());
    }
    return encoded_;
}

void TextEncoder::merges(std::string_view text, NarrowArray& ids) {
    for (auto piece = take_piece(text); !piece.empty(); piece = take_piece(text))
        for (const TokenId token : tokens_of(piece)) ids.push_back(static_cast<std::uint64_t>(token));
}

void TextEncoder::words(std::string_view bytes, std::size_t begin, std::size_t end, const std::string& file,
                        NarrowArray& ids) {
    std::string_view rest = bytes.substr(begin, end - begin);
    for (auto word = take_word(rest); !word.empty(); word = take_word(rest)) {
        const std::uint64_t* const known = words_.find(word);
        if (known == nullptr && !vocabulary_.unknown())
            refuse(bytes, static_cast<std::size_t>(word.data() - bytes.data()), word, vocabulary_, file);
        ids.push_back(known == nullptr ? static_cast<std::uint64_t>(*vocabulary_.unknown()) : *known - 1);
    }
}

}  // namespace gamegpt
