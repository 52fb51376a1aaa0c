#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "core/model/weights.h"

namespace gamegpt {

// The original's weights file: a line `{name}|{row}|{values separated by spaces, 8 decimals}` per matrix row, \n line
// ends, layout order.
void write_weights_text(const Weights& weights, std::ostream& out);
// Replaces `path` as a whole or not at all.
void save_weights_text(const Weights& weights, const std::string& path);

// Reads a file into a model of this shape. Blank lines are skipped. Throws Error (bad_format) with file, line, what was
// found and what was expected for a wrong name, row, count or number, a line too many or too few.
Weights parse_weights_text(std::string_view bytes, const std::string& name, const ModelConfig& config);

// The shape that a file's lines have; n_head cannot be read from it and is taken as given. Throws Error (bad_format).
ModelConfig shape_of_weights_text(std::string_view bytes, const std::string& name, int n_head);

// Both in one: the shape is read from the file.
Weights load_weights_text(const std::string& path, int n_head);

}  // namespace gamegpt
