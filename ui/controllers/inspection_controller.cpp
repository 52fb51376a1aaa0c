#include "ui/controllers/inspection_controller.h"

namespace gamegpt::ui {

InspectionController::InspectionController(QObject* parent)
    : QObject(parent),
      m_trace([this](Outcome<Traced> outcome) {
          if (outcome.value) emit traced(outcome.value->trace, outcome.value->labels, outcome.value->step);
      }),
      m_project([this](Outcome<Projected> outcome) {
          if (!outcome.value) return;
          m_last = std::move(outcome.value);
          emit projected(m_last->matrix, m_last->projection, m_last->step);
      }) {}

void InspectionController::cancel() {
    m_trace.cancel();
    m_project.cancel();
}

void InspectionController::traceTokens(std::shared_ptr<const ModelSnapshot> snapshot, std::vector<TokenId> tokens) {
    const auto most = static_cast<std::size_t>(snapshot->weights.config().block_size);
    if (tokens.size() > most) tokens.resize(most);
    m_trace.run([snapshot = std::move(snapshot), tokens = std::move(tokens)](const auto&) {
        return attempt([&] {
            QStringList labels;
            for (const TokenId token : tokens) labels << QString::fromStdString(snapshot->vocabulary->label(token));
            return Traced{std::make_shared<const Trace>(trace(snapshot->weights, tokens)), labels, snapshot->step};
        });
    });
}

void InspectionController::project(std::shared_ptr<const ModelSnapshot> snapshot, const QString& matrix) {
    std::optional<Projection> previous;
    if (m_last && m_last->matrix == matrix && m_last->run == snapshot->run) previous = m_last->projection;
    m_project.run([snapshot = std::move(snapshot), matrix, previous](const auto&) {
        return attempt([&] {
            const Weights& weights = snapshot->weights;
            const ParameterEntry& entry = weights.layout().find(matrix.toStdString());
            return Projected{
                matrix,
                principal_components(weights.view(entry.name), entry.rows, entry.cols, previous ? &*previous : nullptr),
                snapshot->run, snapshot->step};
        });
    });
}

}  // namespace gamegpt::ui
