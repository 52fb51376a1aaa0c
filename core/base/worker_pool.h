#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <vector>

namespace gamegpt {

// A fixed set of threads that share out numbered tasks; they sleep between calls. Which thread takes which task is left
// open, so tasks must not depend on it. One caller at a time. Tasks must not throw.
class WorkerPool {
   public:
    // `threads` includes the calling one; at least 1.
    explicit WorkerPool(int threads);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    int threads() const { return static_cast<int>(threads_.size()) + 1; }

    // Calls task(0) .. task(count - 1), each once, and returns when all are done. Allocates nothing.
    template <class Task>
    void run(std::size_t count, Task&& task) {
        if (count <= 1 || threads_.empty()) {
            for (std::size_t i = 0; i < count; ++i) task(i);
            return;
        }
        share_out(count, &task,
                  [](void* context, std::size_t i) { (*static_cast<std::remove_reference_t<Task>*>(context))(i); });
    }

   private:
    using Call = void (*)(void*, std::size_t);
    void share_out(std::size_t count, void* context, Call call);
    void work();
    void take_tasks();

    std::mutex mutex_;
    std::condition_variable begin_;
    std::condition_variable end_;
    std::size_t round_ = 0;  // of calls to run()
    std::size_t busy_ = 0;   // threads still at this round
    bool quit_ = false;
    std::atomic<std::size_t> next_ = 0;
    std::size_t count_ = 0;
    void* context_ = nullptr;
    Call call_ = nullptr;
    std::vector<std::jthread> threads_;
};

}  // namespace gamegpt
