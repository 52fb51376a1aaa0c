#include "core/corpus/readers.h"

#include <filesystem>

#include "core/base/error.h"
#include "core/base/text_file.h"
#include "core/corpus/format_readers.h"
#include "core/corpus/utf8.h"

namespace gamegpt {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

std::string_view without_byte_order_mark(std::string_view bytes) {
    if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
    return bytes;
}

Documents read_as(CorpusFormat format, std::string_view bytes, const std::string& file) {
    switch (format) {
        case CorpusFormat::episodes_json: return read_episodes_json(bytes, file);
        case CorpusFormat::lines: return read_lines(bytes, file);
        case CorpusFormat::token_names: return read_token_names(bytes, file);
        case CorpusFormat::long_text: return read_long_text(bytes, file);
        case CorpusFormat::built_in: break;
    }
    throw Error(Error::Code::bad_argument, "a file cannot be read as the built-in games", {file, {}, {}});
}

}  // namespace

std::shared_ptr<const Corpus> parse_corpus(std::string_view bytes, const std::string& name,
                                           std::optional<CorpusFormat> format) {
    bytes = without_byte_order_mark(bytes);
    if (bytes.empty())
        throw Error(Error::Code::bad_format, "the file is empty; a text or a list of episodes was expected",
                    {name, {}, {}});
    if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos)
        throw Error(Error::Code::bad_format, "found a NUL byte, as binary files have; a text in UTF-8 was expected",
                    {name, line_of(bytes, nul), {}});
    const CorpusFormat read_format = format.value_or(detect_format(bytes));
    std::shared_ptr<const Corpus> corpus;
    try {
        Documents documents = read_as(read_format, bytes, name);
        corpus = std::make_shared<Corpus>(std::make_shared<const Vocabulary>(std::move(documents.vocabulary)),
                                          std::move(documents.tokens), std::move(documents.offsets), read_format,
                                          std::filesystem::path(name).filename().string());
    } catch (const Error& error) {
        if (!error.where().file.empty()) throw;
        throw Error(error.code(), error.message(), {name, {}, {}});  // what the vocabulary refuses: it knows no file
    }
    if (corpus->longest() < 2)
        throw Error(Error::Code::bad_format,
                    "found no document of two tokens or more; a model would have nothing to predict", {name, {}, {}});
    return corpus;
}

std::shared_ptr<const Corpus> read_corpus(const std::string& path, std::optional<CorpusFormat> format) {
    return parse_corpus(read_file(path), path, format);
}

}  // namespace gamegpt
