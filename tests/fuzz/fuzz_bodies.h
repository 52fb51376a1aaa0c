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
#include "core/snake/film.h"
#include "core/snake/referee.h"
#include "core/snake/validity.h"
#include "tests/core/slow_replay.h"

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

inline void require(bool holds) {
    if (!holds) std::terminate();
}

// A sequence of any IDs, a byte each, judged by rules that the first bytes choose.
inline void games(std::string_view bytes) {
    constexpr std::size_t header = 2;
    if (bytes.size() < header) return;
    const auto byte = [&](std::size_t i) { return static_cast<int>(static_cast<unsigned char>(bytes[i])); };
    const snake::GameRules rules{2 + byte(0) % 9, 1 + byte(1) / 8, 1 + byte(1) % 8};
    std::vector<TokenId> tokens;
    for (std::size_t i = header; i < std::min<std::size_t>(bytes.size(), 300); ++i) tokens.push_back(byte(i) - 2);

    const snake::Validity judged = snake::validity(tokens);
    const slow::Tiers tiers = slow::tiers(tokens);
    require(judged.structural == tiers.structural && judged.physical == tiers.physical && judged.rules == tiers.rules);
    require(!judged.first_break() || judged.first_break()->token <= tokens.size());

    const slow::Replay expected = slow::replay(tokens, rules);
    snake::Referee referee(rules);
    std::size_t at = 0;
    while (at < tokens.size() && referee.push(tokens[at])) ++at;
    require(at == expected.legal);
    const auto legal = referee.legal();
    require(std::equal(legal.begin(), legal.end(), expected.next.begin(), expected.next.end()));

    const snake::Replay played = snake::replay(tokens, rules);
    const snake::Film film = snake::film(tokens, rules);
    require(played.legal() == (at == tokens.size()) && film.first_error.has_value() == !played.legal());
    require(played.legal() || (played.first_error->token == at && film.first_error->token == at));
    require(film.frames.size() == expected.states.size());
    std::size_t begin = 0;
    for (std::size_t i = 0; i < film.frames.size(); ++i) {
        require(film.frames[i].begin == begin && film.frames[i].end <= at);
        require(film.frames[i].state == expected.states[i]);
        begin = film.frames[i].end;
    }
}

}  // namespace gamegpt::fuzz
