#pragma once

#include <span>

#include "core/corpus/corpus.h"
#include "core/model/config.h"
#include "core/train/train_config.h"

namespace gamegpt {

// Settings that are known to work for a kind of corpus; vocab_size and seeds are not part of a preset.
struct Preset {
    const char* id;    // "seed", "names", "text": for the command line
    const char* name;  // for people
    const char* what;  // what it is for and what it reaches
    ModelConfig model;
    TrainConfig train;
};

std::span<const Preset> presets();
// The preset for a corpus: the seed's for game tokens, names for a document a line, text for one long text.
const Preset& preset_for(const Corpus& corpus);
// The preset that these settings are, null when they are none's.
const Preset* matching_preset(const ModelConfig& model, const TrainConfig& train);
// Takes a preset over, keeping vocabulary size, seeds, engine and threads.
void apply(const Preset& preset, ModelConfig& model, TrainConfig& train);

}  // namespace gamegpt
