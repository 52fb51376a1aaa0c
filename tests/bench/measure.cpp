#include "tests/bench/measure.h"

#include <time.h>

#include <algorithm>
#include <cstring>
#include <vector>

#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/bench/measure.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace gamegpt::bench::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// `rounds` multiply-adds on each of so many independent vectors that the multipliers never wait. Returns the
// operations.
template <class T>
double multiply_adds(std::size_t rounds, T& result) {
    constexpr int chains = 12;
    const hn::ScalableTag<T> d;
    const auto half = hn::Set(d, T{0.5});
    const auto one = hn::Set(d, T{1});
    hn::Vec<decltype(d)> sums[chains];
#pragma GCC unroll 16
    for (int i = 0; i < chains; ++i) sums[i] = hn::Set(d, static_cast<T>(i));
    for (std::size_t round = 0; round < rounds; ++round)
#pragma GCC unroll 16
        for (int i = 0; i < chains; ++i) sums[i] = hn::MulAdd(sums[i], half, one);
    auto sum = hn::Zero(d);
    for (int i = 0; i < chains; ++i) sum = hn::Add(sum, sums[i]);
    result = hn::GetLane(hn::SumOfLanes(d, sum));
    return 2.0 * chains * static_cast<double>(rounds * hn::Lanes(d));
}
double float_multiply_adds(std::size_t rounds, float& result) { return multiply_adds(rounds, result); }
double double_multiply_adds(std::size_t rounds, double& result) { return multiply_adds(rounds, result); }

}  // namespace gamegpt::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gamegpt::bench {

HWY_EXPORT(float_multiply_adds);
HWY_EXPORT(double_multiply_adds);

namespace {

// The most that `work` (which returns an amount) gets done a second, of 20 tries.
template <class Work>
double best_rate(Work work) {
    double best = 0;
    for (int i = 0; i < 20; ++i) {
        const double start = cpu_seconds();
        const double amount = work();
        best = std::max(best, amount / (cpu_seconds() - start));
    }
    return best;
}

double seconds_of(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

constexpr std::size_t rounds = 500'000;

}  // namespace

double cpu_seconds() { return seconds_of(CLOCK_THREAD_CPUTIME_ID); }
double wall_seconds() { return seconds_of(CLOCK_MONOTONIC); }

template <>
double peak_flops<float>() {
    static const double peak = best_rate([] {
        float result = 0;
        const double operations = HWY_DYNAMIC_DISPATCH(float_multiply_adds)(rounds, result);
        benchmark::DoNotOptimize(result);
        return operations;
    });
    return peak;
}

template <>
double peak_flops<double>() {
    static const double peak = best_rate([] {
        double result = 0;
        const double operations = HWY_DYNAMIC_DISPATCH(double_multiply_adds)(rounds, result);
        benchmark::DoNotOptimize(result);
        return operations;
    });
    return peak;
}

double copy_rate(std::size_t bytes) {
    const std::size_t half = std::max<std::size_t>(bytes / 2, 64);
    const std::vector<char> from(half, 1);
    std::vector<char> to(half);
    const std::size_t copies = 1 + (std::size_t{16} << 20) / half;
    return best_rate([&] {
        for (std::size_t i = 0; i < copies; ++i) {
            std::memcpy(to.data(), from.data(), half);
            benchmark::ClobberMemory();
        }
        return 2.0 * static_cast<double>(half * copies);
    });
}

}  // namespace gamegpt::bench
#endif
