#include "app/cli/workloads.h"
#include "core/corpus/readers.h"
#include "core/snake/episodes.h"
#include "core/snake/replay.h"
#include "core/snake/validity.h"
#include "tests/bench/measure.h"

// What happens before training: making and reading corpora; and judging sequences of the game.
namespace gamegpt::bench {
namespace {

const Corpus& episodes() {
    static const auto corpus = snake::collect({});
    return *corpus;
}

void count_bytes(benchmark::State& state, std::size_t bytes) {
    state.counters["MB/s"] =
        benchmark::Counter(static_cast<double>(bytes) / 1e6, benchmark::Counter::kIsIterationInvariantRate);
}

void count_tokens(benchmark::State& state, std::size_t tokens) {
    state.counters["tokens/s"] =
        benchmark::Counter(static_cast<double>(tokens), benchmark::Counter::kIsIterationInvariantRate);
}

void generate_200_episodes(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(snake::collect({}));
    count_tokens(state, episodes().tokens());
}
BENCHMARK(generate_200_episodes)->Unit(benchmark::kMillisecond);

void write_json(benchmark::State& state) {
    std::size_t bytes = 0;
    for (auto _ : state) bytes = episodes_json(episodes()).size();
    count_bytes(state, bytes);
}
BENCHMARK(write_json)->Unit(benchmark::kMicrosecond);

void read(benchmark::State& state, std::string (*make)(), CorpusFormat format) {
    const std::string bytes = make();
    for (auto _ : state) benchmark::DoNotOptimize(parse_corpus(bytes, "benchmark", format));
    count_bytes(state, bytes.size());
}
BENCHMARK_CAPTURE(
    read, json, [] { return episodes_json(episodes()); }, CorpusFormat::episodes_json)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(
    read, lines, [] { return cli::random_names(32'000); }, CorpusFormat::lines)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(
    read, text, [] { return cli::random_text(1'000'000); }, CorpusFormat::long_text)
    ->Unit(benchmark::kMicrosecond);

template <class Judge>
void judge(benchmark::State& state, Judge judgement) {
    for (auto _ : state)
        for (std::size_t i = 0; i < episodes().documents(); ++i)
            benchmark::DoNotOptimize(judgement(episodes().document(i).to_vector()));
    count_tokens(state, episodes().tokens());
}
BENCHMARK_CAPTURE(judge, validity, snake::validity)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(judge, strict_replay, [](std::span<const TokenId> tokens) {
    return snake::replay(tokens);
})->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace gamegpt::bench
