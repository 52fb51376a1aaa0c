#include "ui/plots/plot_export.h"

#include <qcustomplot.h>

#include <QFileInfo>
#include <QSaveFile>
#include <QSvgGenerator>

namespace gamegpt::ui {

bool exportPlot(QCustomPlot& plot, const QString& fileName, const QString& title, const QString& csv) {
    const QString suffix = QFileInfo(fileName).suffix().toLower();
    if (suffix == QLatin1String("png")) return plot.savePng(fileName, 0, 0, 2.0);
    if (suffix == QLatin1String("pdf")) return plot.savePdf(fileName);
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly)) return false;
    if (suffix == QLatin1String("csv")) {
        file.write(csv.toUtf8());
    } else if (suffix == QLatin1String("svg")) {
        QSvgGenerator generator;
        generator.setOutputDevice(&file);
        generator.setSize(plot.size());
        generator.setViewBox(plot.rect());
        generator.setTitle(title);
        QCPPainter painter;
        if (!painter.begin(&generator)) return false;
        painter.setModes(QCPPainter::pmVectorized | QCPPainter::pmNoCaching);
        plot.toPainter(&painter, plot.width(), plot.height());
        painter.end();
    } else {
        return false;
    }
    return file.commit();
}

}  // namespace gamegpt::ui
