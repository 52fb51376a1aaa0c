#pragma once

#include <array>
#include <exception>
#include <optional>
#include <string_view>

#include "core/base/error.h"
#include "core/corpus/readers.h"
#include "core/formats/vocabulary_json.h"
#include "core/formats/weights_text.h"
#include "core/model/config.h"

// What a fuzz target does with one input; shared by the libFuzzer programs and tests/core/tst_fuzz_corpus.cpp. Whatever
// the bytes are, a reader gives a result or throws gamegpt::Error; anything else leaves these functions and is a bug.
namespace gamegpt::fuzz {

inline void readers(std::string_view bytes) {
    constexpr std::array<std::optional<CorpusFormat>, 5> formats = {std::nullopt, CorpusFormat::episodes_json,
                                                                    CorpusFormat::lines, CorpusFormat::token_names,
                                                                    CorpusFormat::long_text};
    for (const auto& format : formats) {
        try {
            const auto corpus = parse_corpus(bytes, "fuzz", format);
            if (corpus->format() == CorpusFormat::episodes_json &&
                parse_corpus(episodes_json(*corpus), "fuzz")->content_hash() != corpus->content_hash())
                std::terminate();
        } catch (const Error&) {
        }
    }
    for (const auto tokens : {TextTokens::bytes, TextTokens::words, TextTokens::merges})
        for (const auto format : {CorpusFormat::lines, CorpusFormat::long_text}) {
            try {
                ReadOptions options;
                options.format = format;
                options.tokens = tokens;
                options.merges = 8;
                const auto corpus = parse_corpus(bytes, "fuzz", options);
                options.vocabulary = corpus->vocabulary_ptr();
                if (parse_corpus(bytes, "fuzz", options)->content_hash() != corpus->content_hash()) std::terminate();
            } catch (const Error&) {
            }
        }
}

// What can be read is written back to the same vocabulary.
inline void vocabulary(std::string_view bytes) {
    try {
        const Vocabulary read = parse_vocabulary_json(bytes, "fuzz");
        const std::string written = vocabulary_json(read);
        if (vocabulary_json(parse_vocabulary_json(written, "fuzz")) != written) std::terminate();
        static_cast<void>(read.encode(bytes));
    } catch (const Error&) {
    }
}

inline void weights_text(std::string_view bytes) {
    ModelConfig config;
    config.vocab_size = 2;
    config.n_layer = 1;
    config.n_embd = 2;
    config.block_size = 2;
    config.n_head = 1;
    try {
        parse_weights_text(bytes, "fuzz", config);
    } catch (const Error&) {
    }
    try {
        shape_of_weights_text(bytes, "fuzz", 1);
    } catch (const Error&) {
    }
}

}  // namespace gamegpt::fuzz
