#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "core/corpus/corpus.h"
#include "core/model/weights.h"
#include "core/train/train_config.h"

namespace gamegpt {

// What one training step did.
struct StepRecord {
    std::int64_t step = 0;  // from 1
    double loss = 0;        // nats per token, of this step's windows before the update
    double learning_rate = 0;
    int tokens = 0;                  // predictions in the step
    std::optional<double> held_out;  // held-out loss after the update, in the steps that measure it
};

// Trains a model on a corpus: draws windows, takes loss and gradients from an engine, applies Adam. No thread, no
// clock, no file: the same corpus, configs and seeds give the same bits however the calls are spread over time.
class Trainer {
   public:
    virtual ~Trainer() = default;

    // Takes one step. Throws Error (mismatch) when the loss is not finite any more: the weights are left as they were.
    virtual StepRecord step() = 0;
    virtual std::int64_t steps_done() const = 0;
    // Replaces the base learning rate from the next step on; the schedule goes on. Throws Error (bad_argument).
    virtual void set_learning_rate(double learning_rate) = 0;
    // A copy in double.
    virtual Weights weights() const = 0;
    // Mean cross-entropy over the fixed held-out windows; NaN when nothing is held out.
    virtual double held_out_loss() = 0;
};

// Memory in bytes that training takes: parameters, gradients, both moments and the engine's scratch.
std::size_t training_bytes(const ModelConfig& model, const TrainConfig& config);

// Throws Error: too_large when training needs more memory than the machine has available, bad_argument for a setting,
// mismatch when corpus and model do not have the same vocabulary size or no document has two tokens. `initial`
// continues from given weights instead of the seed's (moments start at zero).
std::unique_ptr<Trainer> make_trainer(const ModelConfig& model, const TrainConfig& config, const CorpusSplit& corpus,
                                      std::optional<Weights> initial = {});

}  // namespace gamegpt
