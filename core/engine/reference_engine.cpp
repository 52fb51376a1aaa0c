#include "core/engine/reference_engine.h"

#include <cstdint>

#include "core/engine/reference_forward.h"

namespace gamegpt {

ReferenceEngine::ReferenceEngine(const ModelConfig& config) : config_(config), layout_(config) {
    parameters_.reserve(layout_.size());
    for (std::size_t i = 0; i < layout_.size(); ++i) parameters_.push_back(tape_.value(0));
}

std::size_t ReferenceEngine::bytes(const ModelConfig& config, std::size_t batch) {
    const ParameterLayout layout(config);
    const auto t = static_cast<std::size_t>(config.block_size);
    const auto c = static_cast<std::size_t>(config.n_embd);
    const auto l = static_cast<std::size_t>(config.n_layer);
    const auto h = static_cast<std::size_t>(config.n_head);
    const auto v = static_cast<std::size_t>(config.vocab_size);
    // A node a term of a product, of a score or of a weighted sum, and about a dozen a feature, score or logit besides.
    const std::size_t per_position = l * (12 * c * c + (t + 1) * c + (t + 1) * 4 * h) + v * c + 12 * (l * 8 * c + v);
    return 2 * 32 * (layout.size() + batch * t * per_position);
}

void ReferenceEngine::load(std::span<const double> parameters) {
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        parameters_[i].set_data(parameters[i]);
        parameters_[i].zero_grad();
    }
}

std::vector<Value> ReferenceEngine::losses(Window window) {
    const auto layers = static_cast<std::size_t>(config_.n_layer);
    std::vector<LayerCache<Value>> keys(layers);
    std::vector<LayerCache<Value>> values(layers);
    std::vector<Value> result;
    for (std::size_t t = 0; t + 1 < window.size(); ++t) {
        const std::vector<Value> logits =
            reference_forward<Value>(config_, layout_, parameters_, window[t], static_cast<int>(t), keys, values);
        result.push_back(-log(softmax(logits)[static_cast<std::size_t>(window[t + 1])]));
    }
    return result;
}

namespace {
Value mean(const std::vector<Value>& values) {
    Value sum = values[0];
    for (std::size_t i = 1; i < values.size(); ++i) sum = sum + values[i];
    return sum * (1.0 / static_cast<double>(values.size()));
}
}  // namespace

double ReferenceEngine::loss_and_gradients(std::span<const double> parameters, std::span<const Window> windows,
                                           std::span<double> gradients) {
    check_windows(config_, windows);
    load(parameters);
    std::vector<Value> means;
    for (const Window window : windows) means.push_back(mean(losses(window)));
    const Value loss = mean(means);
    loss.backward();
    for (std::size_t i = 0; i < gradients.size(); ++i) gradients[i] = parameters_[i].grad();
    const double result = loss.data();
    nodes_ = tape_.size();
    tape_.truncate(parameters_.size());
    return result;
}

double ReferenceEngine::loss(std::span<const double> parameters, std::span<const Window> windows,
                             std::span<double> nll) {
    check_windows(config_, windows);
    load(parameters);
    double total = 0;
    std::size_t row = 0;
    for (const Window window : windows) {
        double sum = 0;
        const std::vector<Value> values = losses(window);
        for (const Value& value : values) {
            if (!nll.empty()) nll[row++] = value.data();
            sum += value.data();
        }
        total += sum / static_cast<double>(values.size());
        nodes_ = tape_.size();
        tape_.truncate(parameters_.size());
    }
    return total / static_cast<double>(windows.size());
}

std::size_t loss_graph_nodes(const ModelConfig& config, int predictions) {
    ReferenceEngine engine(config);
    const std::vector<double> parameters(ParameterLayout(config).size(), 0.01);
    std::vector<double> gradients(parameters.size());
    const auto nodes_of = [&](int n) {
        const std::vector<TokenId> tokens(static_cast<std::size_t>(n) + 1, 0);
        const Window window = tokens;
        engine.loss_and_gradients(parameters, std::span(&window, 1), gradients);
        return static_cast<std::int64_t>(engine.nodes());
    };
    if (predictions <= 3) return static_cast<std::size_t>(nodes_of(predictions));
    const std::int64_t one = nodes_of(1), two = nodes_of(2), three = nodes_of(3), n = predictions;
    const std::int64_t second = three - 2 * two + one;  // Newton's forward differences
    return static_cast<std::size_t>(one + (n - 1) * (two - one) + (n - 1) * (n - 2) / 2 * second);
}

}  // namespace gamegpt
