#include "core/train/train_config.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <thread>

#include "core/base/error.h"

namespace gamegpt {

std::string_view name_of(Schedule schedule) {
    switch (schedule) {
        case Schedule::linear: return "linear";
        case Schedule::constant: return "constant";
        case Schedule::cosine: return "cosine";
    }
    return "";
}

namespace {
void require(bool holds, const char* field, const std::string& value, const char* expected) {
    if (!holds)
        throw Error(Error::Code::bad_argument, std::string(field) + " is " + value + "; " + expected + " was expected");
}
}  // namespace

void TrainConfig::validate() const {
    require(steps >= 0 && steps <= 1'000'000'000, "steps", std::to_string(steps), "0 to 1,000,000,000");
    require(learning_rate >= 0 && learning_rate <= 100, "learning rate", std::to_string(learning_rate), "0 to 100");
    require(horizon >= 0, "horizon", std::to_string(horizon), "0 (automatic) or more steps");
    require(warmup_steps >= 0, "warm-up", std::to_string(warmup_steps), "0 or more steps");
    require(batch >= 1 && batch <= 65'536, "batch", std::to_string(batch), "1 to 65,536 windows");
    require(threads >= 0 && threads <= 256, "threads", std::to_string(threads), "0 (automatic) to 256");
    require(beta1 >= 0 && beta1 < 1, "beta1", std::to_string(beta1), "0 to below 1");
    require(beta2 >= 0 && beta2 < 1, "beta2", std::to_string(beta2), "0 to below 1");
    require(eps > 0, "eps", std::to_string(eps), "a number above 0");
    require(held_out_every >= 0, "held-out interval", std::to_string(held_out_every), "0 (never) or more steps");
    require(held_out_windows >= 1, "held-out windows", std::to_string(held_out_windows), "1 or more");
}

int TrainConfig::effective_threads() const {
    if (engine == EngineKind::reference || batch == 1) return 1;
    return threads > 0 ? threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

double TrainConfig::learning_rate_at(std::int64_t step) const {
    const auto s = static_cast<double>(step);
    const auto h = static_cast<double>(effective_horizon());
    switch (schedule) {
        case Schedule::constant: return learning_rate;
        case Schedule::linear: return learning_rate * (1 - s / std::max(s + 1, h));
        case Schedule::cosine: break;
    }
    const auto warmup = static_cast<double>(warmup_steps);
    if (s <= warmup) return learning_rate * s / std::max(1.0, warmup);
    const double progress = std::min(1.0, (s - warmup) / std::max(1.0, h - warmup));
    return learning_rate * (0.1 + 0.9 * 0.5 * (1 + std::cos(std::numbers::pi * progress)));
}

}  // namespace gamegpt
