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

Documents read_as(CorpusFormat format, std::string_view bytes, const std::string& file, const ReadOptions& options,
                  ReadMeter& meter) {
    switch (format) {
        case CorpusFormat::episodes_json: return read_episodes_json(bytes, file, options, meter);
        case CorpusFormat::lines:
        case CorpusFormat::token_names:
        case CorpusFormat::long_text: return read_text(bytes, file, format, options, meter);
        case CorpusFormat::built_in: break;
    }
    throw Error(Error::Code::bad_argument, "a file cannot be read as the built-in games", {file, {}, {}});
}

// \r\n becomes \n.
void simplify_line_ends(std::string& bytes) {
    std::size_t from = bytes.find("\r\n");
    if (from == std::string::npos) return;
    std::size_t to = from;
    for (; from < bytes.size(); ++from)
        if (bytes[from] != '\r' || from + 1 == bytes.size() || bytes[from + 1] != '\n') bytes[to++] = bytes[from];
    bytes.resize(to);
}

// The bytes go as soon as the tokens are there.
Documents read_documents(std::string all, const std::string& name, CorpusFormat& format, const ReadOptions& options,
                         ReadMeter& meter) {
    std::string_view bytes = without_byte_order_mark(all);
    if (bytes.empty())
        throw Error(Error::Code::bad_format, "the file is empty; a text or a list of episodes was expected",
                    {name, {}, {}});
    if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos)
        throw Error(Error::Code::bad_format, "found a NUL byte, as binary files have; a text in UTF-8 was expected",
                    {name, line_of(bytes, nul), {}});
    format = options.format.value_or(detect_format(bytes));
    if (format == CorpusFormat::long_text) {
        simplify_line_ends(all);
        bytes = without_byte_order_mark(all);
    }
    return read_as(format, bytes, name, options, meter);
}

std::shared_ptr<const Corpus> parse(std::string bytes, const std::string& name, const ReadOptions& options,
                                    ReadMeter& meter) {
    std::shared_ptr<Corpus> corpus;
    try {
        CorpusFormat format{};
        Documents read = read_documents(std::move(bytes), name, format, options, meter);
        corpus = std::make_shared<Corpus>(std::move(read.vocabulary), std::move(read.tokens), std::move(read.table),
                                          format, std::filesystem::path(name).filename().string());
        for (std::string& warning : read.warnings) corpus->add_warning(std::move(warning));
    } catch (const Error& error) {
        if (!error.where().file.empty()) throw;
        throw Error(error.code(), error.message(), {name, {}, {}});  // what the vocabulary refuses: it knows no file
    }
    if (corpus->longest() < 2)
        throw Error(Error::Code::bad_format,
                    "found no document of two tokens or more; a model would have nothing to predict", {name, {}, {}});
    return corpus;
}

ReadOptions with_format(std::optional<CorpusFormat> format) {
    ReadOptions options;
    options.format = format;
    return options;
}

}  // namespace

std::shared_ptr<const Corpus> parse_corpus(std::string_view bytes, const std::string& name,
                                           const ReadOptions& options) {
    try {
        ReadMeter meter(options.progress);
        return parse(std::string(bytes), name, options, meter);
    } catch (const ReadCancelled&) {
        return nullptr;
    }
}

std::shared_ptr<const Corpus> parse_corpus(std::string_view bytes, const std::string& name,
                                           std::optional<CorpusFormat> format) {
    return parse_corpus(bytes, name, with_format(format));
}

std::shared_ptr<const Corpus> read_corpus(const std::string& path, const ReadOptions& options) {
    try {
        ReadMeter meter(options.progress);
        meter.stage("Reading the file", 0, 0.15, 1);
        std::string bytes = read_file(path, largest_file, [&](double share) { meter.report(share); });
        return parse(std::move(bytes), path, options, meter);
    } catch (const ReadCancelled&) {
        return nullptr;
    }
}

std::shared_ptr<const Corpus> read_corpus(const std::string& path, std::optional<CorpusFormat> format) {
    return read_corpus(path, with_format(format));
}

}  // namespace gamegpt
