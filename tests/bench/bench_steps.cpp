#include "app/cli/workloads.h"
#include "core/model/flops.h"
#include "tests/bench/measure.h"

// Whole training steps: drawing windows, forward, backward and Adam, in wall-clock time. The share is of one core's
// peak.
namespace gamegpt::bench {
namespace {

void step(benchmark::State& state, cli::Workload (*make)(), EngineKind engine) {
    const cli::Workload workload = make();
    const auto trainer = workload.trainer(engine, static_cast<int>(state.range(0)));
    const int batch = workload.train.batch;
    trainer->step();  // the first one allocates
    double tokens = 0, flops = 0;
    const double seconds = measure(state, wall_seconds, [&] {
        const int n = trainer->step().tokens;
        tokens += n;
        flops += flops_per_step(workload.model, batch, n / batch);
    });
    const auto steps = static_cast<double>(state.iterations());
    state.counters["tokens/s"] = tokens / steps / seconds;
    if (engine == EngineKind::fast32) report_flops<float>(state, flops / steps, seconds);
    else report_flops<double>(state, flops / steps, seconds);
}

void in_microseconds(benchmark::internal::Benchmark* bench) {
    bench->ArgName("threads")->Arg(1)->UseRealTime()->Unit(benchmark::kMicrosecond);
}
void on_one_and_two(benchmark::internal::Benchmark* bench) {
    bench->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
}
BENCHMARK_CAPTURE(step, W1_float, cli::seed_workload, EngineKind::fast32)->Apply(in_microseconds);
BENCHMARK_CAPTURE(step, W1_double, cli::seed_workload, EngineKind::fast64)->Apply(in_microseconds);
BENCHMARK_CAPTURE(step, W1_reference, cli::seed_workload, EngineKind::reference)->Apply(in_microseconds);
BENCHMARK_CAPTURE(step, W2_float, cli::names_workload, EngineKind::fast32)->Apply(in_microseconds);
BENCHMARK_CAPTURE(step, W2_double, cli::names_workload, EngineKind::fast64)->Apply(in_microseconds);
BENCHMARK_CAPTURE(step, W3_float, cli::small_workload, EngineKind::fast32)->Apply(on_one_and_two);
BENCHMARK_CAPTURE(step, W3_double, cli::small_workload, EngineKind::fast64)->Apply(on_one_and_two);
BENCHMARK_CAPTURE(step, W4_float, cli::bigger_workload, EngineKind::fast32)->Apply(on_one_and_two)->Iterations(3);

}  // namespace
}  // namespace gamegpt::bench
