#include <algorithm>
#include <filesystem>

#include "app/cli/workloads.h"
#include "core/base/text_file.h"
#include "core/corpus/readers.h"
#include "core/corpus/search.h"
#include "core/corpus/statistics.h"
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

// What tokens a text falls into: the same text, from its bytes to a corpus.
void read_tokens(benchmark::State& state, TextTokens tokens) {
    std::string bytes = cli::random_names(150'000);
    std::replace(bytes.begin(), bytes.end(), '\n', ' ');
    ReadOptions options;
    options.format = CorpusFormat::long_text;
    options.tokens = tokens;
    for (auto _ : state) benchmark::DoNotOptimize(parse_corpus(bytes, "benchmark", options));
    count_bytes(state, bytes.size());
}
BENCHMARK_CAPTURE(read_tokens, characters, TextTokens::characters)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_tokens, bytes, TextTokens::bytes)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_tokens, words, TextTokens::words)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_tokens, merges, TextTokens::merges)->Unit(benchmark::kMillisecond);

// A file on the disk, as a user opens it: reading, checking, tokens.
void load_file(benchmark::State& state) {
    const std::string path = std::filesystem::temp_directory_path() / "gamegpt-bench-names.txt";
    const std::string names = cli::random_names(1'000'000);
    replace_file(path, [&](std::ostream& out) { out << names; });
    for (auto _ : state) benchmark::DoNotOptimize(read_corpus(path));
    count_bytes(state, names.size());
    std::filesystem::remove(path);
}
BENCHMARK(load_file)->Unit(benchmark::kMillisecond);

void statistics(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(corpus_statistics(episodes(), 64));
    state.counters["tokens/s"] =
        benchmark::Counter(static_cast<double>(episodes().tokens()), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(statistics)->Unit(benchmark::kMicrosecond);

void search(benchmark::State& state) {
    const std::vector<TokenId> wanted = episodes().vocabulary().encode("EOS BOS");  // nowhere
    for (auto _ : state) benchmark::DoNotOptimize(find_tokens(episodes(), wanted, {0, 0}));
    state.counters["tokens/s"] =
        benchmark::Counter(static_cast<double>(episodes().tokens()), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(search)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace gamegpt::bench
