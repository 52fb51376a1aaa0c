#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/config.h"

namespace gamegpt {

// One matrix of the model in the flat parameter array: maps x (cols) to W x (rows), stored row by row.
struct ParameterEntry {
    std::string name;  // "wte", "layer0.attn_wq", ...
    std::size_t rows = 0;
    std::size_t cols = 0;
    std::size_t offset = 0;  // of its first value in the flat array

    std::size_t size() const { return rows * cols; }
};

// Names, shapes and places of all parameters, in the original's order: wte, wpe, lm_head, then for each layer attn_wq, attn_wk,
// attn_wv, attn_wo, mlp_fc1, mlp_fc2. The one description that engines, Adam, files, tables and tests share.
class ParameterLayout {
   public:
    explicit ParameterLayout(const ModelConfig& config);

    const std::vector<ParameterEntry>& entries() const { return entries_; }
    std::size_t size() const { return size_; }  // values in all
    // Throws Error (bad_argument) if there is no such matrix.
    const ParameterEntry& find(std::string_view name) const;

   private:
    std::vector<ParameterEntry> entries_;
    std::size_t size_ = 0;
};

}  // namespace gamegpt
