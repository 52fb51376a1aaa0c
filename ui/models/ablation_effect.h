#pragma once

#include <QtGlobal>

#include <memory>
#include <vector>

#include "core/inspect/ablation.h"

namespace gamegpt::ui {

// What a model does with some of its parts off, beside what it does with all of them.
struct AblationEffect {
    Ablation ablation;
    Predictions with, without;                       // with all parts, without the ablated ones
    std::vector<TokenId> sampleWith, sampleWithout;  // from the same draws
    std::shared_ptr<const Vocabulary> vocabulary;
    qint64 step = 0;
    bool heldOut = false;  // whether the loss is of documents that the model is not trained on
};

}  // namespace gamegpt::ui
