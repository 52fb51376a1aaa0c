#pragma once

#include <cstdint>
#include <string_view>

#include "core/engine/engine.h"

namespace gamegpt {

enum class Schedule {
    linear,  // the original's: lr * (1 - step / max(step + 1, horizon))
    constant,
    cosine,  // linear warm-up over warmup_steps, then half a cosine down to a tenth of lr at the horizon
};
std::string_view name_of(Schedule schedule);

// How a model is trained. The defaults are the original's.
struct TrainConfig {
    std::int64_t steps = 5000;
    double learning_rate = 0.01;
    Schedule schedule = Schedule::linear;
    std::int64_t horizon = 0;         // steps; 0 means max(5000, steps)
    std::int64_t warmup_steps = 100;  // of the cosine schedule
    int batch = 1;                    // windows a step
    std::uint64_t seed = 42;          // of the window sampler
    EngineKind engine = EngineKind::fast32;
    int threads = 0;  // that share a batch; 0 for as many as the machine has. The bits do not depend on it.
    double beta1 = 0.85;
    double beta2 = 0.99;
    double eps = 1e-8;
    std::int64_t held_out_every = 100;  // steps between held-out losses; 0 for never
    int held_out_windows = 32;          // windows that a held-out loss is the mean over, the same each time

    // Throws Error (bad_argument) that names the field, its value and what was expected.
    void validate() const;
    std::int64_t effective_horizon() const { return horizon > 0 ? horizon : (steps > 5000 ? steps : 5000); }
    int effective_threads() const;
    // The learning rate of `step`, counted from 1.
    double learning_rate_at(std::int64_t step) const;

    bool operator==(const TrainConfig&) const = default;
};

}  // namespace gamegpt
