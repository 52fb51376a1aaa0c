#include "core/sample/generate.h"
#include "tests/bench/measure.h"

// Samples as long as W1's context, one after the other, at temperature 0.5.
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

}  // namespace
}  // namespace gamegpt::bench
