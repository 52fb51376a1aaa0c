#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>

// What this machine can do at most, measured when first asked for, and figures that stand beside it.
namespace gamegpt::bench {

// FLOP/s of one core: multiply-adds in registers, no memory.
template <class Real>
double peak_flops();

// Bytes read and written a second by copies that touch `bytes` in all: the caches that hold them set the pace.
double copy_rate(std::size_t bytes);

double cpu_seconds();  // of this thread: what others do on the machine does not count
double wall_seconds();

// The benchmark's loop around `body`; seconds an iteration.
template <class Clock, class Body>
double measure(benchmark::State& state, Clock seconds, Body body) {
    const double start = seconds();
    for (auto _ : state) {
        body();
        benchmark::ClobberMemory();
    }
    return (seconds() - start) / static_cast<double>(state.iterations());
}

template <class Real>
void report_flops(benchmark::State& state, double flops, double seconds) {
    state.counters["GFLOP/s"] = flops / seconds / 1e9;
    state.counters["share_of_peak"] = flops / seconds / peak_flops<Real>();
}

// `bytes` are what has to be read and written at least once, of arrays of `elements`.
inline void report_bytes(benchmark::State& state, double bytes, double elements, double seconds) {
    state.counters["GB/s"] = bytes / seconds / 1e9;
    state.counters["share_of_copy"] = bytes / seconds / copy_rate(static_cast<std::size_t>(bytes));
    state.counters["ns/element"] = seconds / elements * 1e9;
}

}  // namespace gamegpt::bench
