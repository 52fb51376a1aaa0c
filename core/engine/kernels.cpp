#include "core/engine/kernels.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/error.h"

// SVE's types have no size at compile time, so they cannot stand in the register tiles below; NEON serves ARM.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/engine/kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
#include <hwy/contrib/math/math-inl.h>

#ifndef GAMEGPT_KERNEL_TABLES
#define GAMEGPT_KERNEL_TABLES
namespace gamegpt::kernels {

// The kernels of one instruction set: the whole switch is a choice between such tables.
template <class T>
struct Table {
    decltype(&kernels::multiply<T>) multiply;
    decltype(&kernels::transpose<T>) transpose;
    decltype(&kernels::rmsnorm<T>) rmsnorm;
    decltype(&kernels::rmsnorm_backward<T>) rmsnorm_backward;
    decltype(&kernels::attend<T>) attend;
    decltype(&kernels::causal_softmax<T>) causal_softmax;
    decltype(&kernels::causal_softmax_backward<T>) causal_softmax_backward;
    decltype(&kernels::cross_entropy<T>) cross_entropy;
    decltype(&kernels::relu_backward<T>) relu_backward;
    decltype(&kernels::add<T>) add;
    decltype(&kernels::adam<T>) adam;
};
struct Tables {
    Table<float> f32;
    Table<double> f64;
    const char* name;
};

}  // namespace gamegpt::kernels
#endif

HWY_BEFORE_NAMESPACE();
namespace gamegpt::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Rows of a register tile: 8 x 2 vectors where there are 32 registers, 4 x 2 where there are 16.
constexpr int tile_rows = HWY_TARGET <= HWY_AVX3 ? 8 : 4;

// One tile of C: `rows` x `vectors`, kept in registers over the whole sum.
template <int rows, int vectors, class D, class T = hn::TFromD<D>>
HWY_INLINE void tile(D d, const Product<T>& p, std::size_t i, std::size_t j) {
    const std::size_t lanes = hn::Lanes(d);
    hn::Vec<D> sum[rows][vectors];
#pragma GCC unroll 16
    for (int r = 0; r < rows; ++r)
#pragma GCC unroll 16
        for (int v = 0; v < vectors; ++v) sum[r][v] = hn::Zero(d);
    const T* a = p.a + i * p.a_row;
    const T* b = p.b + j;
    for (std::size_t k = 0; k < p.k; ++k, a += p.a_col, b += p.ldb) {
        hn::Vec<D> row_b[vectors];
#pragma GCC unroll 16
        for (int v = 0; v < vectors; ++v) row_b[v] = hn::LoadU(d, b + v * lanes);
#pragma GCC unroll 16
        for (int r = 0; r < rows; ++r) {
            const auto value = hn::Set(d, a[r * p.a_row]);
#pragma GCC unroll 16
            for (int v = 0; v < vectors; ++v) sum[r][v] = hn::MulAdd(value, row_b[v], sum[r][v]);
        }
    }
#pragma GCC unroll 16
    for (int r = 0; r < rows; ++r)
#pragma GCC unroll 16
        for (int v = 0; v < vectors; ++v) {
            T* c = p.c + (i + r) * p.ldc + j + v * lanes;
            auto value = sum[r][v];
            if (p.store == Store::add) value = hn::Add(hn::LoadU(d, c), value);
            if (p.store == Store::set_relu) value = hn::Max(value, hn::Zero(d));
            hn::StoreU(value, d, c);
        }
}

// All rows of `vectors` columns of vectors at column j.
template <int vectors, class D, class T = hn::TFromD<D>>
HWY_INLINE void column_of_tiles(D d, const Product<T>& p, std::size_t j) {
    std::size_t i = 0;
    for (; i + tile_rows <= p.m; i += tile_rows) tile<tile_rows, vectors>(d, p, i, j);
    if constexpr (tile_rows == 8)
        if (i + 4 <= p.m) {
            tile<4, vectors>(d, p, i, j);
            i += 4;
        }
    if (i + 2 <= p.m) {
        tile<2, vectors>(d, p, i, j);
        i += 2;
    }
    if (i < p.m) tile<1, vectors>(d, p, i, j);
}

// The columns that do not fill a vector, with vectors of half the size, and so on down to one value.
template <class D, class T = hn::TFromD<D>>
HWY_INLINE void last_columns(D d, const Product<T>& p, std::size_t j) {
    const std::size_t lanes = hn::Lanes(d);
    for (; j + lanes <= p.n; j += lanes) column_of_tiles<1>(d, p, j);
    if constexpr (hn::MaxLanes(D()) > 1) {
        if (j < p.n) last_columns(hn::CappedTag<T, hn::MaxLanes(D()) / 2>(), p, j);
    }
}

template <class T>
void multiply(const Product<T>& p) {
    const hn::ScalableTag<T> d;
    const std::size_t lanes = hn::Lanes(d);
    std::size_t j = 0;
    if (p.m == 1)  // a vector times a matrix: many sums at once hide the latency of the additions
        for (; j + 8 * lanes <= p.n; j += 8 * lanes) tile<1, 8>(d, p, 0, j);
    for (; j + 2 * lanes <= p.n; j += 2 * lanes) column_of_tiles<2>(d, p, j);
    last_columns(d, p, j);
}

#if HWY_TARGET == HWY_SCALAR
template <class T>
HWY_INLINE void transpose_square(const T* in, std::size_t ld_in, T* out, std::size_t ld_out) {
    for (std::size_t i = 0; i < 16 / sizeof(T); ++i)
        for (std::size_t j = 0; j < 16 / sizeof(T); ++j) out[j * ld_out + i] = in[i * ld_in + j];
}
#else
// A square of as many rows as a 128-bit vector has values: 4 (float) or 2 (double) loads and stores.
HWY_INLINE void transpose_square(const float* in, std::size_t ld_in, float* out, std::size_t ld_out) {
    const hn::Full128<float> d;
    const hn::Repartition<double, decltype(d)> pairs;
    const auto r0 = hn::LoadU(d, in), r1 = hn::LoadU(d, in + ld_in);
    const auto r2 = hn::LoadU(d, in + 2 * ld_in), r3 = hn::LoadU(d, in + 3 * ld_in);
    const auto low01 = hn::BitCast(pairs, hn::InterleaveLower(d, r0, r1)), high01 = hn::BitCast(pairs, hn::InterleaveUpper(d, r0, r1));
    const auto low23 = hn::BitCast(pairs, hn::InterleaveLower(d, r2, r3)), high23 = hn::BitCast(pairs, hn::InterleaveUpper(d, r2, r3));
    hn::StoreU(hn::BitCast(d, hn::InterleaveLower(pairs, low01, low23)), d, out);
    hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(pairs, low01, low23)), d, out + ld_out);
    hn::StoreU(hn::BitCast(d, hn::InterleaveLower(pairs, high01, high23)), d, out + 2 * ld_out);
    hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(pairs, high01, high23)), d, out + 3 * ld_out);
}
HWY_INLINE void transpose_square(const double* in, std::size_t ld_in, double* out, std::size_t ld_out) {
    const hn::Full128<double> d;
    const auto r0 = hn::LoadU(d, in), r1 = hn::LoadU(d, in + ld_in);
    hn::StoreU(hn::InterleaveLower(d, r0, r1), d, out);
    hn::StoreU(hn::InterleaveUpper(d, r0, r1), d, out + ld_out);
}
#endif

template <class T>
void transpose(const T* in, std::size_t rows, std::size_t cols, T* out, std::size_t ld_out) {
    constexpr std::size_t side = 16 / sizeof(T);
    constexpr std::size_t strip = 64 / sizeof(T);  // one cache line of the output at a time
    for (std::size_t r0 = 0; r0 < rows; r0 += strip) {
        const std::size_t end = std::min(rows, r0 + strip);
        for (std::size_t c = 0; c < cols; c += side)
            for (std::size_t r = r0; r < end; r += side) {
                if (r + side <= rows && c + side <= cols) {
                    transpose_square(in + r * cols + c, cols, out + c * ld_out + r, ld_out);
                } else {
                    for (std::size_t i = r; i < std::min(rows, r + side); ++i)
                        for (std::size_t j = c; j < std::min(cols, c + side); ++j) out[j * ld_out + i] = in[i * cols + j];
                }
            }
    }
    if (rows < ld_out)
        for (std::size_t c = 0; c < cols; ++c) std::fill(out + c * ld_out + rows, out + (c + 1) * ld_out, T{0});
}

template <class T>
void rmsnorm(const T* x, std::size_t rows, std::size_t cols, T* y, T* scale) {
    const hn::ScalableTag<T> d;
    const std::size_t lanes = hn::Lanes(d);
    for (std::size_t r = 0; r < rows; ++r, x += cols, y += cols) {
        auto sums = hn::Zero(d);
        std::size_t i = 0;
        for (; i + lanes <= cols; i += lanes) {
            const auto v = hn::LoadU(d, x + i);
            sums = hn::MulAdd(v, v, sums);
        }
        T sum = hn::GetLane(hn::SumOfLanes(d, sums));
        for (; i < cols; ++i) sum += x[i] * x[i];
        const T s = T{1} / std::sqrt(sum / static_cast<T>(cols) + static_cast<T>(1e-5));
        scale[r] = s;
        const auto factor = hn::Set(d, s);
        for (i = 0; i + lanes <= cols; i += lanes) hn::StoreU(hn::Mul(hn::LoadU(d, x + i), factor), d, y + i);
        for (; i < cols; ++i) y[i] = x[i] * s;
    }
}

template <class T>
void rmsnorm_backward(const T* dy, const T* y, const T* scale, std::size_t rows, std::size_t cols, T* dx, bool set) {
    const hn::ScalableTag<T> d;
    const std::size_t lanes = hn::Lanes(d);
    for (std::size_t r = 0; r < rows; ++r, dy += cols, y += cols, dx += cols) {
        auto sums = hn::Zero(d);
        std::size_t i = 0;
        for (; i + lanes <= cols; i += lanes) sums = hn::MulAdd(hn::LoadU(d, dy + i), hn::LoadU(d, y + i), sums);
        T sum = hn::GetLane(hn::SumOfLanes(d, sums));
        for (; i < cols; ++i) sum += dy[i] * y[i];
        const T mean = sum / static_cast<T>(cols);
        const auto factor = hn::Set(d, scale[r]);
        const auto means = hn::Set(d, mean);
        for (i = 0; i + lanes <= cols; i += lanes) {
            const auto inner = hn::NegMulAdd(hn::LoadU(d, y + i), means, hn::LoadU(d, dy + i));
            const auto before = set ? hn::Zero(d) : hn::LoadU(d, dx + i);
            hn::StoreU(hn::MulAdd(factor, inner, before), d, dx + i);
        }
        for (; i < cols; ++i) dx[i] = (set ? T{0} : dx[i]) + scale[r] * (dy[i] - y[i] * mean);
    }
}

// Replaces row[0..n) by exp(factor * (row - its maximum)) and the padding by 0; returns the sum and the maximum.
template <class T>
struct Exponentials {
    T sum, maximum;
};
template <class D, class T = hn::TFromD<D>>
HWY_INLINE Exponentials<T> exponentials(D d, T* row, std::size_t n, T factor) {
    const std::size_t lanes = hn::Lanes(d);
    const auto lowest = hn::Set(d, hwy::LowestValue<T>());
    const auto factors = hn::Set(d, factor);
    auto most = lowest;
    for (std::size_t i = 0; i < n; i += lanes) {
        const auto v = hn::LoadU(d, row + i);
        most = hn::Max(most, hn::IfThenElse(hn::FirstN(d, n - i), v, lowest));
    }
    const auto maximum = hn::MaxOfLanes(d, most);
    auto sums = hn::Zero(d);
    for (std::size_t i = 0; i < n; i += lanes) {
        const auto v = hn::Mul(factors, hn::Sub(hn::LoadU(d, row + i), maximum));
        const auto e = hn::IfThenElseZero(hn::FirstN(d, n - i), hn::Exp(d, v));
        hn::StoreU(e, d, row + i);
        sums = hn::Add(sums, e);
    }
    return {hn::GetLane(hn::SumOfLanes(d, sums)), hn::GetLane(maximum)};
}

template <class T>
void causal_softmax(T* s, std::size_t rows, std::size_t past, std::size_t ld, T factor) {
    const hn::ScalableTag<T> d;
    const std::size_t lanes = hn::Lanes(d);
    for (std::size_t r = past; r < past + rows; ++r, s += ld) {
        const auto inverse = hn::Set(d, T{1} / exponentials(d, s, r + 1, factor).sum);
        std::size_t i = 0;
        for (; i <= r; i += lanes) hn::StoreU(hn::Mul(hn::LoadU(d, s + i), inverse), d, s + i);
        for (; i < padded(past + rows); i += lanes) hn::StoreU(hn::Zero(d), d, s + i);
    }
}

// Columns j.. of out = sum over k of w[k] * rows[k]: four running sums hide the latency of the additions.
template <class D, class T = hn::TFromD<D>>
HWY_INLINE void weighted_sum(D d, const T* w, const T* rows, std::size_t ld, std::size_t count, T* out, std::size_t j, std::size_t n) {
    const std::size_t lanes = hn::Lanes(d);
    for (; j + lanes <= n; j += lanes) {
        auto s0 = hn::Zero(d), s1 = hn::Zero(d), s2 = hn::Zero(d), s3 = hn::Zero(d);
        const T* row = rows + j;
        std::size_t k = 0;
        for (; k + 4 <= count; k += 4, row += 4 * ld) {
            s0 = hn::MulAdd(hn::Set(d, w[k]), hn::LoadU(d, row), s0);
            s1 = hn::MulAdd(hn::Set(d, w[k + 1]), hn::LoadU(d, row + ld), s1);
            s2 = hn::MulAdd(hn::Set(d, w[k + 2]), hn::LoadU(d, row + 2 * ld), s2);
            s3 = hn::MulAdd(hn::Set(d, w[k + 3]), hn::LoadU(d, row + 3 * ld), s3);
        }
        for (; k < count; ++k, row += ld) s0 = hn::MulAdd(hn::Set(d, w[k]), hn::LoadU(d, row), s0);
        hn::StoreU(hn::Add(hn::Add(s0, s1), hn::Add(s2, s3)), d, out + j);
    }
    if constexpr (hn::MaxLanes(D()) > 1) {
        if (j < n) weighted_sum(hn::CappedTag<T, hn::MaxLanes(D()) / 2>(), w, rows, ld, count, out, j, n);
    }
}

// Products of q with `vectors` vectors of keys.
template <int vectors, class D, class T = hn::TFromD<D>>
HWY_INLINE void scores(D d, const T* q, std::size_t head_dim, const T* keys, std::size_t ld, T* out) {
    const std::size_t lanes = hn::Lanes(d);
    hn::Vec<D> even[vectors], odd[vectors];  // two sums each: the latency of an addition is four times its throughput
    for (int v = 0; v < vectors; ++v) even[v] = odd[v] = hn::Zero(d);
    std::size_t j = 0;
    for (; j + 2 <= head_dim; j += 2, keys += 2 * ld) {
        const auto q0 = hn::Set(d, q[j]), q1 = hn::Set(d, q[j + 1]);
        for (int v = 0; v < vectors; ++v) {
            even[v] = hn::MulAdd(q0, hn::LoadU(d, keys + v * lanes), even[v]);
            odd[v] = hn::MulAdd(q1, hn::LoadU(d, keys + ld + v * lanes), odd[v]);
        }
    }
    for (int v = 0; v < vectors; ++v) {
        if (j < head_dim) even[v] = hn::MulAdd(hn::Set(d, q[j]), hn::LoadU(d, keys + v * lanes), even[v]);
        hn::StoreU(hn::Add(even[v], odd[v]), d, out + v * lanes);
    }
}

template <class T>
void attend(const Query<T>& query) {
    const hn::ScalableTag<T> d;
    const std::size_t lanes = hn::Lanes(d);
    const std::size_t width = query.heads * query.head_dim;
    const std::size_t keys = query.past + 1;
    const T factor = T{1} / std::sqrt(static_cast<T>(query.head_dim));
    // Three rounds over the heads instead of one: the long chains of one head's softmax overlap with those of the next.
    for (std::size_t h = 0; h < query.heads; ++h) {
        const T* q = query.q + h * query.head_dim;
        const T* of_head = query.keys + h * query.head_dim * query.ld;
        T* weights = query.weights + h * query.ld;
        std::size_t k = 0;
        for (; k + 2 * lanes <= padded(keys); k += 2 * lanes) scores<2>(d, q, query.head_dim, of_head + k, query.ld, weights + k);
        for (; k < keys; k += lanes) scores<1>(d, q, query.head_dim, of_head + k, query.ld, weights + k);
    }
    for (std::size_t h = 0; h < query.heads; ++h) {
        T* weights = query.weights + h * query.ld;
        const auto inverse = hn::Set(d, T{1} / exponentials(d, weights, keys, factor).sum);
        for (std::size_t k = 0; k < keys; k += lanes) hn::StoreU(hn::Mul(hn::LoadU(d, weights + k), inverse), d, weights + k);
    }
    for (std::size_t h = 0; h < query.heads; ++h) {
        const std::size_t first = h * query.head_dim;
        weighted_sum(d, query.weights + h * query.ld, query.values + first, width, keys, query.out + first, 0, query.head_dim);
    }
}

template <class T>
void causal_softmax_backward(const T* p, T* dp, std::size_t rows, std::size_t ld, T factor) {
    const hn::ScalableTag<T> d;
    const std::size_t lanes = hn::Lanes(d);
    const auto factors = hn::Set(d, factor);
    for (std::size_t r = 0; r < rows; ++r, p += ld, dp += ld) {
        // p is 0 beyond the causal half, but dp there may be anything, infinite too: mask it.
        auto sums = hn::Zero(d);
        for (std::size_t i = 0; i <= r; i += lanes)
            sums = hn::MulAdd(hn::LoadU(d, p + i), hn::IfThenElseZero(hn::FirstN(d, r + 1 - i), hn::LoadU(d, dp + i)), sums);
        const auto sum = hn::SumOfLanes(d, sums);
        std::size_t i = 0;
        for (; i <= r; i += lanes) {
            const auto inner = hn::Sub(hn::LoadU(d, dp + i), sum);
            const auto value = hn::Mul(hn::Mul(factors, hn::LoadU(d, p + i)), inner);
            hn::StoreU(hn::IfThenElseZero(hn::FirstN(d, r + 1 - i), value), d, dp + i);
        }
        for (; i < padded(rows); i += lanes) hn::StoreU(hn::Zero(d), d, dp + i);
    }
}

template <class T>
double cross_entropy(T* logits, std::size_t cols, std::size_t target, T weight) {
    const hn::ScalableTag<T> d;
    const std::size_t lanes = hn::Lanes(d);
    const T wanted = logits[target];
    const Exponentials<T> e = exponentials(d, logits, cols, T{1});
    if (weight != T{0}) {
        const auto factor = hn::Set(d, weight / e.sum);
        std::size_t i = 0;
        for (; i < cols; i += lanes) hn::StoreU(hn::Mul(hn::LoadU(d, logits + i), factor), d, logits + i);
        for (; i < padded(cols); i += lanes) hn::StoreU(hn::Zero(d), d, logits + i);
        logits[target] -= weight;
    }
    return static_cast<double>(std::log(e.sum)) + static_cast<double>(e.maximum - wanted);
}

template <class T>
void relu_backward(const T* h, T* dh, std::size_t n) {
    const hn::ScalableTag<T> d;
    const std::size_t lanes = hn::Lanes(d);
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes)
        hn::StoreU(hn::IfThenElseZero(hn::Gt(hn::LoadU(d, h + i), hn::Zero(d)), hn::LoadU(d, dh + i)), d, dh + i);
    for (; i < n; ++i) dh[i] = h[i] > 0 ? dh[i] : T{0};
}

template <class T>
void add(const T* x, T* y, std::size_t n) {
    const hn::ScalableTag<T> d;
    const std::size_t lanes = hn::Lanes(d);
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) hn::StoreU(hn::Add(hn::LoadU(d, y + i), hn::LoadU(d, x + i)), d, y + i);
    for (; i < n; ++i) y[i] += x[i];
}

template <class D, class T = hn::TFromD<D>>
HWY_INLINE void adam_at(D d, T* p, T* m, T* v, const T* g, const AdamStep<T>& s) {
    const auto gradient = hn::LoadU(d, g);
    const auto new_m = hn::MulAdd(hn::Set(d, s.beta1), hn::LoadU(d, m), hn::Mul(hn::Set(d, 1 - s.beta1), gradient));
    const auto new_v = hn::MulAdd(hn::Set(d, s.beta2), hn::LoadU(d, v),
                                  hn::Mul(hn::Set(d, 1 - s.beta2), hn::Mul(gradient, gradient)));
    hn::StoreU(new_m, d, m);
    hn::StoreU(new_v, d, v);
    const auto root = hn::Sqrt(hn::Mul(new_v, hn::Set(d, s.rate2)));
    const auto update = hn::Div(hn::Mul(hn::Set(d, s.rate1), new_m), hn::Add(root, hn::Set(d, s.eps)));
    hn::StoreU(hn::Sub(hn::LoadU(d, p), update), d, p);
}

template <class T>
void adam(T* p, T* m, T* v, const T* g, std::size_t n, const AdamStep<T>& s) {
    const hn::ScalableTag<T> d;
    const std::size_t lanes = hn::Lanes(d);
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) adam_at(d, p + i, m + i, v + i, g + i, s);
    for (; i < n; ++i) adam_at(hn::CappedTag<T, 1>(), p + i, m + i, v + i, g + i, s);
}

template <class T>
Table<T> table_of() {
    return {HWY_NAMESPACE::multiply<T>,
            HWY_NAMESPACE::transpose<T>,
            HWY_NAMESPACE::rmsnorm<T>,
            HWY_NAMESPACE::rmsnorm_backward<T>,
            HWY_NAMESPACE::attend<T>,
            HWY_NAMESPACE::causal_softmax<T>,
            HWY_NAMESPACE::causal_softmax_backward<T>,
            HWY_NAMESPACE::cross_entropy<T>,
            HWY_NAMESPACE::relu_backward<T>,
            HWY_NAMESPACE::add<T>,
            HWY_NAMESPACE::adam<T>};
}
Tables tables() { return {table_of<float>(), table_of<double>(), hwy::TargetName(HWY_TARGET)}; }

}  // namespace gamegpt::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gamegpt::kernels {

HWY_EXPORT(tables);

namespace {

Tables& chosen() {
    static Tables in_use = HWY_DYNAMIC_DISPATCH(tables)();
    return in_use;
}
template <class T>
const Table<T>& table();
template <>
const Table<float>& table() {
    return chosen().f32;
}
template <>
const Table<double>& table() {
    return chosen().f64;
}

}  // namespace

template <class Real>
void multiply(const Product<Real>& product) {
    table<Real>().multiply(product);
}
template <class Real>
void rmsnorm(const Real* x, std::size_t rows, std::size_t cols, Real* y, Real* scale) {
    table<Real>().rmsnorm(x, rows, cols, y, scale);
}
template <class Real>
void rmsnorm_backward(const Real* dy, const Real* y, const Real* scale, std::size_t rows, std::size_t cols, Real* dx,
                      bool set) {
    table<Real>().rmsnorm_backward(dy, y, scale, rows, cols, dx, set);
}
template <class Real>
void attend(const Query<Real>& query) {
    table<Real>().attend(query);
}
template <class Real>
void causal_softmax(Real* s, std::size_t rows, std::size_t past, std::size_t ld, Real factor) {
    table<Real>().causal_softmax(s, rows, past, ld, factor);
}
template <class Real>
void causal_softmax_backward(const Real* p, Real* dp, std::size_t rows, std::size_t ld, Real factor) {
    table<Real>().causal_softmax_backward(p, dp, rows, ld, factor);
}
template <class Real>
double cross_entropy(Real* logits, std::size_t cols, std::size_t target, Real weight) {
    return table<Real>().cross_entropy(logits, cols, target, weight);
}
template <class Real>
void relu_backward(const Real* h, Real* dh, std::size_t n) {
    table<Real>().relu_backward(h, dh, n);
}
template <class Real>
void add(const Real* x, Real* y, std::size_t n) {
    table<Real>().add(x, y, n);
}
template <class Real>
void adam(Real* parameters, Real* m, Real* v, const Real* gradients, std::size_t n, const AdamStep<Real>& step) {
    table<Real>().adam(parameters, m, v, gradients, n, step);
}

template <class Real>
void transpose(const Real* in, std::size_t rows, std::size_t cols, Real* out, std::size_t ld_out) {
    table<Real>().transpose(in, rows, cols, out, ld_out);
}

#define GAMEGPT_INSTANTIATE(T)                                                                              \
    template void multiply(const Product<T>&);                                                              \
    template void transpose(const T*, std::size_t, std::size_t, T*, std::size_t);                           \
    template void rmsnorm(const T*, std::size_t, std::size_t, T*, T*);                                      \
    template void rmsnorm_backward(const T*, const T*, const T*, std::size_t, std::size_t, T*, bool);       \
    template void attend(const Query<T>&);                                                                  \
    template void causal_softmax(T*, std::size_t, std::size_t, std::size_t, T);                             \
    template void causal_softmax_backward(const T*, T*, std::size_t, std::size_t, T);                       \
    template double cross_entropy(T*, std::size_t, std::size_t, T);                                         \
    template void relu_backward(const T*, T*, std::size_t);                                                 \
    template void add(const T*, T*, std::size_t);                                                           \
    template void adam(T*, T*, T*, const T*, std::size_t, const AdamStep<T>&);
GAMEGPT_INSTANTIATE(float)
GAMEGPT_INSTANTIATE(double)

const char* instruction_set() { return chosen().name; }

std::vector<const char*> instruction_sets() {
    std::vector<const char*> names;
    for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) names.push_back(hwy::TargetName(target));
    return names;
}

void use_instruction_set(std::string_view name) {
    for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
        if (hwy::TargetName(target) != name) continue;
        hwy::SetSupportedTargetsForTest(target);
        chosen() = HWY_DYNAMIC_DISPATCH(tables)();
        hwy::SetSupportedTargetsForTest(0);
        return;
    }
    throw Error(Error::Code::bad_argument, "this machine has no instruction set " + std::string(name));
}

}  // namespace gamegpt::kernels
#endif
