// Kernels that work row by row or value by value; compiled once for each instruction set, hence the guard that toggles.
#if defined(GAMEGPT_KERNEL_ROWS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef GAMEGPT_KERNEL_ROWS_INL_H
#undef GAMEGPT_KERNEL_ROWS_INL_H
#else
#define GAMEGPT_KERNEL_ROWS_INL_H
#endif

#include <cmath>

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include "core/engine/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace gamegpt::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

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
HWY_INLINE void weighted_sum(D d, const T* w, const T* rows, std::size_t ld, std::size_t count, T* out, std::size_t j,
                             std::size_t n) {
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
        for (; k + 2 * lanes <= padded(keys); k += 2 * lanes)
            scores<2>(d, q, query.head_dim, of_head + k, query.ld, weights + k);
        for (; k < keys; k += lanes) scores<1>(d, q, query.head_dim, of_head + k, query.ld, weights + k);
    }
    for (std::size_t h = 0; h < query.heads; ++h) {
        T* weights = query.weights + h * query.ld;
        const auto inverse = hn::Set(d, T{1} / exponentials(d, weights, keys, factor).sum);
        for (std::size_t k = 0; k < keys; k += lanes)
            hn::StoreU(hn::Mul(hn::LoadU(d, weights + k), inverse), d, weights + k);
    }
    for (std::size_t h = 0; h < query.heads; ++h) {
        const std::size_t first = h * query.head_dim;
        weighted_sum(d, query.weights + h * query.ld, query.values + first, width, keys, query.out + first, 0,
                     query.head_dim);
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
            sums = hn::MulAdd(hn::LoadU(d, p + i), hn::IfThenElseZero(hn::FirstN(d, r + 1 - i), hn::LoadU(d, dp + i)),
                              sums);
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
    const auto new_v =
        hn::MulAdd(hn::Set(d, s.beta2), hn::LoadU(d, v), hn::Mul(hn::Set(d, 1 - s.beta2), hn::Mul(gradient, gradient)));
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

}  // namespace gamegpt::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
