#include <QDockWidget>

#include "ui/controllers/compare_controller.h"
#include "ui/controllers/judge_controller.h"
#include "ui/controllers/training_controller.h"
#include "ui/main_window.h"
#include "ui/panels/compare_panel.h"
#include "ui/panels/sampler_panel.h"
#include "ui/status_line.h"
#include "ui/widgets/file_dialogs.h"
#include "ui/widgets/format.h"

// Models side by side: drawn with the sampler's settings whenever these, or one of the models, are others.
namespace gamegpt::ui {

namespace {
constexpr int mostCompared = 20;  // samples a model
}

void MainWindow::connectCompare() {
    connect(m_training, &TrainingController::snapshotArrived, this, [this] {
        m_compare->setPresent(m_training->snapshot());
        if (m_samplerPanel->isLive()) drawCompared();
    });
    connect(m_training, &TrainingController::runBegan, m_compare, &CompareController::clear);
    connect(m_comparePanel, &ComparePanel::keepRequested, m_compare, &CompareController::keepPresent);
    connect(m_comparePanel, &ComparePanel::removeRequested, m_compare, &CompareController::remove);
    connect(m_comparePanel, &ComparePanel::fileRequested, this, [this] {
        const auto path = m_dialogs.openFile(this, tr("Compare with Weights"), tr("Weights (*.txt);;All files (*)"),
                                             QStringLiteral("weights"));
        if (path) m_compare->addFile(*path);
    });
    connect(m_compare, &CompareController::modelsChanged, this, [this](const QStringList& names) {
        m_comparePanel->setModels(names, m_compare->isFull());
        drawCompared();
    });
    connect(m_compare, &CompareController::compared, this,
            [this](const std::vector<ComparedModel>& models, const std::shared_ptr<const Vocabulary>& vocabulary) {
                if (models.size() != m_comparePanel->columns()) return;  // of models that are gone
                for (std::size_t i = 0; i < models.size(); ++i) {
                    QString fact = tr("mean entropy %1 nats").arg(fixedPoint(models[i].meanEntropy, 3));
                    if (models[i].legal) fact += tr(" \u00b7 %1 legal").arg(percent(*models[i].legal));
                    m_comparePanel->setSamples(i, models[i].name, models[i].samples, vocabulary, fact);
                }
            });
    connect(m_compare, &CompareController::failed, this,
            [this](const QString& sentence) { m_dialogs.showError(this, tr("Compare"), sentence); });
    for (const auto signal : {&SamplerPanel::requestChanged, &SamplerPanel::sampleClicked})
        connect(m_samplerPanel, signal, this, &MainWindow::drawCompared);
    connect(m_compareDock, &QDockWidget::visibilityChanged, this, &MainWindow::drawCompared);
}

void MainWindow::drawCompared() {
    if (!isOnScreen(m_compareDock) || m_compare->models() < 2 || !m_training->snapshot()) return;
    m_compare->draw(sampleSettings(), std::min(m_samplerPanel->request().count, mostCompared), m_judge->grammar());
}

}  // namespace gamegpt::ui
