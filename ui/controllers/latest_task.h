#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QtConcurrent>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace gamegpt::ui {

// Runs a computation off the GUI thread, one at a time; the newest request wins. A request that comes while another is
// at work waits for it and replaces any that waited before: what is at work is still delivered, so that a slow
// computation under fast requests shows something at all. Lives on the GUI thread.
template <class Result>
class LatestTask {
   public:
    using Cancelled = std::shared_ptr<const std::atomic<bool>>;
    // Computes on a worker thread; may look at `cancelled` now and then and return anything when it is set.
    using Work = std::function<Result(const Cancelled& cancelled)>;

    explicit LatestTask(std::function<void(Result)> deliver) : m_deliver(std::move(deliver)) {
        QObject::connect(&m_watcher, &QFutureWatcherBase::finished, &m_watcher, [this] { finished(); });
    }
    ~LatestTask() { cancel(); }

    void run(Work work) {
        if (!m_running) return start(std::move(work));
        m_waiting = std::move(work);
    }
    // Drops what waits; what is at work is told and not delivered.
    void cancel() {
        m_waiting.reset();
        if (m_cancelled) m_cancelled->store(true);
    }
    bool isRunning() const { return m_running; }

   private:
    void start(Work work) {
        m_running = true;
        m_cancelled = std::make_shared<std::atomic<bool>>(false);
        m_watcher.setFuture(
            QtConcurrent::run([work = std::move(work), cancelled = m_cancelled] { return work(cancelled); }));
    }
    void finished() {
        m_running = false;
        if (!m_cancelled->load()) m_deliver(m_watcher.result());
        if (m_waiting) start(*std::exchange(m_waiting, std::nullopt));
    }

    std::function<void(Result)> m_deliver;
    QFutureWatcher<Result> m_watcher;
    std::shared_ptr<std::atomic<bool>> m_cancelled;
    std::optional<Work> m_waiting;
    bool m_running = false;
};

// What a task gives that can fail: a value, or a sentence on what went wrong.
template <class Value>
struct Outcome {
    std::optional<Value> value;
    QString error;
};

template <class Function>
auto attempt(Function&& function) -> Outcome<decltype(function())> {
    try {
        return {function(), {}};
    } catch (const std::bad_alloc&) {
        return {std::nullopt, QObject::tr("There is not enough memory for this.")};
    } catch (const std::exception& error) {
        return {std::nullopt, QString::fromUtf8(error.what())};
    }
}

}  // namespace gamegpt::ui
