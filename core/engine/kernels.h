#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

// The loops that training and sampling spend their time in, for float and double, each compiled for several instruction
// sets; the best one of this machine is chosen at run time. Arrays are row by row; `ld` is the distance of two rows.
// A row that is marked (padded) may be read and written up to the next multiple of `row_padding` values.
namespace gamegpt::kernels {

inline constexpr std::size_t row_padding = 16;
constexpr std::size_t padded(std::size_t n) { return (n + row_padding - 1) / row_padding * row_padding; }

enum class Store { set, add, set_relu };

// C (m, n) = A B, or += A B, or = max(A B, 0). A (m, k) has its element (i, j) at a[i * a_row + j * a_col], so that a
// transposed matrix costs nothing; B is (k, n). Each element of C is summed over k in order.
template <class Real>
struct Product {
    const Real* a;
    std::size_t a_row, a_col;
    const Real* b;
    std::size_t ldb;
    Real* c;
    std::size_t ldc;
    std::size_t m, n, k;
    Store store = Store::set;
};
template <class Real>
void multiply(const Product<Real>& product);

// out (cols, ld_out padded) = in (rows, cols) transposed; the padding is set to 0.
template <class Real>
void transpose(const Real* in, std::size_t rows, std::size_t cols, Real* out, std::size_t ld_out);

// y = x * scale per row with scale = (mean(x^2) + 1e-5)^-0.5; x, y (rows, cols) contiguous.
template <class Real>
void rmsnorm(const Real* x, std::size_t rows, std::size_t cols, Real* y, Real* scale);

// dx += (or, with `set`, =) scale * (dy - y * mean(dy * y)): the gradient through y = rmsnorm(x).
template <class Real>
void rmsnorm_backward(const Real* dy, const Real* y, const Real* scale, std::size_t rows, std::size_t cols, Real* dx,
                      bool set);

// Attention of one query over keys 0..past, all heads: scores in `weights` (heads, ld padded), which become softmax
// weights, and their sums of the values in out (heads * head_dim). q (heads * head_dim); keys (heads * head_dim, ld
// padded), a column a position; values (past + 1, heads * head_dim).
template <class Real>
struct Query {
    const Real* q;
    const Real* keys;
    const Real* values;
    std::size_t heads, head_dim, past, ld;
    Real* weights;
    Real* out;
};
template <class Real>
void attend(const Query<Real>& query);

// Row i (padded, ld) of s becomes softmax(factor * s[0..past + i]), factor >= 0; the rest of the row up to the padding
// of past + rows becomes 0. `past` counts the keys before the first row's own.
template <class Real>
void causal_softmax(Real* s, std::size_t rows, std::size_t past, std::size_t ld, Real factor);

// dp becomes factor * p * (dp - sum(p * dp)) on the causal half of each row (padded, ld), 0 beyond.
template <class Real>
void causal_softmax_backward(const Real* p, Real* dp, std::size_t rows, std::size_t ld, Real factor);

// Cross-entropy of one row of logits (cols, padded) in nats. With `weight` not 0 the row becomes its gradient
// weight * (softmax - onehot(target)); the padding becomes 0.
template <class Real>
double cross_entropy(Real* logits, std::size_t cols, std::size_t target, Real weight);

// h > 0 ? dh : 0, in place on dh.
template <class Real>
void relu_backward(const Real* h, Real* dh, std::size_t n);

// y += x.
template <class Real>
void add(const Real* x, Real* y, std::size_t n);

// One Adam update of n parameters. rate1 = lr / (1 - beta1^step), rate2 = 1 / (1 - beta2^step).
template <class Real>
struct AdamStep {
    Real beta1, beta2, eps, rate1, rate2;
};
template <class Real>
void adam(Real* parameters, Real* m, Real* v, const Real* gradients, std::size_t n, const AdamStep<Real>& step);

// "AVX3", "AVX2", "SSE4", ...: what the kernels run with now, and all that this machine could run, best first.
const char* instruction_set();
std::vector<const char*> instruction_sets();
// For tests: computes with this one from now on. Throws Error (bad_argument) unless it is one of instruction_sets().
void use_instruction_set(std::string_view name);

}  // namespace gamegpt::kernels
