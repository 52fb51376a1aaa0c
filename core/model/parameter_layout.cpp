#include "core/model/parameter_layout.h"

#include "core/base/error.h"

namespace gamegpt {

ParameterLayout::ParameterLayout(const ModelConfig& config) {
    config.validate();
    const auto add = [&](std::string name, int rows, int cols) {
        entries_.push_back({std::move(name), static_cast<std::size_t>(rows), static_cast<std::size_t>(cols), size_});
        size_ += entries_.back().size();
    };
    const int c = config.n_embd;
    add("wte", config.vocab_size, c);
    add("wpe", config.block_size, c);
    add("lm_head", config.vocab_size, c);
    for (int i = 0; i < config.n_layer; ++i) {
        const std::string layer = "layer" + std::to_string(i) + ".";
        add(layer + "attn_wq", c, c);
        add(layer + "attn_wk", c, c);
        add(layer + "attn_wv", c, c);
        add(layer + "attn_wo", c, c);
        add(layer + "mlp_fc1", 4 * c, c);
        add(layer + "mlp_fc2", c, 4 * c);
    }
}

const ParameterEntry& ParameterLayout::find(std::string_view name) const {
    for (const ParameterEntry& entry : entries_)
        if (entry.name == name) return entry;
    throw Error(Error::Code::bad_argument, "the model has no matrix named " + std::string(name));
}

}  // namespace gamegpt
