#include "app/cli/commands.h"
#include "core/base/error.h"
#include "core/corpus/readers.h"
#include "core/formats/vocabulary_json.h"
#include "core/formats/weights_text.h"
#include "core/snake/episodes.h"
#include "core/train/evaluate.h"

namespace gamegpt::cli {

void add_engine_option(CLI::App& command, EngineKind& engine) {
    static const std::map<std::string, EngineKind> kinds{
        {"fast", EngineKind::fast32}, {"fast64", EngineKind::fast64}, {"reference", EngineKind::reference}};
    command.add_option("--engine", engine, "fast (float), fast64 (double) or reference (the whole autograd graph)")
        ->transform(CLI::CheckedTransformer(kinds).description(""))
        ->type_name("NAME");
}

void WeightsOptions::add_to(CLI::App& command, bool required) {
    command.add_option("--weights", path, "weights file, a line per matrix row: name|row|values")
        ->required(required)
        ->type_name("FILE");
    command.add_option("--n-head", n_head, "attention heads, which the file does not tell")
        ->capture_default_str()
        ->type_name("N");
}

Weights WeightsOptions::load() const { return load_weights_text(path, n_head); }

namespace {
const std::map<std::string, CorpusFormat>& formats() {
    static const std::map<std::string, CorpusFormat> names{{"json", CorpusFormat::episodes_json},
                                                           {"lines", CorpusFormat::lines},
                                                           {"names", CorpusFormat::token_names},
                                                           {"text", CorpusFormat::long_text}};
    return names;
}
const std::map<std::string, TextTokens>& vocabularies() {
    static const std::map<std::string, TextTokens> names{{"characters", TextTokens::characters},
                                                         {"bytes", TextTokens::bytes},
                                                         {"words", TextTokens::words},
                                                         {"merges", TextTokens::merges}};
    return names;
}
}  // namespace

void CorpusOptions::add_to(CLI::App& command) {
    command.add_option("--corpus", path, "corpus file; without it the built-in 200 Snake episodes")->type_name("FILE");
    command
        .add_option(
            "--format", format,
            "how to read the corpus: json (lists of token IDs), lines (a document a line), names (token names), "
            "text (one long text); found out when not given")
        ->check(CLI::IsMember(formats()).description(""))
        ->type_name("NAME");
    command
        .add_option("--vocabulary", tokens,
                    "tokens of a text: characters, bytes, words (between white space) or merges (byte pairs learnt "
                    "from the text); characters when not given")
        ->check(CLI::IsMember(vocabularies()).description(""))
        ->type_name("NAME");
    command.add_option("--merges", merges, "byte-pair merges to learn")
        ->capture_default_str()
        ->check(CLI::Range(std::size_t{0}, max_vocabulary_size - byte_tokens - 1).description(""))
        ->type_name("N");
}

namespace {
std::shared_ptr<const Corpus> read(const CorpusOptions& corpus, std::shared_ptr<const Vocabulary> vocabulary) {
    ReadOptions options;
    if (!corpus.format.empty()) options.format = formats().at(corpus.format);
    if (!corpus.tokens.empty()) options.tokens = vocabularies().at(corpus.tokens);
    options.merges = corpus.merges;
    options.vocabulary = std::move(vocabulary);
    return read_corpus(corpus.path, options);
}
}  // namespace

std::shared_ptr<const Corpus> CorpusOptions::load() const {
    if (built_in()) return snake::built_in_corpus().train;
    return read(*this, nullptr);
}

std::shared_ptr<const Corpus> CorpusOptions::load_for(const std::string& weights) const {
    const auto known = weights.empty() ? nullptr : vocabulary_beside(weights);
    if (!known) return load();
    using Kind = Vocabulary::Kind;
    const bool takes = known->kind() == Kind::bytes || known->kind() == Kind::words || known->kind() == Kind::merges;
    const auto corpus = !built_in() && tokens.empty() && takes ? read(*this, known) : load();
    check_same_tokens(*known, *corpus);
    return corpus;
}

CorpusSplit CorpusOptions::load(double held_out, std::uint64_t seed, const std::string& weights) const {
    if (!built_in()) return split(load_for(weights), held_out, seed);
    CorpusSplit corpus = snake::built_in_corpus();
    if (held_out == 0) corpus.held_out = nullptr;
    return corpus;
}

std::shared_ptr<const Vocabulary> vocabulary_for(const ModelConfig& config, const CorpusOptions& corpus,
                                                 const std::string& weights) {
    if (!corpus.built_in()) {
        const auto given = corpus.load_for(weights);
        check_fit(config, *given);
        return given->vocabulary_ptr();
    }
    if (const auto known = weights.empty() ? nullptr : vocabulary_beside(weights)) {
        if (known->size() != static_cast<std::size_t>(config.vocab_size))
            throw Error(Error::Code::mismatch,
                        "the weights know " + std::to_string(config.vocab_size) + " tokens, but their vocabulary has " +
                            std::to_string(known->size()),
                        {vocabulary_path(weights), {}, {}});
        return known;
    }
    auto game = std::make_shared<const Vocabulary>(Vocabulary::game());
    if (static_cast<std::size_t>(config.vocab_size) == game->size()) return game;
    return std::make_shared<const Vocabulary>(Vocabulary::numbers(static_cast<std::size_t>(config.vocab_size)));
}

std::string grouped(std::int64_t number) {
    std::string digits = std::to_string(number);
    for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > (number < 0 ? 1 : 0); i -= 3)
        digits.insert(static_cast<std::size_t>(i), ",");
    return digits;
}

}  // namespace gamegpt::cli
