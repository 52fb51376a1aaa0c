#pragma once

#include <memory>
#include <string>

#include "core/corpus/corpus.h"
#include "core/train/trainer.h"

namespace gamegpt::cli {

// A training job that figures are measured on. The corpora are generated or drawn at random, so nobody needs a file:
// the cost of a step depends on the sizes, not on what the text says.
struct Workload {
    ModelConfig model;
    TrainConfig train;
    CorpusSplit corpus;

    std::unique_ptr<Trainer> trainer(EngineKind engine, int threads = 1) const;
};

// W1, the seed's model: the built-in Snake episodes end to end, so that every window has all its 64 predictions.
Workload seed_workload();
// W2, microgpt's: 27 tokens, 1 layer, width 16, one name of about 7 predictions a step.
Workload names_workload();
// W3: 65 characters, 4 layers, width 128, 12 windows of 64 predictions.
Workload small_workload();
// W4: 65 characters, 6 layers, width 384, 8 windows of 256 predictions.
Workload bigger_workload();

// The corpora of W2 and of W3 and W4, as files would hold them.
std::string random_names(int count);
std::string random_text(int characters);

}  // namespace gamegpt::cli
