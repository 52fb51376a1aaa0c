#include "core/train/trainer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/train/adam.h"
#include "core/train/evaluate.h"
#include "core/train/window_sampler.h"

namespace gamegpt {

namespace {

template <class Real>
class TrainerOf final : public Trainer {
   public:
    TrainerOf(const TrainConfig& config, const CorpusSplit& corpus, const Weights& initial)
        : model_(initial.config()),
          config_(config),
          engine_(make_engine<Real>(config.engine, model_, config.effective_threads())),
          parameters_(initial.values().begin(), initial.values().end()),
          gradients_(parameters_.size()),
          adam_(parameters_.size()),
          sampler_(corpus.train, model_.block_size, config.seed),
          windows_(static_cast<std::size_t>(config.batch)),
          window_tokens_(windows_.size()),
          held_out_(corpus.held_out) {
        for (auto& tokens : window_tokens_) tokens.reserve(static_cast<std::size_t>(model_.block_size) + 1);
        if (!held_out_) return;
        WindowSampler sampler(held_out_, model_.block_size, config.seed);
        held_out_tokens_.resize(static_cast<std::size_t>(config.held_out_windows));
        for (auto& tokens : held_out_tokens_) {
            sampler.next(tokens);
            held_out_windows_.emplace_back(tokens);
        }
    }

    StepRecord step() override {
        StepRecord record;
        record.step = adam_.step_count + 1;
        record.learning_rate = config_.learning_rate_at(record.step);
        for (std::size_t i = 0; i < windows_.size(); ++i) {
            sampler_.next(window_tokens_[i]);
            windows_[i] = window_tokens_[i];
            record.tokens += static_cast<int>(windows_[i].size()) - 1;
        }
        record.loss = engine_->loss_and_gradients(parameters_, windows_, gradients_);
        if (!std::isfinite(record.loss))
            throw Error(Error::Code::mismatch, "the loss stopped being a number at step " +
                                                   std::to_string(record.step) + ": try a smaller learning rate");
        adam_.update(parameters_, gradients_, record.learning_rate, config_.beta1, config_.beta2, config_.eps);
        if (config_.held_out_every > 0 && record.step % config_.held_out_every == 0 && held_out_)
            record.held_out = held_out_loss();
        return record;
    }

    std::int64_t steps_done() const override { return adam_.step_count; }

    void set_learning_rate(double learning_rate) override {
        TrainConfig changed = config_;
        changed.learning_rate = learning_rate;
        changed.validate();
        config_ = changed;
    }

    Weights weights() const override {
        Weights result(model_);
        std::copy(parameters_.begin(), parameters_.end(), result.values().begin());
        return result;
    }

    double held_out_loss() override {
        if (!held_out_) return std::numeric_limits<double>::quiet_NaN();
        // A few windows at a time, so that measuring takes no more memory than training does.
        double sum = 0;
        const std::span<const Window> all = held_out_windows_;
        for (std::size_t i = 0; i < all.size(); i += windows_.size()) {
            const auto some = all.subspan(i, std::min(windows_.size(), all.size() - i));
            sum += engine_->loss(parameters_, some) * static_cast<double>(some.size());
        }
        return sum / static_cast<double>(all.size());
    }

   private:
    ModelConfig model_;
    TrainConfig config_;
    std::unique_ptr<Engine<Real>> engine_;
    std::vector<Real> parameters_;
    std::vector<Real> gradients_;
    Adam<Real> adam_;
    WindowSampler sampler_;
    std::vector<Window> windows_;  // of this step
    std::vector<std::vector<TokenId>> window_tokens_;
    std::shared_ptr<const Corpus> held_out_;
    std::vector<std::vector<TokenId>> held_out_tokens_;
    std::vector<Window> held_out_windows_;
};

}  // namespace

std::size_t training_bytes(const ModelConfig& model, const TrainConfig& config) {
    const std::size_t real = config.engine == EngineKind::fast32 ? sizeof(float) : sizeof(double);
    return 4 * ParameterLayout(model).size() * real +
           engine_bytes(config.engine, model, static_cast<std::size_t>(config.batch));
}

namespace {
void check_memory(const ModelConfig& model, const TrainConfig& config) {
    const std::size_t needed = training_bytes(model, config);
    const std::size_t available = available_memory();
    if (available == 0 || needed <= available) return;
    throw Error(Error::Code::too_large, "training this model needs " + bytes_text(needed) + " of memory, but only " +
                                            bytes_text(available) +
                                            " are available: a smaller batch, context or width is needed");
}
}  // namespace

std::unique_ptr<Trainer> make_trainer(const ModelConfig& model, const TrainConfig& config, const CorpusSplit& corpus,
                                      std::optional<Weights> initial) {
    model.validate();
    config.validate();
    check_fit(model, *corpus.train);
    if (corpus.held_out) check_fit(model, *corpus.held_out);
    check_memory(model, config);
    if (initial && initial->layout().size() != ParameterLayout(model).size())
        throw Error(Error::Code::mismatch, "the given weights do not have the model's shape");
    if (!initial) initial = Weights::initial(model);
    if (config.engine == EngineKind::fast32) return std::make_unique<TrainerOf<float>>(config, corpus, *initial);
    return std::make_unique<TrainerOf<double>>(config, corpus, *initial);
}

}  // namespace gamegpt
