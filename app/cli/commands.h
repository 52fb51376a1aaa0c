#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>

#include "core/corpus/corpus.h"
#include "core/engine/engine.h"
#include "core/model/weights.h"
#include "core/play/grammar.h"
#include "core/sample/generate.h"

namespace gamegpt::cli {

struct Streams {
    std::ostream& out;
    std::ostream& err;
};

// Each adds one subcommand with its options; the command runs when its name was given.
void add_generate(CLI::App& app, Streams streams);
void add_train(CLI::App& app, Streams streams);
void add_sample(CLI::App& app, Streams streams);
void add_eval(CLI::App& app, Streams streams);
void add_trace(CLI::App& app, Streams streams);
void add_info(CLI::App& app, Streams streams);
void add_demo(CLI::App& app, Streams streams);
void add_bench(CLI::App& app, Streams streams);
void add_validate(CLI::App& app, Streams streams);
void add_sweep(CLI::App& app, Streams streams);
void add_play(CLI::App& app, Streams streams);

// --engine fast|fast64|reference.
void add_engine_option(CLI::App& command, EngineKind& engine);

// --weights F and --n-head N: a weights file tells its shape but not the number of heads.
struct WeightsOptions {
    std::string path;
    int n_head = 4;

    void add_to(CLI::App& command, bool required = true);
    Weights load() const;
};

// --corpus F, --format, --vocabulary and --merges; without a file the built-in corpus.
struct CorpusOptions {
    std::string path;
    std::string format;
    std::string tokens;  // --vocabulary; empty for characters
    std::size_t merges = 256;

    void add_to(CLI::App& command);
    bool built_in() const { return path.empty(); }
    std::shared_ptr<const Corpus> load() const;
    // For weights with a vocabulary file beside them: throws Error (mismatch) when the corpus does not have their
    // tokens. Where --vocabulary does not say otherwise, bytes, words and merges are taken as the weights have them.
    std::shared_ptr<const Corpus> load_for(const std::string& weights) const;
    // `held_out` is a share of a file's documents; any share above 0 gives the built-in corpus its fresh episodes.
    CorpusSplit load(double held_out, std::uint64_t seed, const std::string& weights = {}) const;
};

// --board, --ticks, --snapshots: what games are played, written down and judged by.
struct RulesOptions {
    snake::GameRules rules;

    void add_to(CLI::App& command);
};

// --preset, --temperature, --top-k, --top-p, --min-p, --repetition-penalty, --seed, --constrained, --slide, --length:
// how sequences are drawn.
struct DrawOptions {
    SampleSettings settings;
    std::string preset;  // a name of sample_presets; what is given beside it counts
    std::optional<double> temperature;
    bool constrained = false;

    // Without, the command has temperatures of its own.
    void add_to(CLI::App& command, bool with_temperature = true);
    // With start and stop of the vocabulary. The grammar may be null, but not with --constrained: throws Error
    // (mismatch) then.
    SampleSettings settings_for(const Vocabulary& vocabulary,
                                const std::shared_ptr<const play::Grammar>& grammar) const;
};

// The grammar of a model's sequences, Snake's by these rules; null if there is none.
std::shared_ptr<const play::Grammar> grammar_for(const std::shared_ptr<const Vocabulary>& vocabulary,
                                                 const snake::GameRules& rules);
// The same, or Error (mismatch).
std::shared_ptr<const play::Grammar> require_grammar(std::shared_ptr<const play::Grammar> grammar);

// The names of a model's tokens: the corpus's if one is given (it must fit), those of the file beside the weights, the
// game's for 74 tokens, else numbers.
std::shared_ptr<const Vocabulary> vocabulary_for(const ModelConfig& config, const CorpusOptions& corpus,
                                                 const std::string& weights = {});

// A number with thousands separated: "102,161".
std::string grouped(std::int64_t number);

}  // namespace gamegpt::cli
