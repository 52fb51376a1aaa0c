#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <ostream>

#include "core/train/trainer.h"

namespace gamegpt::cli {

// Shows how training goes: one line that is redrawn on a terminal, a line every tenth of the run elsewhere.
class Progress {
   public:
    Progress(std::ostream& out, bool terminal, std::int64_t steps);

    void add(const StepRecord& record);
    void finish();

    double mean_loss() const;  // over the last 100 steps
    double seconds() const;    // since the start
    std::int64_t tokens() const { return tokens_; }

   private:
    using Clock = std::chrono::steady_clock;
    void draw();

    std::ostream& out_;
    bool terminal_;
    std::int64_t steps_;
    std::int64_t step_ = 0;
    std::int64_t tokens_ = 0;
    std::deque<double> losses_;
    Clock::time_point start_ = Clock::now();
    Clock::time_point drawn_ = start_;
    std::int64_t next_line_;
};

}  // namespace gamegpt::cli
