#include "ui/plots/rates_chart.h"

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

constexpr std::size_t mostMarked = 40;  // points; more are lines only

QString coloured(const QColor& colour, const QString& text) {
    return QStringLiteral("<span style=\"color:%1\">%2</span>").arg(colour.name(), text.toHtmlEscaped());
}

// Four hues that differ in lightness too; strict replay has the held-out orange, entropy is muted.
QColor colourOf(const play::Tier& tier, std::size_t place, const Theme& theme) {
    if (tier.by_replay) return theme.heldOut;
    const QColor hues[] = {theme.accent, theme.category(TokenCategory::position), theme.category(TokenCategory::input),
                           theme.text};
    return hues[std::min<std::size_t>(place, 3)];
}

QString rateText(const play::Rate& rate) {
    return QStringLiteral("%1 (%2/%3)")
        .arg(percent(rate.share(), 1), grouped(qint64(rate.count)), grouped(qint64(rate.of)));
}

}  // namespace

RatesChart::RatesChart(const QString& over, int decimals, const char* objectName, QWidget* parent)
    : QWidget(parent),
      m_pages(new QStackedWidget),
      m_plot(new QCustomPlot),
      m_legend(new QLabel),
      m_model(new FiguresModel({}, this)),
      m_over(over),
      m_decimals(decimals) {
    setObjectName(QLatin1String(objectName));
    setAccessibleName(tr("Share of valid samples over %1").arg(over.toLower()));
    m_legend->setTextFormat(Qt::RichText);
    m_legend->setFixedHeight(18);
    m_legend->setObjectName(QLatin1String(objectName) + QStringLiteral("Readout"));
    m_legend->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_legend->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_plot->setAccessibleName(accessibleName());
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    m_plot->axisRect()->setMinimumMargins(QMargins(8, 6, 8, 4));
    m_plot->setPlottingHint(QCP::phFastPolylines, true);
    m_plot->xAxis->setLabel(over);
    m_plot->yAxis->setLabel(tr("valid, %"));
    m_plot->yAxis2->setLabel(tr("entropy, nats"));
    m_plot->yAxis2->setVisible(true);
    m_plot->yAxis->setRange(0, 104);
    m_entropy = m_plot->addGraph(m_plot->xAxis, m_plot->yAxis2);
    m_entropy->setName(tr("entropy"));
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
    column->addWidget(m_legend);
    column->addWidget(m_plot, 1);
    m_pages->addWidget(drawing);
    m_pages->addWidget(
        makeFiguresTable(m_model, (QByteArray(objectName) + "Table").constData(), tr("Figures of the chart")));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_pages);
    restyle();
    fit();
}

void RatesChart::setTiers(const std::vector<play::Tier>& tiers) {
    for (const Line& line : m_lines) {
        m_plot->removePlottable(line.bars);
        m_plot->removePlottable(line.graph);
    }
    m_lines.clear();
    QStringList columns{m_over, tr("Samples")};
    for (const play::Tier& tier : tiers) {
        auto* graph = m_plot->addGraph();
        graph->setName(QString::fromStdString(tier.name));
        auto* bars = new QCPErrorBars(m_plot->xAxis, m_plot->yAxis);
        bars->setDataPlottable(graph);
        bars->setWhiskerWidth(4);
        bars->setSymbolGap(0);
        m_lines.push_back({tier, graph, bars});
        const QString name = tier.by_replay ? tr("%1 (by replay)").arg(QString::fromStdString(tier.name))
                                            : QString::fromStdString(tier.name);
        columns << tr("%1, %").arg(name) << tr("%1, 95 % interval").arg(name);
    }
    columns << tr("Entropy, nats");
    m_model->setColumns(columns);
    clear();
}

void RatesChart::setRange(double least, double most) {
    m_least = least;
    m_most = most;
    fit();
}

void RatesChart::clear() {
    m_x.clear();
    m_points.clear();
    m_hovered = -1;
    for (const Line& line : m_lines) {
        line.graph->data()->clear();
        line.bars->data()->clear();
    }
    m_entropy->data()->clear();
    m_model->clear();
    setAccessibleDescription(tr("No samples have been judged yet."));
    restyle();
    fit();
}

void RatesChart::append(double x, const play::JudgedSamples& judged) {
    play::JudgedSamples point = judged;
    point.sequences.clear();
    point.verdicts.clear();
    FiguresModel::Row row{{figures().toString(x, 'f', m_decimals), x}};
    row.push_back({grouped(qint64(point.rates.front().of)), qint64(point.rates.front().of)});
    QStringList sentence;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const play::Rate& rate = point.rates[i];
        m_lines[i].graph->addData(x, 100 * rate.share());
        m_lines[i].bars->addData(100 * (rate.share() - rate.lower()), 100 * (rate.upper() - rate.share()));
        row.push_back({fixedPoint(100 * rate.share(), 1), 100 * rate.share()});
        row.push_back(
            {QStringLiteral("%1\u2013%2").arg(fixedPoint(100 * rate.lower(), 1), fixedPoint(100 * rate.upper(), 1))});
        sentence << QString::fromStdString(m_lines[i].tier.name) + QLatin1Char(' ') + rateText(rate);
    }
    m_entropy->addData(x, point.mean_entropy);
    row.push_back({fixedPoint(point.mean_entropy, 3), point.mean_entropy});
    m_model->append(std::move(row));
    setAccessibleDescription(
        QStringLiteral("%1 %2: %3.").arg(m_over, fixedPoint(x, m_decimals), sentence.join(QStringLiteral(", "))));
    m_x.push_back(x);
    m_points.push_back(std::move(point));
    if (m_x.size() == mostMarked + 1) restyle();
    fit();
}

void RatesChart::fit() {
    const auto [least, most] = std::minmax_element(m_x.begin(), m_x.end());
    const double left = m_x.empty() ? m_least : std::min(m_least, *least);
    const double right = m_x.empty() ? m_most : std::max(m_most, *most);
    m_plot->xAxis->setRange(left, left + (right - left) * 1.01);
    double entropy = 1;
    for (const play::JudgedSamples& point : m_points) entropy = std::max(entropy, point.mean_entropy);
    m_plot->yAxis2->setRange(0, std::ceil(entropy * 1.05 * 2) / 2);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void RatesChart::restyle() {
    const Theme& theme = themeFor(palette());
    styleAxes(*m_plot, theme);
    styleAxis(*m_plot->yAxis2, theme, false);
    m_entropy->setPen(QPen(theme.muted, 1, Qt::DotLine));
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const QColor colour = colourOf(m_lines[i].tier, i, theme);
        const bool strict = m_lines[i].tier.by_replay;
        const bool crowded = m_x.size() > mostMarked;
        m_lines[i].graph->setPen(
            QPen(colour, strict ? (crowded ? 2.5 : 3) : 1.5, strict ? Qt::DashLine : Qt::SolidLine));
        if (crowded) {
            m_lines[i].graph->setScatterStyle(QCPScatterStyle::ssNone);
            m_lines[i].bars->setPen(QPen(blend(theme.panel, colour, 0.3), 1));
            continue;
        }
        m_lines[i].graph->setScatterStyle(QCPScatterStyle(strict ? QCPScatterStyle::ssSquare : QCPScatterStyle::ssDisc,
                                                          QPen(colour), QBrush(colour), strict ? 6 : 4));
        m_lines[i].bars->setPen(QPen(blend(theme.panel, colour, 0.55), 1));
    }
    m_legend->setFont(captionFont());
    showLegend();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void RatesChart::showLegend() {
    const Theme& theme = themeFor(palette());
    QStringList parts;
    if (m_hovered >= 0)
        parts << coloured(theme.text,
                          QStringLiteral("%1 %2").arg(m_over, fixedPoint(m_x[std::size_t(m_hovered)], m_decimals)));
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const bool strict = m_lines[i].tier.by_replay;
        QString text = (strict ? QStringLiteral("\u25a0 ") : QStringLiteral("\u25cf ")) +
                       QString::fromStdString(m_lines[i].tier.name).toLower();
        if (m_hovered >= 0) text += QLatin1Char(' ') + rateText(m_points[std::size_t(m_hovered)].rates[i]);
        parts << (strict ? coloured(theme.muted, QStringLiteral("\u2502")) + QStringLiteral("&nbsp;") : QString()) +
                     coloured(colourOf(m_lines[i].tier, i, theme), text);
    }
    QString entropy = tr("\u22ef entropy");
    if (m_hovered >= 0) entropy += QLatin1Char(' ') + fixedPoint(m_points[std::size_t(m_hovered)].mean_entropy, 2);
    parts << coloured(theme.muted, entropy);
    m_legend->setText(parts.join(QStringLiteral("&nbsp;&nbsp; ")));
}

void RatesChart::showReadout(int point) {
    if (m_hovered == point) return;
    m_hovered = point;
    showLegend();
}

void RatesChart::showTable(bool table) { m_pages->setCurrentIndex(table ? 1 : 0); }

bool RatesChart::exportTo(const QString& fileName) {
    return exportPlot(*m_plot, fileName, accessibleName(), m_model->csv());
}

bool RatesChart::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_plot && event->type() == QEvent::Leave) showReadout(-1);
    return QWidget::eventFilter(watched, event);
}

void RatesChart::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) restyle();
    QWidget::changeEvent(event);
}

void RatesChart::showEvent(QShowEvent* event) {
    m_plot->setBufferDevicePixelRatio(devicePixelRatioF());
    QWidget::showEvent(event);
}

}  // namespace gamegpt::ui
