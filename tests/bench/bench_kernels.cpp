#include <vector>

#include "core/engine/kernels.h"
#include "tests/bench/measure.h"

// The loops that training spends its time in, hot, on one core, beside the machine's own limits.
namespace gamegpt::bench {
namespace {

// C (m, n) = A (m, k) B (k, n); with `transposed`, A is stored as (k, m) as it is for the gradient of a weight.
template <class Real, bool transposed = false>
void multiply(benchmark::State& state) {
    const auto m = static_cast<std::size_t>(state.range(0));
    const auto n = static_cast<std::size_t>(state.range(1));
    const auto k = static_cast<std::size_t>(state.range(2));
    const std::vector<Real> a(m * k, Real{0.5}), b(k * n, Real{0.25});
    std::vector<Real> c(m * n);
    const kernels::Product<Real> product{
        a.data(), transposed ? 1 : k, transposed ? m : 1, b.data(), n, c.data(), n, m, n, k};
    const double seconds = measure(state, cpu_seconds, [&] { kernels::multiply(product); });
    report_flops<Real>(state, 2.0 * static_cast<double>(m * n * k), seconds);
}

void shapes(benchmark::internal::Benchmark* bench) {
    bench->ArgNames({"m", "n", "k"});
    bench->Args({64, 32, 32})->Args({64, 128, 32})->Args({64, 32, 128});  // W1's projections
    bench->Args({64, 96, 32})->Args({64, 80, 32});                        // W1's q, k, v in one; lm_head
    bench->Args({768, 128, 128})->Args({768, 512, 128});                  // W3's
    bench->Args({2048, 1536, 384})->Args({2048, 384, 1536});              // W4's
    bench->Args({64, 384, 384})->Args({1024, 1024, 1024});
    bench->Args({1, 128, 32})->Args({1, 96, 32});  // one token of W1's sampling
}
void weight_shapes(benchmark::internal::Benchmark* bench) {
    bench->ArgNames({"m", "n", "k"});
    bench->Args({128, 32, 64})
        ->Args({96, 32, 64})
        ->Args({512, 128, 128})
        ->Args({1536, 384, 512});  // W1, W3, W4: sums over a block of windows
}
BENCHMARK(multiply<float>)->Apply(shapes);
BENCHMARK(multiply<double>)->Apply(shapes);
BENCHMARK(multiply<float, true>)->Apply(weight_shapes);
BENCHMARK(multiply<double, true>)->Apply(weight_shapes);

template <class Real>
void causal_softmax(benchmark::State& state) {
    const auto t = static_cast<std::size_t>(state.range(0));
    std::vector<Real> map(t * kernels::padded(t), Real{0.5});
    const double seconds =
        measure(state, cpu_seconds, [&] { kernels::causal_softmax(map.data(), t, 0, kernels::padded(t), Real{0.35}); });
    const auto causal = static_cast<double>(t * (t + 1) / 2);
    report_bytes(state, 2 * sizeof(Real) * causal, causal, seconds);
}
BENCHMARK(causal_softmax<float>)->Arg(64)->Arg(256);
BENCHMARK(causal_softmax<double>)->Arg(64)->Arg(256);

template <class Real>
void causal_softmax_backward(benchmark::State& state) {
    const auto t = static_cast<std::size_t>(state.range(0));
    const std::vector<Real> map(t * kernels::padded(t), Real{1} / static_cast<Real>(t));
    std::vector<Real> gradient(map.size(), Real{1});
    const double seconds = measure(state, cpu_seconds, [&] {
        kernels::causal_softmax_backward(map.data(), gradient.data(), t, kernels::padded(t), Real{1});
        gradient[0] = 1;
    });
    const auto causal = static_cast<double>(t * (t + 1) / 2);
    report_bytes(state, 3 * sizeof(Real) * causal, causal, seconds);
}
BENCHMARK(causal_softmax_backward<float>)->Arg(64)->Arg(256);
BENCHMARK(causal_softmax_backward<double>)->Arg(64)->Arg(256);

// One token of W1: its query over the keys so far, 4 heads of 8.
template <class Real>
void attend(benchmark::State& state) {
    const auto keys_seen = static_cast<std::size_t>(state.range(0));
    constexpr std::size_t heads = 4, head_dim = 8, width = heads * head_dim;
    const std::size_t ld = kernels::padded(keys_seen);
    const std::vector<Real> q(width, Real{0.5}), keys(width * ld, Real{0.25}), values(keys_seen * width, Real{1});
    std::vector<Real> weights(heads * ld), out(width);
    const kernels::Query<Real> query{q.data(),      keys.data(), values.data(),  heads,     head_dim,
                                     keys_seen - 1, ld,          weights.data(), out.data()};
    const double seconds = measure(state, cpu_seconds, [&] { kernels::attend(query); });
    report_flops<Real>(state, 4.0 * static_cast<double>(width * keys_seen), seconds);
}
BENCHMARK(attend<float>)->ArgName("keys")->Arg(32)->Arg(64);
BENCHMARK(attend<double>)->ArgName("keys")->Arg(32)->Arg(64);

constexpr std::size_t rows = 64;

template <class Real>
void rmsnorm(benchmark::State& state) {
    const auto width = static_cast<std::size_t>(state.range(0));
    const std::vector<Real> x(rows * width, Real{0.5});
    std::vector<Real> y(x.size()), scale(rows);
    const double seconds =
        measure(state, cpu_seconds, [&] { kernels::rmsnorm(x.data(), rows, width, y.data(), scale.data()); });
    report_bytes(state, 2.0 * sizeof(Real) * static_cast<double>(x.size()), static_cast<double>(x.size()), seconds);
}
BENCHMARK(rmsnorm<float>)->Arg(32)->Arg(384);
BENCHMARK(rmsnorm<double>)->Arg(32)->Arg(384);

template <class Real>
void rmsnorm_backward(benchmark::State& state) {
    const auto width = static_cast<std::size_t>(state.range(0));
    const std::vector<Real> dy(rows * width, Real{0.5}), y(dy.size(), Real{1}), scale(rows, Real{2});
    std::vector<Real> dx(dy.size());
    const double seconds = measure(state, cpu_seconds, [&] {
        kernels::rmsnorm_backward(dy.data(), y.data(), scale.data(), rows, width, dx.data(), true);
    });
    report_bytes(state, 3.0 * sizeof(Real) * static_cast<double>(dy.size()), static_cast<double>(dy.size()), seconds);
}
BENCHMARK(rmsnorm_backward<float>)->Arg(32)->Arg(384);
BENCHMARK(rmsnorm_backward<double>)->Arg(32)->Arg(384);

// Loss and gradient of 64 rows.
template <class Real>
void cross_entropy(benchmark::State& state) {
    const auto vocabulary = static_cast<std::size_t>(state.range(0));
    const std::size_t ld = kernels::padded(vocabulary);
    std::vector<Real> logits(rows * ld, Real{0.1});
    const double seconds = measure(state, cpu_seconds, [&] {
        for (std::size_t row = 0; row < rows; ++row)
            benchmark::DoNotOptimize(
                kernels::cross_entropy(logits.data() + row * ld, vocabulary, row % vocabulary, Real{0.1}));
    });
    const auto elements = static_cast<double>(rows * vocabulary);
    report_bytes(state, 2 * sizeof(Real) * elements, elements, seconds);
}
BENCHMARK(cross_entropy<float>)->Arg(74);
BENCHMARK(cross_entropy<double>)->Arg(74);

// All parameters of W1, and of W4.
template <class Real>
void adam(benchmark::State& state) {
    const auto n = static_cast<std::size_t>(state.range(0));
    std::vector<Real> parameters(n), m(n), v(n);
    const std::vector<Real> gradients(n, Real{0.01});
    const kernels::AdamStep<Real> step{Real{0.85}, Real{0.99}, Real{1e-8}, Real{0.001}, Real{1}};
    const double seconds = measure(
        state, cpu_seconds, [&] { kernels::adam(parameters.data(), m.data(), v.data(), gradients.data(), n, step); });
    report_bytes(state, 7.0 * sizeof(Real) * static_cast<double>(n), static_cast<double>(n), seconds);
}
BENCHMARK(adam<float>)->Arg(31'360)->Arg(10'700'000);
BENCHMARK(adam<double>)->Arg(31'360)->Arg(10'700'000);

template <class Real>
void transpose(benchmark::State& state) {
    const auto n_rows = static_cast<std::size_t>(state.range(0));
    const auto cols = static_cast<std::size_t>(state.range(1));
    const std::vector<Real> in(n_rows * cols, Real{1});
    std::vector<Real> out(cols * kernels::padded(n_rows));
    const double seconds = measure(
        state, cpu_seconds, [&] { kernels::transpose(in.data(), n_rows, cols, out.data(), kernels::padded(n_rows)); });
    report_bytes(state, 2.0 * sizeof(Real) * static_cast<double>(in.size()), static_cast<double>(in.size()), seconds);
}
BENCHMARK(transpose<float>)->Args({128, 32})->Args({32, 128})->Args({1536, 384});
BENCHMARK(transpose<double>)->Args({128, 32})->Args({32, 128})->Args({1536, 384});

}  // namespace
}  // namespace gamegpt::bench
