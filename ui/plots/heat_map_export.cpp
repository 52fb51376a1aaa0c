#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include "ui/plots/heat_map_plot.h"
#include "ui/theme.h"

namespace gamegpt::ui {

bool HeatMapPlot::exportTo(const QString& fileName) {
    const QString suffix = QFileInfo(fileName).suffix().toLower();
    QSaveFile file(fileName);
    if (size() == 0 || !file.open(QIODevice::WriteOnly)) return false;
    const QColor background = themeFor(palette()).panel;
    if (suffix == QLatin1String("png")) {
        QImage image(QWidget::size() * 2, QImage::Format_RGB32);
        image.setDevicePixelRatio(2);
        image.fill(background);
        QPainter painter(&image);
        paint(painter);
        painter.end();
        if (!image.save(&file, "PNG")) return false;
    } else if (suffix == QLatin1String("svg")) {
        QSvgGenerator generator;
        generator.setOutputDevice(&file);
        generator.setSize(QWidget::size());
        generator.setViewBox(rect());
        QPainter painter(&generator);
        painter.fillRect(rect(), background);
        paint(painter);
    } else if (suffix == QLatin1String("pdf")) {
        QPdfWriter writer(&file);
        writer.setResolution(96);
        writer.setPageSize(QPageSize(QSizeF(QWidget::size()) * 0.75, QPageSize::Point));
        writer.setPageMargins(QMarginsF(0, 0, 0, 0));
        QPainter painter(&writer);
        painter.fillRect(rect(), background);
        paint(painter);
    } else if (suffix == QLatin1String("csv")) {
        QString text = QStringLiteral("query,key,query_token,key_token,weight\n");
        const auto quoted = [](QString field) {
            return QLatin1Char('"') + field.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
        };
        for (int query = 0; query < size(); ++query)
            for (int key = 0; key <= query; ++key)
                text +=
                    QStringLiteral("%1,%2,%3,%4,%5\n")
                        .arg(QString::number(query), QString::number(key), quoted(name(query)), quoted(name(key)),
                             QString::number((*m_rows)[static_cast<std::size_t>(query)][static_cast<std::size_t>(key)],
                                             'g', 17));
        file.write(text.toUtf8());
    } else {
        return false;
    }
    return file.commit();
}

}  // namespace gamegpt::ui
