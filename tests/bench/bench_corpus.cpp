#include "app/cli/workloads.h"
#include "core/corpus/readers.h"
#include "core/snake/episodes.h"
#include "tests/bench/measure.h"

// What happens before training: writing and reading corpora.
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

}  // namespace
}  // namespace gamegpt::bench
