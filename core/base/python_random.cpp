#include "core/base/python_random.h"

#include <bit>
#include <cmath>
#include <numbers>

namespace gamegpt {

namespace {
constexpr std::size_t n = 624;
constexpr std::size_t m = 397;
}  // namespace

PythonRandom::PythonRandom(std::uint64_t seed) {
    // init_genrand(19650218), then init_by_array over the seed's 32-bit words, least significant first.
    state_[0] = 19650218U;
    for (std::size_t i = 1; i < n; ++i)
        state_[i] = 1812433253U * (state_[i - 1] ^ (state_[i - 1] >> 30)) + static_cast<std::uint32_t>(i);
    const std::uint32_t key[2] = {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)};
    const std::size_t key_length = key[1] != 0 ? 2 : 1;
    std::size_t i = 1;
    std::size_t j = 0;
    for (std::size_t k = n; k != 0; --k) {
        state_[i] =
            (state_[i] ^ ((state_[i - 1] ^ (state_[i - 1] >> 30)) * 1664525U)) + key[j] + static_cast<std::uint32_t>(j);
        if (++i >= n) {
            state_[0] = state_[n - 1];
            i = 1;
        }
        if (++j >= key_length) j = 0;
    }
    for (std::size_t k = n - 1; k != 0; --k) {
        state_[i] =
            (state_[i] ^ ((state_[i - 1] ^ (state_[i - 1] >> 30)) * 1566083941U)) - static_cast<std::uint32_t>(i);
        if (++i >= n) {
            state_[0] = state_[n - 1];
            i = 1;
        }
    }
    state_[0] = 0x80000000U;
}

std::uint32_t PythonRandom::next32() {
    if (index_ >= n) {
        for (std::size_t k = 0; k < n; ++k) {
            const std::uint32_t y = (state_[k] & 0x80000000U) | (state_[(k + 1) % n] & 0x7fffffffU);
            state_[k] = state_[(k + m) % n] ^ (y >> 1) ^ ((y & 1U) != 0 ? 0x9908b0dfU : 0U);
        }
        index_ = 0;
    }
    std::uint32_t y = state_[index_++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680U;
    y ^= (y << 15) & 0xefc60000U;
    return y ^ (y >> 18);
}

double PythonRandom::random() {
    const std::uint32_t a = next32() >> 5;
    const std::uint32_t b = next32() >> 6;
    return (a * 67108864.0 + b) * (1.0 / 9007199254740992.0);
}

std::uint32_t PythonRandom::getrandbits(int k) {
    if (k < 1 || k > 32) throw Error(Error::Code::bad_argument, "getrandbits takes 1 to 32 bits");
    return next32() >> (32 - k);
}

std::uint64_t PythonRandom::randbelow(std::uint64_t below) {
    if (below == 0 || below > (std::uint64_t{1} << 32))
        throw Error(Error::Code::bad_argument, "a draw needs 1 to 2^32 possibilities, not " + std::to_string(below));
    const int k = std::bit_width(below);
    const auto draw = [&]() -> std::uint64_t {
        if (k <= 32) return getrandbits(k);
        const std::uint64_t low = next32();  // 33 bits, as CPython: low word first
        return low | (static_cast<std::uint64_t>(next32() >> 31) << 32);
    };
    std::uint64_t r = draw();
    while (r >= below) r = draw();
    return r;
}

std::int64_t PythonRandom::randint(std::int64_t a, std::int64_t b) {
    if (b < a) throw Error(Error::Code::bad_argument, "randint needs a <= b");
    return a + static_cast<std::int64_t>(randbelow(static_cast<std::uint64_t>(b - a) + 1));
}

double PythonRandom::gauss(double mu, double sigma) {
    double z = 0;
    if (gauss_next_) {
        z = *gauss_next_;
        gauss_next_.reset();
    } else {
        const double angle = random() * (2.0 * std::numbers::pi);
        const double radius = std::sqrt(-2.0 * std::log(1.0 - random()));
        z = std::cos(angle) * radius;
        gauss_next_ = std::sin(angle) * radius;
    }
    return mu + z * sigma;
}

std::size_t PythonRandom::choices_index(std::span<const double> weights) {
    if (weights.empty()) throw Error(Error::Code::bad_argument, "choices needs at least one weight");
    double total = 0;
    for (const double w : weights) total += w;
    const double at = random() * total;
    double cumulative = 0;
    for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
        cumulative += weights[i];
        if (at < cumulative) return i;
    }
    return weights.size() - 1;
}

}  // namespace gamegpt
