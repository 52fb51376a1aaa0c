#include "app/cli/progress.h"

#include <iomanip>
#include <limits>
#include <numeric>

#include "app/cli/commands.h"

namespace gamegpt::cli {

Progress::Progress(std::ostream& out, bool terminal, std::int64_t steps)
    : out_(out), terminal_(terminal), steps_(steps), next_line_(std::max<std::int64_t>(1, steps / 10)) {}

void Progress::add(const StepRecord& record) {
    step_ = record.step;
    tokens_ += record.tokens;
    losses_.push_back(record.loss);
    if (losses_.size() > 100) losses_.pop_front();
    if (terminal_) {
        if (const auto now = Clock::now(); now - drawn_ > std::chrono::milliseconds(100)) {
            drawn_ = now;
            draw();
        }
    } else if (step_ >= next_line_) {
        next_line_ += std::max<std::int64_t>(1, steps_ / 10);
        draw();
    }
}

void Progress::finish() {
    if (!terminal_ || step_ == 0) return;
    draw();
    out_ << '\n';
}

double Progress::mean_loss() const {
    if (losses_.empty()) return std::numeric_limits<double>::quiet_NaN();
    return std::accumulate(losses_.begin(), losses_.end(), 0.0) / static_cast<double>(losses_.size());
}

double Progress::seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

void Progress::draw() {
    const double elapsed = seconds();
    const double left = elapsed / static_cast<double>(step_) * static_cast<double>(steps_ - step_);
    if (terminal_) {
        constexpr int width = 24;
        const auto filled = static_cast<int>(width * step_ / steps_);
        out_ << "\r\033[K[";
        for (int i = 0; i < width; ++i) out_ << (i < filled ? '#' : '.');
        out_ << "] ";
    }
    out_ << "step " << grouped(step_) << " / " << grouped(steps_) << "  loss " << std::fixed << std::setprecision(3)
         << mean_loss() << "  " << grouped(static_cast<std::int64_t>(static_cast<double>(tokens_) / elapsed))
         << " tokens/s  " << std::setprecision(left < 10 ? 1 : 0) << left << " s left";
    if (!terminal_) out_ << '\n';
    out_ << std::flush;
}

}  // namespace gamegpt::cli
