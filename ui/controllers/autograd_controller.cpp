#include "ui/controllers/autograd_controller.h"

#include "core/engine/reference_engine.h"
#include "core/inspect/neuron.h"
#include "ui/widgets/format.h"
#include "ui/widgets/graph_view.h"

namespace gamegpt::ui {

namespace {
constexpr std::size_t mostCounted = 300'000;  // parameters: three predictions of them are some 60 MB of graph
}

AutogradController::AutogradController(QObject* parent)
    : QObject(parent),
      m_layout([this](Outcome<LaidOut> outcome) {
          if (outcome.value) emit laidOut(outcome.value->graph, outcome.value->layout);
          else emit failed(outcome.error);
      }),
      m_count([this](Outcome<Counted> outcome) {
          if (outcome.value) emit counted(outcome.value->nodes, outcome.value->predictions);
          else emit failed(outcome.error);
      }),
      m_unfold([this](Outcome<Unfolded> outcome) {
          if (outcome.value) emit unfolded(outcome.value->expression, outcome.value->where);
          else emit failed(outcome.error);
      }) {}

void AutogradController::layOut(const ExpressionGraph& graph) {
    m_layout.run([graph](const auto&) {
        return attempt([&] {
            const std::vector<QSizeF> sizes(graph.nodes.size(), GraphView::nodeSize());
            return LaidOut{graph, gamegpt::ui::layOut(sizes, GraphView::edgesOf(graph))};
        });
    });
}

void AutogradController::count(const ModelConfig& config) {
    m_count.run([config](const auto&) {
        return attempt([&] {
            const bool small = ParameterLayout(config).size() <= mostCounted;
            return Counted{small ? qint64(loss_graph_nodes(config, config.block_size)) : 0, config.block_size};
        });
    });
}

void AutogradController::unfold(std::shared_ptr<const ModelSnapshot> snapshot, std::vector<TokenId> tokens, int layer,
                                int unit) {
    m_unfold.run([snapshot = std::move(snapshot), tokens = std::move(tokens), layer, unit](const auto&) {
        return attempt([&] {
            const auto seen = std::span(tokens).first(
                std::min(tokens.size(), static_cast<std::size_t>(snapshot->weights.config().block_size)));
            const Trace traced = trace(snapshot->weights, seen);
            const int position = static_cast<int>(seen.size()) - 1;
            const Neuron neuron = mlp_neuron(snapshot->weights, traced, layer, unit, position);
            return Unfolded{
                QString::fromStdString(expression_of(neuron)),
                tr("unit %1 of layer %2's MLP at token %3 (%4), step %5")
                    .arg(unit)
                    .arg(layer + 1)
                    .arg(position)
                    .arg(QString::fromStdString(snapshot->vocabulary->label(seen.back())), grouped(snapshot->step))};
        });
    });
}

}  // namespace gamegpt::ui
