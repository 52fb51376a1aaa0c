#include "ui/controllers/inspection_controller.h"

#include "core/inspect/sequences.h"

namespace gamegpt::ui {

namespace {
constexpr std::size_t ablationDocuments = 100;  // that the loss is measured on
constexpr std::size_t lensCandidates = 5;
constexpr std::size_t nearest = 20;        // rows that are listed
constexpr std::size_t deadDocuments = 20;  // that dead units are looked for on
constexpr std::size_t gradientDocuments = 8;
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
          reported<OfStep<LensAverages>>([this](const auto& found) { emit lensAveraged(found.figures, found.step); })),
      m_compare(reported<ComparedRows>([this](const ComparedRows& compared) { emit rowsCompared(compared); })),
      m_measure(reported<std::shared_ptr<const InspectedWeights>>(
          [this](const auto& weights) { emit weightsMeasured(weights); })) {}

void InspectionController::cancel() {
    m_trace.cancel();
    m_project.cancel();
    m_heads.cancel();
    m_ablate.cancel();
    m_lens.cancel();
    m_averages.cancel();
    m_compare.cancel();
    m_measure.cancel();
    m_measured.reset();
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

void InspectionController::compareRows(std::shared_ptr<const ModelSnapshot> snapshot, const QString& matrix,
                                       std::size_t row, std::vector<std::size_t> chosen) {
    m_compare.run([snapshot = std::move(snapshot), matrix, row, chosen = std::move(chosen)](const auto&) {
        return attempt([&] {
            const ParameterEntry& entry = snapshot->weights.layout().find(matrix.toStdString());
            const auto values = snapshot->weights.view(entry.name);
            return ComparedRows{
                matrix,
                row,
                neighbours(values, entry.cols, row, nearest),
                chosen,
                std::make_shared<const std::vector<std::vector<double>>>(similarity(values, entry.cols, chosen)),
                snapshot->step};
        });
    });
}

void InspectionController::measureWeights(std::shared_ptr<const ModelSnapshot> snapshot,
                                          std::shared_ptr<const Corpus> corpus) {
    if (m_measured && m_measured->run == snapshot->run && m_measured->step == snapshot->step) return;
    const auto before = std::exchange(m_measured, snapshot);
    const bool follows = before && before->run == snapshot->run && before->step < snapshot->step;
    m_measure.run([snapshot = std::move(snapshot), before = follows ? before : nullptr,
                   corpus = std::move(corpus)](const auto&) {
        return attempt([&]() -> std::shared_ptr<const InspectedWeights> {
            const Weights& weights = snapshot->weights;
            InspectedWeights found;
            found.step = snapshot->step;
            for (const ParameterEntry& entry : weights.layout().entries())
                found.shapes.push_back({entry.rows, entry.cols});
            found.matrices = matrix_statistics(weights);
            found.gradients = gradient_statistics(
                weights, leading_sequences(*corpus, gradientDocuments, std::size_t(weights.config().block_size) + 1));
            if (before) found.ratios = update_ratios(before->weights, weights, snapshot->step - before->step);
            found.dead = dead_units(
                weights, leading_sequences(*corpus, deadDocuments, std::size_t(weights.config().block_size)));
            found.health = health(found.matrices, found.ratios, found.dead);
            return std::make_shared<const InspectedWeights>(std::move(found));
        });
    });
}

}  // namespace gamegpt::ui
