#include <QDockWidget>

#include "ui/controllers/inspection_controller.h"
#include "ui/controllers/training_controller.h"
#include "ui/main_window.h"
#include "ui/panels/attention_panel.h"
#include "ui/panels/embeddings_panel.h"
#include "ui/panels/next_token_panel.h"
#include "ui/panels/sampler_panel.h"

// What the panels that look inside the model show, and when it is computed: for panels on screen only.
namespace gamegpt::ui {

void MainWindow::connectInspection() {
    connect(m_attentionPanel, &AttentionPanel::sourceChanged, this, &MainWindow::traceAttention);
    connect(m_attentionDock, &QDockWidget::visibilityChanged, this, [this](bool visible) {
        if (visible) traceAttention();
    });
    connect(m_inspection, &InspectionController::traced, m_attentionPanel, &AttentionPanel::setTrace);
    connect(m_embeddingsPanel, &EmbeddingsPanel::projectionWanted, this, &MainWindow::projectEmbeddings);
    connect(m_embeddingsDock, &QDockWidget::visibilityChanged, this, [this](bool visible) {
        if (visible && m_training->snapshot()) m_embeddingsPanel->setSnapshot(m_training->snapshot());
    });
    connect(m_inspection, &InspectionController::projected, m_embeddingsPanel, &EmbeddingsPanel::setProjection);
}

void MainWindow::traceAttention() {
    if (!m_training->snapshot() || !isOnScreen(m_attentionDock)) return;
    std::vector<TokenId> tokens;
    if (m_attentionPanel->source() == AttentionPanel::Source::sample) {
        if (const auto selected = static_cast<std::size_t>(m_samplerPanel->selectedSample());
            selected < m_samples.size())
            tokens = m_samples[selected];
    } else if (m_attentionPanel->source() == AttentionPanel::Source::place) {
        tokens = m_nextTokenPanel->prefix();
    } else {
        const Corpus& corpus = *m_training->corpus().train;
        const auto document =
            corpus.document(std::min(static_cast<std::size_t>(m_attentionPanel->document()), corpus.documents() - 1));
        m_attentionPanel->setDocumentLength(static_cast<int>(document.size()));
        const auto from =
            document.subspan(std::min(static_cast<std::size_t>(m_attentionPanel->offset()), document.size() - 1));
        tokens =
            from.first(std::min(from.size(), static_cast<std::size_t>(m_training->model().block_size))).to_vector();
    }
    if (!tokens.empty()) m_inspection->traceTokens(m_training->snapshot(), std::move(tokens));
}

void MainWindow::projectEmbeddings() {
    if (m_training->snapshot()) m_inspection->project(m_training->snapshot(), m_embeddingsPanel->matrix());
}

}  // namespace gamegpt::ui
