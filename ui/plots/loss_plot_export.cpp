#include <qcustomplot.h>

#include <QFileInfo>
#include <QSaveFile>
#include <QSvgGenerator>

#include "ui/plots/loss_plot.h"

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
    const QString suffix = QFileInfo(fileName).suffix().toLower();
    if (suffix == QLatin1String("png")) return m_plot->savePng(fileName, 0, 0, 2.0);
    if (suffix == QLatin1String("pdf")) return m_plot->savePdf(fileName);
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly)) return false;
    if (suffix == QLatin1String("csv")) {
        file.write(csv().toUtf8());
    } else if (suffix == QLatin1String("svg")) {
        QSvgGenerator generator;
        generator.setOutputDevice(&file);
        generator.setSize(m_plot->size());
        generator.setViewBox(m_plot->rect());
        generator.setTitle(tr("Loss"));
        QCPPainter painter;
        if (!painter.begin(&generator)) return false;
        painter.setModes(QCPPainter::pmVectorized | QCPPainter::pmNoCaching);
        m_plot->toPainter(&painter, m_plot->width(), m_plot->height());
        painter.end();
    } else {
        return false;
    }
    return file.commit();
}

}  // namespace gamegpt::ui
