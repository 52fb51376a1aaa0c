// Matrix products and transposes; compiled once for each instruction set, hence the guard that toggles.
#if defined(GAMEGPT_KERNEL_PRODUCTS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef GAMEGPT_KERNEL_PRODUCTS_INL_H
#undef GAMEGPT_KERNEL_PRODUCTS_INL_H
#else
#define GAMEGPT_KERNEL_PRODUCTS_INL_H
#endif

#include <algorithm>

#include <hwy/highway.h>

#include "core/engine/kernels.h"

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
    const auto low01 = hn::BitCast(pairs, hn::InterleaveLower(d, r0, r1)),
               high01 = hn::BitCast(pairs, hn::InterleaveUpper(d, r0, r1));
    const auto low23 = hn::BitCast(pairs, hn::InterleaveLower(d, r2, r3)),
               high23 = hn::BitCast(pairs, hn::InterleaveUpper(d, r2, r3));
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
                        for (std::size_t j = c; j < std::min(cols, c + side); ++j)
                            out[j * ld_out + i] = in[i * cols + j];
                }
            }
    }
    if (rows < ld_out)
        for (std::size_t c = 0; c < cols; ++c) std::fill(out + c * ld_out + rows, out + (c + 1) * ld_out, T{0});
}

}  // namespace gamegpt::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
