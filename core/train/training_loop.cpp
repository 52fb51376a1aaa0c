#include "core/train/training_loop.h"

#include <chrono>
#include <utility>

#include "core/base/error.h"

namespace gamegpt {

std::string_view name_of(LoopState state) {
    switch (state) {
        case LoopState::preparing: return "preparing";
        case LoopState::ready: return "ready";
        case LoopState::running: return "running";
        case LoopState::paused: return "paused";
        case LoopState::stopped: return "stopped";
        case LoopState::finished: return "finished";
        case LoopState::failed: return "failed";
    }
    return "";
}

namespace {
enum class Wish { none, run, pause, stop, step_once };
constexpr std::size_t most_milestone_bytes = std::size_t{256} << 20;
}  // namespace

// The mailbox between the two threads; everything here is guarded by `mutex`.
struct TrainingLoop::Shared {
    std::function<void()> wake;

    mutable std::mutex mutex;
    std::condition_variable changed;
    // from the controlling thread
    Wish wish = Wish::none;
    std::optional<double> learning_rate;
    std::int64_t steps = 0;
    bool snapshot_wanted = false;
    std::int64_t milestones_every = 0;  // steps; 0 for none
    bool quit = false;
    // from the worker
    TrainingStatus status;
    std::vector<StepRecord> records;
    std::shared_ptr<const ModelSnapshot> snapshot;
    std::vector<std::shared_ptr<const ModelSnapshot>> milestones;
    bool wake_pending = false;

    template <class Change>
    void tell(Change change) {
        {
            const std::scoped_lock lock(mutex);
            change();
        }
        changed.notify_one();
    }

    // Publishes news; the wake-up is called outside the lock, once until the next drain().
    template <class Change>
    void publish(Change change) {
        bool call = false;
        {
            const std::scoped_lock lock(mutex);
            change();
            call = !std::exchange(wake_pending, true);
        }
        if (call) wake();
    }
};

// The worker thread's side. Only this thread touches the trainer.
struct TrainingLoop::Worker {
    using Clock = std::chrono::steady_clock;

    Shared& shared;
    const TrainingSetup& setup;
    std::unique_ptr<Trainer> trainer;
    std::size_t parameter_bytes = 0;  // of one snapshot

    LoopState state = LoopState::preparing;
    double training_seconds = 0;
    // Rates are means over about half a second of training.
    double span_seconds = 0;
    std::int64_t span_steps = 0;
    std::int64_t span_tokens = 0;
    bool had_whole_span = false;
    double steps_per_second = 0;
    double tokens_per_second = 0;

    void main() {
        try {
            trainer = make_trainer(setup.model, setup.train, setup.corpus, setup.initial);
            parameter_bytes = ParameterLayout(setup.model).size() * sizeof(double);
            enter(LoopState::ready);
            while (wait_for_work()) take_step();
        } catch (const std::exception& error) {
            shared.publish([&] {
                shared.status.state = LoopState::failed;
                shared.status.error = error.what();
            });
            // What was trained so far can still be looked at and saved.
            std::unique_lock lock(shared.mutex);
            shared.changed.wait(lock, [&] { return shared.quit; });
        }
    }

    // Changes the state and publishes it together with a snapshot of what the model is now.
    void enter(LoopState next) {
        state = next;
        publish_snapshot();
    }

    std::shared_ptr<const ModelSnapshot> make_snapshot() const {
        return std::make_shared<const ModelSnapshot>(
            ModelSnapshot{setup.run, trainer->steps_done(), trainer->weights(), setup.corpus.train->vocabulary_ptr()});
    }

    void keep_milestone() {
        {
            const std::scoped_lock lock(shared.mutex);
            if (shared.milestones_every == 0 || trainer->steps_done() % shared.milestones_every != 0) return;
            if (!shared.milestones.empty() && (shared.milestones.size() + 1) * parameter_bytes > most_milestone_bytes)
                return;
        }
        auto milestone = make_snapshot();
        shared.publish([&] { shared.milestones.push_back(std::move(milestone)); });
    }

    void publish_snapshot() {
        auto snapshot = make_snapshot();
        shared.publish([&] {
            shared.snapshot = std::move(snapshot);
            shared.status.state = state;
            shared.status.step = trainer->steps_done();
        });
    }

    // Takes up what the controlling thread wishes; returns true when a step is due, false to end.
    bool wait_for_work() {
        for (;;) {
            std::unique_lock lock(shared.mutex);
            const auto has_work = [&] {
                return shared.quit || shared.wish != Wish::none || shared.snapshot_wanted || shared.learning_rate ||
                       state == LoopState::running;
            };
            shared.changed.wait(lock, has_work);
            if (shared.quit) return false;
            const Wish wish = std::exchange(shared.wish, Wish::none);
            const bool snapshot_wanted = std::exchange(shared.snapshot_wanted, false);
            const std::optional<double> learning_rate = std::exchange(shared.learning_rate, {});
            const bool steps_left = trainer->steps_done() < shared.steps;
            lock.unlock();

            if (learning_rate) trainer->set_learning_rate(*learning_rate);
            if (wish == Wish::pause && state == LoopState::running) enter(LoopState::paused);
            else if (wish == Wish::stop && (state == LoopState::running || state == LoopState::paused))
                enter(LoopState::stopped);
            else if (wish == Wish::run && steps_left && state != LoopState::running) enter(LoopState::running);
            else if (snapshot_wanted) publish_snapshot();

            if (wish == Wish::step_once && state != LoopState::running && steps_left) {
                state = LoopState::paused;
                return true;
            }
            if (state != LoopState::running) continue;
            if (steps_left) return true;
            enter(LoopState::finished);
        }
    }

    void take_step() {
        const Clock::time_point begin = Clock::now();
        const StepRecord record = trainer->step();
        measure(std::chrono::duration<double>(Clock::now() - begin).count(), record.tokens);
        shared.publish([&] {
            shared.records.push_back(record);
            shared.status.step = record.step;
            shared.status.steps_per_second = steps_per_second;
            shared.status.tokens_per_second = tokens_per_second;
            shared.status.training_seconds = training_seconds;
        });
        keep_milestone();
        if (state == LoopState::paused) enter(record.step < steps_wanted() ? LoopState::paused : LoopState::finished);
    }

    std::int64_t steps_wanted() const {
        const std::scoped_lock lock(shared.mutex);
        return shared.steps;
    }

    void measure(double seconds, int tokens) {
        training_seconds += seconds;
        span_seconds += seconds;
        ++span_steps;
        span_tokens += tokens;
        // Within the first span, which may be a whole short run, the mean so far; then the mean of the last whole span.
        const bool whole = span_seconds >= 0.5;
        if (!whole && had_whole_span) return;
        steps_per_second = static_cast<double>(span_steps) / span_seconds;
        tokens_per_second = static_cast<double>(span_tokens) / span_seconds;
        if (!whole) return;
        had_whole_span = true;
        span_seconds = 0;
        span_steps = 0;
        span_tokens = 0;
    }
};

TrainingLoop::TrainingLoop(TrainingSetup setup, std::function<void()> wake)
    : setup_(std::move(setup)), shared_(std::make_shared<Shared>()) {
    shared_->wake = std::move(wake);
    shared_->steps = setup_.train.steps;
    shared_->status.steps = setup_.train.steps;
    thread_ = std::jthread([this] { Worker{*shared_, setup_, {}}.main(); });
}

TrainingLoop::~TrainingLoop() {
    shared_->tell([&] { shared_->quit = true; });
    thread_.join();
}

void TrainingLoop::run() {
    shared_->tell([&] { shared_->wish = Wish::run; });
}
void TrainingLoop::pause() {
    shared_->tell([&] { shared_->wish = Wish::pause; });
}
void TrainingLoop::stop() {
    shared_->tell([&] { shared_->wish = Wish::stop; });
}
void TrainingLoop::step_once() {
    shared_->tell([&] { shared_->wish = Wish::step_once; });
}
void TrainingLoop::set_learning_rate(double learning_rate) {
    shared_->tell([&] { shared_->learning_rate = learning_rate; });
}
void TrainingLoop::set_steps(std::int64_t steps) {
    shared_->tell([&] {
        shared_->steps = steps;
        shared_->status.steps = steps;
    });
}
void TrainingLoop::request_snapshot() {
    shared_->tell([&] { shared_->snapshot_wanted = true; });
}

void TrainingLoop::set_milestones(std::int64_t every) {
    shared_->tell([&] { shared_->milestones_every = every; });
}

std::vector<std::shared_ptr<const ModelSnapshot>> TrainingLoop::drain_milestones() {
    const std::scoped_lock lock(shared_->mutex);
    return std::exchange(shared_->milestones, {});
}

std::vector<StepRecord> TrainingLoop::drain() {
    const std::scoped_lock lock(shared_->mutex);
    shared_->wake_pending = false;
    return std::exchange(shared_->records, {});
}

TrainingStatus TrainingLoop::status() const {
    const std::scoped_lock lock(shared_->mutex);
    return shared_->status;
}

std::shared_ptr<const ModelSnapshot> TrainingLoop::snapshot() const {
    const std::scoped_lock lock(shared_->mutex);
    return shared_->snapshot;
}

}  // namespace gamegpt
