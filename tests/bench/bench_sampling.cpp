#include "core/sample/generate.h"
#include "tests/bench/measure.h"

// Samples as long as W1's context at temperature 0.5.
namespace gamegpt::bench {
namespace {

void sample(benchmark::State& state, EngineKind engine) {
    const auto decoder = make_decoder(engine, Weights::initial({}));
    const SampleSettings settings;
    PythonRandom random(settings.seed);
    std::size_t drawn = 0;
    const double seconds =
        measure(state, cpu_seconds, [&] { drawn += generate(*decoder, settings, random).size() - 1; });
    state.counters["tokens/s"] = static_cast<double>(drawn) / static_cast<double>(state.iterations()) / seconds;
}

BENCHMARK_CAPTURE(sample, one_stream_float, EngineKind::fast32)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(sample, one_stream_double, EngineKind::fast64)->Unit(benchmark::kMicrosecond);

void sample_at_once(benchmark::State& state) {
    const Weights weights = Weights::initial({});
    const int count = static_cast<int>(state.range(0));
    const int threads = static_cast<int>(state.range(1));
    const double seconds = measure(state, wall_seconds, [&] {
        benchmark::DoNotOptimize(generate_many(weights, SampleSettings{}, count, threads));
    });
    state.counters["tokens/s"] = count * (weights.config().block_size - 1) / seconds;
}
BENCHMARK(sample_at_once)
    ->ArgNames({"samples", "threads"})
    ->Args({256, 1})
    ->Args({256, 2})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gamegpt::bench
