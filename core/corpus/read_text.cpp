// The formats that are text: a document a line, token names, and one long text. Two passes: the first finds the
// vocabulary, the second writes the tokens.

#include "core/base/error.h"
#include "core/corpus/format_readers.h"
#include "core/corpus/text_encoder.h"

namespace gamegpt {

std::size_t place_to_cut(std::string_view bytes, std::size_t at) {
    const auto space = [&](std::size_t i) { return bytes[i] == ' ' || (bytes[i] >= '\t' && bytes[i] <= '\r'); };
    for (; at + 1 < bytes.size(); ++at)
        if (space(at) && !space(at - 1) && !space(at + 1)) return at;
    return bytes.size();
}

Documents read_text(std::string_view bytes, const std::string& file, CorpusFormat format, const ReadOptions& options,
                    ReadMeter& meter) {
    Documents read;
    read.vocabulary =
        options.vocabulary
            ? options.vocabulary
            : std::make_shared<const Vocabulary>(text_vocabulary(bytes, file, format, options, meter, read.warnings));
    const Vocabulary& vocabulary = *read.vocabulary;
    const bool bounded = format != CorpusFormat::long_text && vocabulary.kind() != Vocabulary::Kind::game;
    TextEncoder encoder(vocabulary);
    if (vocabulary.joins()) read.tokens.reserve(bytes.size() + 2, vocabulary.size() - 1);
    else read.tokens.reserve(0, vocabulary.size() - 1);
    meter.stage("Writing the tokens", vocabulary.kind() == Vocabulary::Kind::merges ? 0.7 : 0.4, 1, bytes.size());
    std::size_t before = 0;
    for_documents(bytes, format, meter, [&](std::size_t begin, std::size_t end, std::size_t) {
        if (bounded && vocabulary.bos()) read.tokens.push_back(static_cast<std::uint64_t>(*vocabulary.bos()));
        for_blocks(bytes, begin, end, meter,
                   [&](std::size_t from, std::size_t to) { encoder.encode(bytes, from, to, file, read.tokens); });
        if (bounded && vocabulary.eos()) read.tokens.push_back(static_cast<std::uint64_t>(*vocabulary.eos()));
        read.table.add(read.tokens.size() - before);
        before = read.tokens.size();
    });
    if (read.tokens.empty())
        throw Error(Error::Code::bad_format, "found only blank lines; a document a line was expected", {file, {}, {}});
    return read;
}

}  // namespace gamegpt
