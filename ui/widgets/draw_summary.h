#pragma once

#include <QStringList>

#include "core/sample/generate.h"

namespace gamegpt::ui {

// The filters that are on: "top-k 5", "min-p 0.05".
QStringList filterParts(const FilterSettings& filters);
// What samples were drawn with: "temperature 0.50 \u00b7 seed 42 \u00b7 top-k 5".
QString drawSummary(const SampleSettings& settings);

}  // namespace gamegpt::ui
