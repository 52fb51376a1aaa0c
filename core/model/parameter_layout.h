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

// Names, shapes and places of all parameters, in the original's order: wte, wpe, lm_head, then for each layer attn_wq,
// attn_wk, attn_wv, attn_wo, mlp_fc1, mlp_fc2. The one description that engines, Adam, files, tables and tests share.
class ParameterLayout {
   public:
    explicit ParameterLayout(const ModelConfig& config);

    const std::vector<ParameterEntry>& entries() const { return entries_; }
    std::size_t size() const { return size_; }  // values in all

    // Offsets of the matrices without a search. attn_wq, attn_wk and attn_wv of a layer follow each other: one (3
    // n_embd, n_embd) matrix.
    std::size_t wte() const { return entries_[0].offset; }
    std::size_t wpe() const { return entries_[1].offset; }
    std::size_t lm_head() const { return entries_[2].offset; }
    struct Layer {
        std::size_t attn_wqkv, attn_wo, mlp_fc1, mlp_fc2;
    };
    Layer layer(std::size_t i) const {
        const ParameterEntry* first = &entries_[3 + 6 * i];
        return {first[0].offset, first[3].offset, first[4].offset, first[5].offset};
    }
    // Throws Error (bad_argument) if there is no such matrix.
    const ParameterEntry& find(std::string_view name) const;

   private:
    std::vector<ParameterEntry> entries_;
    std::size_t size_ = 0;
};

}  // namespace gamegpt
