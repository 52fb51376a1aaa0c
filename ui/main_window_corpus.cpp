#include <QDockWidget>

#include "ui/controllers/corpus_controller.h"
#include "ui/controllers/corpus_studio_controller.h"
#include "ui/controllers/training_controller.h"
#include "ui/main_window.h"
#include "ui/panels/corpus_studio_panel.h"

namespace gamegpt::ui {

// The figures of a corpus are counted when somebody looks at them, and again when the model's context is another.
void MainWindow::connectCorpusStudio() {
    const auto count = [this] {
        if (isOnScreen(m_studioDock)) m_studio->setCorpus(m_corpus->whole(), m_training->model().block_size);
    };
    connect(m_corpus, &CorpusController::loaded, this, [this, count] {
        m_studioPanel->setCorpus(m_corpus->whole());
        count();
    });
    connect(m_training, &TrainingController::runBegan, this, count);
    connect(m_studioDock, &QDockWidget::visibilityChanged, this, count);
    connect(m_studio, &CorpusStudioController::counted, m_studioPanel, &CorpusStudioPanel::setStatistics);
    connect(m_studioPanel, &CorpusStudioPanel::findRequested, m_studio, &CorpusStudioController::find);
    connect(m_studio, &CorpusStudioController::found, m_studioPanel, &CorpusStudioPanel::setFound);
    connect(m_studio, &CorpusStudioController::notFound, m_studioPanel, &CorpusStudioPanel::setNotFound);
}

}  // namespace gamegpt::ui
