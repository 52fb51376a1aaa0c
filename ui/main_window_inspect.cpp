#include <QDockWidget>

#include "core/base/error.h"
#include "ui/controllers/inspection_controller.h"
#include "ui/controllers/sampler_controller.h"
#include "ui/controllers/training_controller.h"
#include "ui/main_window.h"
#include "ui/panels/attention_panel.h"
#include "ui/panels/embeddings_panel.h"
#include "ui/panels/lens_panel.h"
#include "ui/panels/next_token_panel.h"
#include "ui/panels/sampler_panel.h"
#include "ui/status_line.h"

// What the panels that look inside the model show, and when it is computed: for panels on screen only.
namespace gamegpt::ui {

void MainWindow::connectInspection() {
    connect(m_attentionPanel, &AttentionPanel::sourceChanged, this, [this] {
        traceAttention();
        readLens();
    });
    connect(m_attentionDock, &QDockWidget::visibilityChanged, this, [this](bool visible) {
        if (!visible) return;
        traceAttention();
        measureHeads();
        measureAblation();
    });
    connect(m_inspection, &InspectionController::traced, m_attentionPanel, &AttentionPanel::setTrace);
    connect(m_attentionPanel, &AttentionPanel::headsWanted, this, &MainWindow::measureHeads);
    connect(m_inspection, &InspectionController::headsMeasured, m_attentionPanel, &AttentionPanel::setHeads);
    connect(m_attentionPanel, &AttentionPanel::ablationChanged, this, &MainWindow::measureAblation);
    connect(m_inspection, &InspectionController::ablated, m_attentionPanel, &AttentionPanel::setAblationEffect);
    connect(m_inspection, &InspectionController::failed, m_status, &StatusLine::setNews);

    connect(m_lensDock, &QDockWidget::visibilityChanged, this, [this](bool visible) {
        if (!visible) return;
        readLens();
        averageLens();
    });
    connect(m_inspection, &InspectionController::lensRead, m_lensPanel, &LensPanel::setLens);
    connect(m_lensPanel, &LensPanel::averagesWanted, this, &MainWindow::averageLens);
    connect(m_inspection, &InspectionController::lensAveraged, m_lensPanel, &LensPanel::setAverages);
    connect(m_training, &TrainingController::runBegan, m_lensPanel, &LensPanel::clear);
    connect(m_sampler, &SamplerController::drawn, this, [this] {
        if (m_attentionPanel->source() == AttentionPanel::Source::sample) readLens();
    });
    connect(m_samplerPanel, &SamplerPanel::sampleSelected, this, &MainWindow::readLens);
    connect(m_training, &TrainingController::snapshotArrived, this, [this] {
        measureHeads();
        measureAblation();
        readLens();
        averageLens();
    });

    connect(m_embeddingsPanel, &EmbeddingsPanel::projectionWanted, this, &MainWindow::projectEmbeddings);
    connect(m_embeddingsDock, &QDockWidget::visibilityChanged, this, [this](bool visible) {
        if (visible && m_training->snapshot()) m_embeddingsPanel->setSnapshot(m_training->snapshot());
    });
    connect(m_inspection, &InspectionController::projected, m_embeddingsPanel, &EmbeddingsPanel::setProjection);
}

std::vector<TokenId> MainWindow::attentionTokens() {
    const Corpus& corpus = *m_training->corpus().train;
    switch (m_attentionPanel->source()) {
        case AttentionPanel::Source::sample: {
            const auto selected = static_cast<std::size_t>(m_samplerPanel->selectedSample());
            return selected < m_samples.size() ? m_samples[selected] : std::vector<TokenId>();
        }
        case AttentionPanel::Source::place: return m_nextTokenPanel->prefix();
        case AttentionPanel::Source::typed: {
            m_attentionPanel->setTypedProblem({});
            std::vector<TokenId> tokens;
            try {
                tokens = corpus.vocabulary().encode(m_attentionPanel->typedText().toStdString());
            } catch (const Error& error) {
                m_attentionPanel->setTypedProblem(QString::fromUtf8(error.what()));
                return {};
            }
            tokens.insert(tokens.begin(), corpus.vocabulary().start());
            return tokens;
        }
        case AttentionPanel::Source::document: break;
    }
    const auto document =
        corpus.document(std::min(static_cast<std::size_t>(m_attentionPanel->document()), corpus.documents() - 1));
    m_attentionPanel->setDocumentLength(static_cast<int>(document.size()));
    const auto from =
        document.subspan(std::min(static_cast<std::size_t>(m_attentionPanel->offset()), document.size() - 1));
    return from.first(std::min(from.size(), static_cast<std::size_t>(m_training->model().block_size))).to_vector();
}

std::shared_ptr<const Corpus> MainWindow::inspectedCorpus() const {
    const CorpusSplit& corpus = m_training->corpus();
    return corpus.held_out ? corpus.held_out : corpus.train;
}

void MainWindow::traceAttention() {
    if (!m_training->snapshot() || !isOnScreen(m_attentionDock)) return;
    std::vector<TokenId> tokens = attentionTokens();
    if (!tokens.empty()) m_inspection->traceTokens(m_training->snapshot(), std::move(tokens));
}

void MainWindow::measureHeads() {
    if (m_training->snapshot() && isOnScreen(m_attentionDock) && m_attentionPanel->wantsHeads())
        m_inspection->measureHeads(m_training->snapshot(), inspectedCorpus(), m_attentionPanel->headDocuments());
}

void MainWindow::measureAblation() {
    if (m_training->snapshot() && isOnScreen(m_attentionDock) && !m_attentionPanel->ablation().empty())
        m_inspection->ablate(m_training->snapshot(), m_attentionPanel->ablation(), m_training->corpus(),
                             attentionTokens(), sampleSettings());
}

void MainWindow::readLens() {
    if (!m_training->snapshot() || !isOnScreen(m_lensDock)) return;
    std::vector<TokenId> tokens = attentionTokens();
    if (!tokens.empty()) m_inspection->readLens(m_training->snapshot(), std::move(tokens));
}

void MainWindow::averageLens() {
    if (m_training->snapshot() && isOnScreen(m_lensDock) && m_lensPanel->wantsAverages())
        m_inspection->averageLens(m_training->snapshot(), inspectedCorpus(), m_lensPanel->documents());
}

void MainWindow::projectEmbeddings() {
    if (m_training->snapshot()) m_inspection->project(m_training->snapshot(), m_embeddingsPanel->matrix());
}

}  // namespace gamegpt::ui
