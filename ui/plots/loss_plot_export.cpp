#include <qcustomplot.h>

#include "ui/plots/loss_plot.h"

#include "ui/plots/plot_export.h"

namespace gamegpt::ui {

QString LossPlot::csv() const {
    QString text = QStringLiteral("step,loss,smoothed,held_out\n");
    const std::vector<double> smoothed = smoothedValues();
    const auto number = [](double value) { return QString::number(value, 'g', 17); };
    std::size_t held = 0;
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        while (held < m_heldSteps.size() && m_heldSteps[held] < m_steps[i]) ++held;
        const bool here = held < m_heldSteps.size() && m_heldSteps[held] == m_steps[i];
        text += QStringLiteral("%1,%2,%3,%4\n")
                    .arg(QString::number(m_steps[i], 'f', 0), number(m_losses[i]), number(smoothed[i]),
                         here ? number(m_heldLosses[held]) : QString());
    }
    return text;
}

bool LossPlot::exportTo(const QString& fileName) {
    hideCursor();
    return exportPlot(*m_plot, fileName, tr("Loss"), csv());
}

}  // namespace gamegpt::ui
