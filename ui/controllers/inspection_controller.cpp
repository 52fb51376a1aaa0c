#include "ui/controllers/inspection_controller.h"

#include "core/inspect/sequences.h"

namespace gamegpt::ui {

namespace {
constexpr std::size_t ablationDocuments = 100;  // that the loss is measured on
constexpr std::size_t lensCandidates = 5;
}  // namespace

InspectionController::InspectionController(QObject* parent)
    : QObject(parent),
      m_trace([this](Outcome<Traced> outcome) {
          if (outcome.value)
              emit traced(outcome.value->trace, outcome.value->labels, outcome.value->step, outcome.value->vocabulary);
      }),
      m_project([this](Outcome<Projected> outcome) {
          if (!outcome.value) return;
          m_last = std::move(outcome.value);
          emit projected(m_last->matrix, m_last->projection, m_last->step);
      }),
      m_heads(reported<OfStep<AttentionStatistics>>(
          [this](const auto& found) { emit headsMeasured(found.figures, found.step); })),
      m_ablate(reported<std::shared_ptr<const AblationEffect>>([this](const auto& effect) { emit ablated(effect); })),
      m_lens(reported<Lens>([this](const Lens& read) { emit lensRead(read.lens, read.vocabulary, read.step); })),
      m_averages(
          reported<OfStep<LensAverages>>([this](const auto& found) { emit lensAveraged(found.figures, found.step); })) {
}

void InspectionController::cancel() {
    m_trace.cancel();
    m_project.cancel();
    m_heads.cancel();
    m_ablate.cancel();
    m_lens.cancel();
    m_averages.cancel();
}

void InspectionController::traceTokens(std::shared_ptr<const ModelSnapshot> snapshot, std::vector<TokenId> tokens) {
    const auto most = static_cast<std::size_t>(snapshot->weights.config().block_size);
    if (tokens.size() > most) tokens.resize(most);
    m_trace.run([snapshot = std::move(snapshot), tokens = std::move(tokens)](const auto&) {
        return attempt([&] {
            QStringList labels;
            for (const TokenId token : tokens) labels << QString::fromStdString(snapshot->vocabulary->label(token));
            return Traced{std::make_shared<const Trace>(trace(snapshot->weights, tokens)), labels, snapshot->step,
                          snapshot->vocabulary};
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

void InspectionController::measureHeads(std::shared_ptr<const ModelSnapshot> snapshot,
                                        std::shared_ptr<const Corpus> corpus, int documents) {
    m_heads.run([snapshot = std::move(snapshot), corpus = std::move(corpus), documents](const auto& cancelled) {
        return attempt([&] {
            const auto sequences =
                leading_sequences(*corpus, std::size_t(documents), std::size_t(snapshot->weights.config().block_size));
            return OfStep<AttentionStatistics>{
                attention_statistics(snapshot->weights, corpus->vocabulary(), sequences, [&] { return !*cancelled; }),
                snapshot->step};
        });
    });
}

void InspectionController::ablate(std::shared_ptr<const ModelSnapshot> snapshot, const Ablation& ablation,
                                  const CorpusSplit& split, std::vector<TokenId> prefix,
                                  const SampleSettings& settings) {
    m_ablate.run([snapshot = std::move(snapshot), ablation, corpus = split.held_out ? split.held_out : split.train,
                  heldOut = split.held_out != nullptr, prefix = std::move(prefix), settings](const auto&) {
        return attempt([&]() -> std::shared_ptr<const AblationEffect> {
            const Weights& weights = snapshot->weights;
            const Weights without = gamegpt::ablated(weights, ablation);
            const auto most = std::size_t(weights.config().block_size);
            const auto sequences = leading_sequences(*corpus, ablationDocuments, most + 1);
            const auto prefixes = std::span(prefix).first(std::min(prefix.size(), most));
            const auto sample = [&](const Weights& of) { return generate_many(of, settings, 1, 1).front(); };
            return std::make_shared<const AblationEffect>(AblationEffect{
                ablation, predictions(weights, sequences, prefixes), predictions(without, sequences, prefixes),
                sample(weights), sample(without), corpus->vocabulary_ptr(), snapshot->step, heldOut});
        });
    });
}

void InspectionController::readLens(std::shared_ptr<const ModelSnapshot> snapshot, std::vector<TokenId> tokens) {
    const auto most = static_cast<std::size_t>(snapshot->weights.config().block_size);
    if (tokens.size() > most) tokens.resize(most);
    m_lens.run([snapshot = std::move(snapshot), tokens = std::move(tokens)](const auto&) {
        return attempt([&] {
            return Lens{std::make_shared<const LogitLens>(logit_lens(snapshot->weights, tokens, lensCandidates)),
                        snapshot->vocabulary, snapshot->step};
        });
    });
}

void InspectionController::averageLens(std::shared_ptr<const ModelSnapshot> snapshot,
                                       std::shared_ptr<const Corpus> corpus, int documents) {
    m_averages.run([snapshot = std::move(snapshot), corpus = std::move(corpus), documents](const auto& cancelled) {
        return attempt([&] {
            const auto sequences =
                leading_sequences(*corpus, std::size_t(documents), std::size_t(snapshot->weights.config().block_size));
            return OfStep<LensAverages>{
                lens_averages(snapshot->weights, corpus->vocabulary(), sequences, [&] { return !*cancelled; }),
                snapshot->step};
        });
    });
}

}  // namespace gamegpt::ui
