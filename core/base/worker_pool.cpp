#include "core/base/worker_pool.h"

namespace gamegpt {

WorkerPool::WorkerPool(int threads) {
    for (int i = 1; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
    {
        const std::scoped_lock lock(mutex_);
        quit_ = true;
    }
    begin_.notify_all();
}

void WorkerPool::share_out(std::size_t count, void* context, Call call) {
    {
        const std::scoped_lock lock(mutex_);
        count_ = count;
        context_ = context;
        call_ = call;
        next_ = 0;
        busy_ = threads_.size();
        ++round_;
    }
    begin_.notify_all();
    take_tasks();
    std::unique_lock lock(mutex_);
    end_.wait(lock, [this] { return busy_ == 0; });
}

void WorkerPool::work() {
    std::size_t seen = 0;
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            begin_.wait(lock, [&] { return quit_ || round_ != seen; });
            if (quit_) return;
            seen = round_;
        }
        take_tasks();
        const std::scoped_lock lock(mutex_);
        if (--busy_ == 0) end_.notify_one();
    }
}

void WorkerPool::take_tasks() {
    for (std::size_t i = next_++; i < count_; i = next_++) call_(context_, i);
}

}  // namespace gamegpt
