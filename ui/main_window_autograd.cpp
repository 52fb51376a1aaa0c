#include "ui/controllers/autograd_controller.h"
#include "ui/controllers/training_controller.h"
#include "ui/main_window.h"
#include "ui/panels/autograd_panel.h"
#include "ui/panels/sampler_panel.h"
#include "ui/status_line.h"

// The autograd explorer: graphs are laid out when the expression is another one.
namespace gamegpt::ui {

void MainWindow::connectAutograd() {
    connect(m_autogradPanel, &AutogradPanel::layoutWanted, m_autograd, &AutogradController::layOut);
    connect(m_autograd, &AutogradController::laidOut, m_autogradPanel, &AutogradPanel::setGraphLayout);
    connect(m_autograd, &AutogradController::counted, m_autogradPanel, &AutogradPanel::setLossGraph);
    connect(m_autograd, &AutogradController::unfolded, m_autogradPanel, &AutogradPanel::setNeuron);
    connect(m_autograd, &AutogradController::failed, m_status, &StatusLine::setNews);
    connect(m_training, &TrainingController::runBegan, this, [this] {
        m_autogradPanel->setModel(m_training->model().n_layer, 4 * m_training->model().n_embd);
        m_autograd->count(m_training->model());
    });
    connect(m_autogradPanel, &AutogradPanel::neuronWanted, this, [this](int layer, int unit) {
        const auto selected = static_cast<std::size_t>(m_samplerPanel->selectedSample());
        if (m_training->snapshot() && selected < m_samples.size())
            m_autograd->unfold(m_training->snapshot(), m_samples[selected], layer, unit);
    });
    m_autograd->layOut(m_autogradPanel->graph());  // of the example that it begins with
}

}  // namespace gamegpt::ui
