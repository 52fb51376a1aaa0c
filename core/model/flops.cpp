#include "core/model/flops.h"

namespace gamegpt {

double forward_flops(const ModelConfig& config, int predictions) {
    const double t = predictions;
    const double layers = config.n_layer;
    const double width = config.n_embd;
    const double projections = 12 * layers * width * width + width * config.vocab_size;
    return 2 * t * projections + 2 * layers * width * t * (t + 1);
}

double flops_per_step(const ModelConfig& config, int windows, int predictions) {
    return 3 * windows * forward_flops(config, predictions);
}

}  // namespace gamegpt
