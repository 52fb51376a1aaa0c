#include "ui/plots/lines_plot.h"

#include <qcustomplot.h>

#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "ui/models/figures_model.h"
#include "ui/plots/plot_export.h"
#include "ui/plots/plot_style.h"
#include "ui/widgets/figures_table.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {
constexpr int mostNamed = 6;  // lines in the readout; of more, the highlighted one only
}

LinesPlot::LinesPlot(const QString& over, const QString& value, const char* objectName, QWidget* parent)
    : QWidget(parent),
      m_pages(new QStackedWidget),
      m_plot(new QCustomPlot),
      m_readout(new QLabel),
      m_model(new FiguresModel({}, this)),
      m_over(over) {
    setObjectName(QLatin1String(objectName));
    m_readout->setTextFormat(Qt::RichText);
    m_readout->setFixedHeight(18);
    m_readout->setObjectName(QLatin1String(objectName) + QStringLiteral("Readout"));
    m_readout->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_readout->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    m_plot->axisRect()->setMinimumMargins(QMargins(8, 6, 8, 4));
    m_plot->setPlottingHint(QCP::phFastPolylines, true);
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        if (m_x.empty()) return;
        const double x = m_plot->xAxis->pixelToCoord(event->pos().x());
        const auto nearest = std::min_element(m_x.begin(), m_x.end(),
                                              [x](double a, double b) { return std::abs(a - x) < std::abs(b - x); });
        showReadout(static_cast<int>(nearest - m_x.begin()));
    });
    auto* drawing = new QWidget;
    auto* column = new QVBoxLayout(drawing);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_readout);
    column->addWidget(m_plot, 1);
    m_pages->addWidget(drawing);
    m_pages->addWidget(
        makeFiguresTable(m_model, (QByteArray(objectName) + "Table").constData(), tr("Figures of the plot")));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_pages);
    setOver(over, 0);
    setValueName(value);
    clear();
}

void LinesPlot::setOver(const QString& over, int decimals) {
    m_over = over;
    m_decimals = decimals;
    m_plot->xAxis->setLabel(over);
}

void LinesPlot::setValueName(const QString& value) {
    m_plot->yAxis->setLabel(value);
    setAccessibleName(tr("%1 over %2").arg(value, m_over.toLower()));
    m_plot->setAccessibleName(accessibleName());
}

void LinesPlot::setLines(std::vector<double> x, std::vector<Line> lines) {
    m_x = std::move(x);
    m_lines = std::move(lines);
    while (m_graphs.size() > m_lines.size()) {
        m_plot->removePlottable(m_graphs.back());
        m_graphs.pop_back();
    }
    while (m_graphs.size() < m_lines.size()) m_graphs.push_back(m_plot->addGraph());
    QStringList columns{m_over};
    const QVector<double> keys(m_x.begin(), m_x.end());
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        columns << m_lines[i].name;
        m_graphs[i]->setData(keys, QVector<double>(m_lines[i].y.begin(), m_lines[i].y.end()), true);
    }
    std::vector<FiguresModel::Row> rows;
    for (std::size_t point = 0; point < m_x.size(); ++point) {
        FiguresModel::Row row{{figures().toString(m_x[point], 'f', m_decimals), m_x[point]}};
        for (const Line& line : m_lines) row.push_back({smallNumber(line.y[point]), line.y[point]});
        rows.push_back(std::move(row));
    }
    m_model->setTable(columns, std::move(rows));
    if (m_point >= size()) m_point = -1;
    setAccessibleDescription(m_x.empty() ? tr("There is nothing to show yet.")
                                         : tr("%1 lines of %2 points.").arg(m_lines.size()).arg(m_x.size()));
    fit();
    restyle();
}

void LinesPlot::setHighlighted(int line) {
    if (m_highlighted == line) return;
    m_highlighted = line;
    restyle();
}

void LinesPlot::setLogarithmic(bool logarithmic) {
    m_logarithmic = logarithmic;
    m_plot->yAxis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_plot->yAxis->setTicker(logarithmic ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog)
                                         : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
    fit();
    restyle();
}

void LinesPlot::fit() {
    double least = 0, most = 0;
    bool any = false;
    for (const Line& line : m_lines)
        for (const double y : line.y) {
            if (!std::isfinite(y) || (m_logarithmic && y <= 0)) continue;
            least = any ? std::min(least, y) : y;
            most = any ? std::max(most, y) : y;
            any = true;
        }
    if (m_logarithmic) {
        m_plot->yAxis->setRange(any ? least / 1.5 : 1e-5, any ? most * 1.5 : 1);
    } else {
        least = std::min(least, 0.0);
        m_plot->yAxis->setRange(least * 1.05, any && most > least ? most * 1.05 : 1);
    }
    const double left = m_x.empty() ? 0 : m_x.front();
    const double right = m_x.empty() ? 1 : m_x.back();
    if (right > left) m_plot->xAxis->setRange(left, right);
    else m_plot->xAxis->setRange(left - 1, left + 1);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

QColor LinesPlot::colourOf(std::size_t line) const {
    const Theme& theme = themeFor(palette());
    if (static_cast<int>(line) == m_highlighted) return theme.accent;
    return blend(theme.panel, theme.muted, 0.4 + 0.6 * static_cast<double>(line + 1) / double(m_lines.size()));
}

void LinesPlot::restyle() {
    styleAxes(*m_plot, themeFor(palette()));
    for (std::size_t i = 0; i < m_graphs.size(); ++i) {
        const bool strong = static_cast<int>(i) == m_highlighted;
        m_graphs[i]->setPen(QPen(colourOf(i), strong ? 2 : 1));
        m_graphs[i]->setScatterStyle(size() == 1 ? QCPScatterStyle(QCPScatterStyle::ssDisc, 5)
                                                 : QCPScatterStyle(QCPScatterStyle::ssNone));
        if (strong) m_graphs[i]->setLayer(QStringLiteral("legend"));  // above the others
        else m_graphs[i]->setLayer(QStringLiteral("main"));
    }
    m_readout->setFont(captionFont());
    showReadout(m_point);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LinesPlot::showReadout(int point) {
    m_point = point;
    const auto coloured = [](const QColor& colour, const QString& text) {
        return QStringLiteral("<span style=\"color:%1\">%2</span>").arg(colour.name(), text.toHtmlEscaped());
    };
    QStringList parts;
    if (point >= 0)
        parts << coloured(
            themeFor(palette()).text,
            QStringLiteral("%1 %2").arg(m_over, figures().toString(m_x[std::size_t(point)], 'f', m_decimals)));
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (lines() > mostNamed && static_cast<int>(i) != m_highlighted) continue;
        QString text = QStringLiteral("\u25cf ") + m_lines[i].name;
        if (point >= 0) text += QLatin1Char(' ') + smallNumber(m_lines[i].y[std::size_t(point)]);
        parts << coloured(colourOf(i), text);
    }
    m_readout->setText(parts.join(QStringLiteral("&nbsp;&nbsp; ")));
}

void LinesPlot::showTable(bool table) { m_pages->setCurrentIndex(table ? 1 : 0); }

bool LinesPlot::exportTo(const QString& fileName) {
    return exportPlot(*m_plot, fileName, accessibleName(), m_model->csv());
}

bool LinesPlot::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_plot && event->type() == QEvent::Leave) showReadout(-1);
    return QWidget::eventFilter(watched, event);
}

void LinesPlot::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) restyle();
    QWidget::changeEvent(event);
}

void LinesPlot::showEvent(QShowEvent* event) {
    m_plot->setBufferDevicePixelRatio(devicePixelRatioF());
    QWidget::showEvent(event);
}

}  // namespace gamegpt::ui
