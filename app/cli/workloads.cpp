#include "app/cli/workloads.h"

#include "core/base/python_random.h"
#include "core/corpus/readers.h"
#include "core/snake/episodes.h"

namespace gamegpt::cli {

namespace {

// Steps for as long as somebody measures, at a rate that never makes the loss overflow.
TrainConfig steady(int batch) {
    TrainConfig config;
    config.batch = batch;
    config.schedule = Schedule::constant;
    config.learning_rate = 0.001;
    config.held_out_every = 0;
    return config;
}

std::shared_ptr<const Corpus> one_document(const Corpus& corpus) {
    std::vector<TokenId> tokens;
    tokens.reserve(corpus.tokens());
    for (std::size_t i = 0; i < corpus.documents(); ++i) {
        const TokenView document = corpus.document(i);
        tokens.insert(tokens.end(), document.begin(), document.end());
    }
    const std::size_t size = tokens.size();
    return std::make_shared<const Corpus>(corpus.vocabulary_ptr(), tokens, std::vector<std::size_t>{0, size},
                                          corpus.format(), corpus.name());
}

std::shared_ptr<const Corpus> text_corpus() {
    return parse_corpus(random_text(100'000), "random text", CorpusFormat::long_text);
}

}  // namespace

std::unique_ptr<Trainer> Workload::trainer(EngineKind engine, int threads) const {
    TrainConfig config = train;
    config.engine = engine;
    config.threads = threads;
    return make_trainer(model, config, corpus);
}

Workload seed_workload() { return {{}, steady(1), {one_document(*snake::built_in_corpus().train), nullptr}}; }

Workload names_workload() {
    ModelConfig model;
    model.vocab_size = 27;
    model.n_layer = 1;
    model.n_embd = 16;
    model.block_size = 16;
    return {model, steady(1), {parse_corpus(random_names(32'000), "random names", CorpusFormat::lines), nullptr}};
}

Workload small_workload() {
    ModelConfig model;
    model.vocab_size = 65;
    model.n_layer = 4;
    model.n_embd = 128;
    return {model, steady(12), {text_corpus(), nullptr}};
}

Workload bigger_workload() {
    ModelConfig model;
    model.vocab_size = 65;
    model.n_layer = 6;
    model.n_embd = 384;
    model.block_size = 256;
    model.n_head = 6;
    model.init_std = 0.02;
    return {model, steady(8), {text_corpus(), nullptr}};
}

std::string random_names(int count) {
    PythonRandom random(42);
    std::string names;
    for (int i = 0; i < count; ++i) {
        for (std::int64_t letters = random.randint(4, 8); letters > 0; --letters)
            names += static_cast<char>('a' + random.randbelow(26));
        names += '\n';
    }
    return names;
}

std::string random_text(int characters) {
    PythonRandom random(42);
    std::string text(static_cast<std::size_t>(characters), '\n');
    for (char& c : text)
        if (const std::uint64_t i = random.randbelow(65); i > 0) c = static_cast<char>('>' + i);
    return text;
}

}  // namespace gamegpt::cli
