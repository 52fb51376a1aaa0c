#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/train/trainer.h"

namespace gamegpt {

// A model as it stood after `step` steps of run `run`. Immutable; share it as shared_ptr<const ModelSnapshot>.
struct ModelSnapshot {
    std::uint64_t run = 0;
    std::int64_t step = 0;
    Weights weights;
    std::shared_ptr<const Vocabulary> vocabulary;
};

enum class LoopState {
    preparing,  // the worker makes the trainer and the first snapshot
    ready,      // nothing trained yet
    running,
    paused,
    stopped,   // by the user, before the last step; resume() goes on
    finished,  // the last step is done; raising the number of steps and resume() goes on
    failed,    // see TrainingStatus::error
};
std::string_view name_of(LoopState state);

struct TrainingStatus {
    LoopState state = LoopState::preparing;
    std::int64_t step = 0;         // steps done
    std::int64_t steps = 0;        // steps asked for
    double tokens_per_second = 0;  // predictions, over the last second of training or so
    double steps_per_second = 0;
    double training_seconds = 0;  // spent in steps, pauses not counted
    std::string error;            // a sentence, when failed
};

struct TrainingSetup {
    std::uint64_t run = 1;  // a number that tags every snapshot
    ModelConfig model;
    TrainConfig train;
    CorpusSplit corpus;
    std::optional<Weights> initial;  // instead of the seed's
};

// Owns the worker thread that trains one model. Every member may be called from any one controlling thread. None of
// them waits for a step, except the destructor, which stops the worker and joins it (at most one step).
class TrainingLoop {
   public:
    // `wake` is called on the worker thread when there is something new to read (records, status or snapshot) and not
    // again until drain() has been called; it must only post an event. The worker starts at once and becomes `ready`.
    TrainingLoop(TrainingSetup setup, std::function<void()> wake);
    ~TrainingLoop();
    TrainingLoop(const TrainingLoop&) = delete;
    TrainingLoop& operator=(const TrainingLoop&) = delete;

    const TrainingSetup& setup() const { return setup_; }

    // Do not block; taken up between two steps. What does not apply in the present state is ignored.
    void run();  // start or resume
    void pause();
    void stop();
    void step_once();  // one step, then paused
    void set_learning_rate(double learning_rate);
    void set_steps(std::int64_t steps);
    // Asks for a snapshot of the weights as they stand at the next step's end (at once when not running). Requests that
    // come before it is made are one request.
    void request_snapshot();
    // From the next step on, keeps a snapshot of each step that is a multiple of `every`; 0 keeps none. They wait for
    // drain_milestones(), the worker does not: while 256 MB of them wait, more are left out.
    void set_milestones(std::int64_t every);

    // All step records since the last call, in order and without gaps. Does not block.
    std::vector<StepRecord> drain();
    // All milestones since the last call, oldest first. Does not block.
    std::vector<std::shared_ptr<const ModelSnapshot>> drain_milestones();
    TrainingStatus status() const;
    // The newest snapshot; null only while preparing.
    std::shared_ptr<const ModelSnapshot> snapshot() const;

   private:
    struct Worker;
    struct Shared;

    TrainingSetup setup_;
    std::shared_ptr<Shared> shared_;
    std::jthread thread_;
};

}  // namespace gamegpt
