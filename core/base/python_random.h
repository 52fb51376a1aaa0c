#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/base/error.h"

namespace gamegpt {

// CPython's random.Random, draw for draw: MT19937 seeded from an int through init_by_array. A copy continues the
// same sequence independently; functions that draw take the generator, nothing draws from a hidden one.
class PythonRandom {
   public:
    explicit PythonRandom(std::uint64_t seed);

    double random();                                       // [0, 1), 53 bits
    std::uint32_t getrandbits(int k);                      // 1 <= k <= 32
    std::uint64_t randbelow(std::uint64_t n);              // 0 <= result < n, 1 <= n <= 2^32
    std::int64_t randint(std::int64_t a, std::int64_t b);  // a <= result <= b
    double gauss(double mu, double sigma);                 // Box-Muller in pairs, cosine first

    // choice(sequence) is sequence[choice_index(size)].
    std::size_t choice_index(std::size_t size) { return static_cast<std::size_t>(randbelow(size)); }

    // choices(population, weights)[0] as an index: bisect_right(cumulative, random() * total, 0, n - 1). One draw.
    std::size_t choices_index(std::span<const double> weights);

    bool operator==(const PythonRandom&) const = default;

   private:
    std::uint32_t next32();

    std::array<std::uint32_t, 624> state_{};
    std::size_t index_ = 624;
    std::optional<double> gauss_next_;
};

}  // namespace gamegpt
