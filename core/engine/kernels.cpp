#include "core/engine/kernels.h"

#include <string>

#include "core/base/error.h"

// SVE's types have no size at compile time, so they cannot stand in the register tiles below; NEON serves ARM.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/engine/kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
#include "core/engine/kernel_products-inl.h"
#include "core/engine/kernel_rows-inl.h"

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

#define GAMEGPT_INSTANTIATE(T)                                                                        \
    template void multiply(const Product<T>&);                                                        \
    template void transpose(const T*, std::size_t, std::size_t, T*, std::size_t);                     \
    template void rmsnorm(const T*, std::size_t, std::size_t, T*, T*);                                \
    template void rmsnorm_backward(const T*, const T*, const T*, std::size_t, std::size_t, T*, bool); \
    template void attend(const Query<T>&);                                                            \
    template void causal_softmax(T*, std::size_t, std::size_t, std::size_t, T);                       \
    template void causal_softmax_backward(const T*, T*, std::size_t, std::size_t, T);                 \
    template double cross_entropy(T*, std::size_t, std::size_t, T);                                   \
    template void relu_backward(const T*, T*, std::size_t);                                           \
    template void add(const T*, T*, std::size_t);                                                     \
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
