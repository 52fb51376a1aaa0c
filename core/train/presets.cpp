#include "core/train/presets.h"

#include <array>

namespace gamegpt {

namespace {

std::array<Preset, 3> make_presets() {
    std::array<Preset, 3> all{
        Preset{"seed",
               "Snake",
               "The original's settings: 0.46 nats per token over the built-in games after 5,000 steps",
               {},
               {}},
        Preset{"names",
               "Short lines",
               "One layer for names and other short lines: held-out loss about 2.26 on 32,000 first names",
               {},
               {}},
        Preset{"text",
               "Long text",
               "Four layers for prose and plays: held-out loss 1.65 on a megabyte of Shakespeare",
               {},
               {}},
    };
    Preset& names = all[1];
    names.model.n_layer = 1;
    names.model.n_embd = 16;
    names.model.block_size = 16;
    names.train.steps = 10'000;
    names.train.held_out_every = 500;
    names.train.held_out_windows = 200;  // names are short: 32 of them would be a noisy mean
    Preset& text = all[2];
    text.model.n_layer = 4;
    text.model.n_embd = 128;
    text.model.init_std = 0.05;
    text.train.batch = 12;
    text.train.steps = 2'000;
    text.train.horizon = 2'000;
    text.train.learning_rate = 0.004;
    return all;
}

}  // namespace

std::span<const Preset> presets() {
    static const std::array<Preset, 3> all = make_presets();
    return all;
}

const Preset& preset_for(const Corpus& corpus) {
    if (corpus.vocabulary().kind() == Vocabulary::Kind::game) return presets()[0];
    return corpus.format() == CorpusFormat::long_text ? presets()[2] : presets()[1];
}

const Preset* matching_preset(const ModelConfig& model, const TrainConfig& train) {
    for (const Preset& preset : presets()) {
        ModelConfig same_model = model;
        TrainConfig same_train = train;
        apply(preset, same_model, same_train);
        if (same_model == model && same_train == train) return &preset;
    }
    return nullptr;
}

void apply(const Preset& preset, ModelConfig& model, TrainConfig& train) {
    const ModelConfig old_model = model;
    const TrainConfig old_train = train;
    model = preset.model;
    model.vocab_size = old_model.vocab_size;
    model.seed = old_model.seed;
    train = preset.train;
    train.seed = old_train.seed;
    train.engine = old_train.engine;
    train.threads = old_train.threads;
}

}  // namespace gamegpt
