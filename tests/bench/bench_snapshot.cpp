#include <sstream>

#include "app/cli/workloads.h"
#include "core/formats/weights_text.h"
#include "tests/bench/measure.h"

// What a look at the live weights costs, and their file.
namespace gamegpt::bench {
namespace {

void snapshot(benchmark::State& state, cli::Workload (*make)()) {
    const auto trainer = make().trainer(EngineKind::fast32);
    const double values = static_cast<double>(trainer->weights().values().size());
    const double seconds = measure(state, cpu_seconds, [&] { benchmark::DoNotOptimize(trainer->weights()); });
    report_bytes(state, values * (sizeof(float) + sizeof(double)), values, seconds);
}
BENCHMARK_CAPTURE(snapshot, W1, cli::seed_workload)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(snapshot, W4, cli::bigger_workload)->Unit(benchmark::kMillisecond);

std::string weights_text(const Weights& weights) {
    std::ostringstream out;
    write_weights_text(weights, out);
    return std::move(out).str();
}

void write_weights(benchmark::State& state) {
    const Weights weights = Weights::initial({});
    std::size_t bytes = 0;
    const double seconds = measure(state, cpu_seconds, [&] { bytes = weights_text(weights).size(); });
    state.counters["MB/s"] = static_cast<double>(bytes) / seconds / 1e6;
}
BENCHMARK(write_weights)->Unit(benchmark::kMillisecond);

void parse_weights(benchmark::State& state) {
    const Weights weights = Weights::initial({});
    const std::string text = weights_text(weights);
    const double seconds = measure(
        state, cpu_seconds, [&] { benchmark::DoNotOptimize(parse_weights_text(text, "benchmark", weights.config())); });
    state.counters["MB/s"] = static_cast<double>(text.size()) / seconds / 1e6;
}
BENCHMARK(parse_weights)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gamegpt::bench
