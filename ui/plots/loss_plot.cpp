#include "ui/plots/loss_plot.h"

#include <qcustomplot.h>

#include <QKeyEvent>
#include <QLabel>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "ui/plots/plot_style.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {

// The next of 50, 100, 200, 500, 1000, ...: the axis grows in leaps and does not crawl.
double leap(double value) {
    double decade = 10;
    while (true) {
        for (const double factor : {5.0, 10.0, 20.0})
            if (value <= factor * decade) return factor * decade;
        decade *= 10;
    }
}

QString coloured(const QColor& colour, const QString& text) {
    return QStringLiteral("<span style=\"color:%1\">%2</span>").arg(colour.name(), text);
}

}  // namespace

LossPlot::LossPlot(QWidget* parent)
    : QWidget(parent), m_plot(new QCustomPlot(this)), m_legend(new QLabel(this)), m_describeTimer(new QTimer(this)) {
    setObjectName(QStringLiteral("lossPlot"));
    setAccessibleName(tr("Loss plot"));
    setFocusPolicy(Qt::StrongFocus);
    m_legend->setObjectName(QStringLiteral("lossReadout"));
    m_legend->setAccessibleName(tr("Readout"));
    m_legend->setTextFormat(Qt::RichText);
    m_legend->setFixedHeight(18);
    m_legend->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_legend->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_legend);
    column->addWidget(m_plot, 1);
    m_plot->setAccessibleName(tr("Loss over steps"));
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->installEventFilter(this);
    m_plot->setMouseTracking(true);
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->axisRect()->setMinimumMargins(QMargins(8, 4, 24, 4));
    m_describeTimer->setSingleShot(true);
    m_describeTimer->setInterval(1000);
    connect(m_describeTimer, &QTimer::timeout, this, &LossPlot::describe);
    buildGraphs();
    connectMouse();
    restyle();
    updateView();
}

void LossPlot::buildGraphs() {
    m_raw = m_plot->addGraph();
    m_heldOut = m_plot->addGraph();
    m_smooth = m_plot->addGraph();
    m_raw->setName(tr("raw"));
    m_heldOut->setName(tr("held out"));
    m_smooth->setName(tr("train, smoothed"));
    for (QCPGraph* graph : {m_raw, m_heldOut, m_smooth}) {
        graph->setAntialiased(graph != m_raw);
        graph->setAdaptiveSampling(true);
    }
    m_plot->setPlottingHint(QCP::phFastPolylines, true);
    m_plot->setNoAntialiasingOnDrag(true);

    m_guessLine = new QCPItemStraightLine(m_plot);
    m_guessLabel = new QCPItemText(m_plot);
    m_guessLabel->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    m_guessLabel->position->setTypeY(QCPItemPosition::ptPlotCoords);
    m_guessLabel->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
    m_guessLabel->setPadding(QMargins(0, 0, 2, 1));

    m_plot->addLayer(QStringLiteral("cursor"), m_plot->layer(QStringLiteral("overlay")), QCustomPlot::limBelow);
    m_plot->layer(QStringLiteral("cursor"))->setMode(QCPLayer::lmBuffered);
    m_cursorLine = new QCPItemStraightLine(m_plot);
    m_tracer = new QCPItemTracer(m_plot);
    m_tracer->setStyle(QCPItemTracer::tsCircle);
    m_tracer->setSize(8);
    for (QCPAbstractItem* item :
         {static_cast<QCPAbstractItem*>(m_cursorLine), static_cast<QCPAbstractItem*>(m_tracer)}) {
        item->setLayer(QStringLiteral("cursor"));
        item->setVisible(false);
        item->setSelectable(false);
    }
}

void LossPlot::connectMouse() {
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        if (m_plot->axisRect()->rect().contains(event->pos()))
            showCursorAt(m_plot->xAxis->pixelToCoord(event->pos().x()));
        else hideCursor();
        if (event->buttons() & Qt::LeftButton) setFollow(false);
    });
    connect(m_plot, &QCustomPlot::mouseWheel, this, [this](QWheelEvent*) {
        m_fitAll = false;
        setFollow(false);
    });
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, [this] { fit(); });
}

bool LossPlot::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_plot && event->type() == QEvent::Leave) hideCursor();
    return QWidget::eventFilter(watched, event);
}

void LossPlot::restyle() {
    const Theme& theme = themeFor(palette());
    styleAxes(*m_plot, theme);
    m_raw->setPen(QPen(theme.rawCurve, 1));
    m_smooth->setPen(QPen(theme.accent, 2));
    m_heldOut->setPen(QPen(theme.heldOut, 2));
    m_heldOut->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(theme.heldOut), QBrush(theme.heldOut), 5));
    m_guessLine->setPen(QPen(theme.muted, 1, Qt::DashLine));
    m_guessLabel->setColor(theme.muted);
    m_guessLabel->setFont(captionFont());
    m_cursorLine->setPen(QPen(blend(theme.panel, theme.muted, 0.6), 1));
    m_tracer->setPen(QPen(theme.accent, 2));
    m_tracer->setBrush(theme.panel);
    m_legend->setFont(captionFont());
    showLegend();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LossPlot::showLegend() {
    const Theme& theme = themeFor(palette());
    if (!m_readout.isEmpty()) {
        QString text = coloured(theme.text, m_readout.toHtmlEscaped());
        const QString smoothedWord = QStringLiteral("smoothed"), heldWord = QStringLiteral("held out");
        text.replace(smoothedWord, coloured(theme.accent, smoothedWord));
        text.replace(heldWord, coloured(theme.heldOut, heldWord));
        m_legend->setText(text);
        return;
    }
    QStringList parts{coloured(theme.accent, tr("\u25ac train, smoothed"))};
    if (!m_heldSteps.empty()) parts << coloured(theme.heldOut, tr("\u25ac held out"));
    parts << coloured(blend(theme.rawCurve, theme.muted, 0.5), tr("\u25ac raw"));
    m_legend->setText(parts.join(QStringLiteral("&nbsp;&nbsp;&nbsp;")));
}

void LossPlot::reset(int vocabularySize, qint64 steps) {
    for (std::vector<double>* values : {&m_steps, &m_losses, &m_heldSteps, &m_heldLosses}) values->clear();
    for (QCPGraph* graph : {m_raw, m_smooth, m_heldOut}) graph->data()->clear();
    m_mean = ExponentialMean(m_factor);
    m_plannedSteps = steps;
    m_guess = vocabularySize > 1 ? std::log(vocabularySize) : 0;
    m_least = m_most = 0;
    m_guessLine->setVisible(m_guess > 0);
    m_guessLabel->setVisible(m_guess > 0);
    m_guessLabel->setText(tr("guessing, ln %1").arg(grouped(vocabularySize)));
    m_guessLine->point1->setCoords(0, m_guess);
    m_guessLine->point2->setCoords(1, m_guess);
    m_guessLabel->position->setCoords(1.0, m_guess);
    hideCursor();
    m_tracer->setGraph(nullptr);  // it grumbles over a graph without data
    fit();
    showLegend();
    m_describeTimer->start();
}

void LossPlot::setSteps(qint64 steps) {
    m_plannedSteps = steps;
    updateView();
}

void LossPlot::append(const std::vector<StepRecord>& records) {
    const bool hadHeldOut = !m_heldSteps.empty();
    for (const StepRecord& record : records) {
        const double step = static_cast<double>(record.step);
        if (std::isfinite(record.loss)) {
            m_least = m_steps.empty() ? record.loss : std::min(m_least, record.loss);
            m_most = m_steps.empty() ? record.loss : std::max(m_most, record.loss);
            m_steps.push_back(step);
            m_losses.push_back(record.loss);
            m_raw->addData(step, record.loss);
            m_smooth->addData(step, m_mean.add(record.loss));
        }
        if (record.held_out && std::isfinite(*record.held_out)) {
            m_heldSteps.push_back(step);
            m_heldLosses.push_back(*record.held_out);
            m_heldOut->addData(step, *record.held_out);
            m_least = std::min(m_least, *record.held_out);
            m_most = std::max(m_most, *record.held_out);
        }
    }
    if (hadHeldOut == m_heldSteps.empty()) showLegend();
    if (!m_describeTimer->isActive()) m_describeTimer->start();
    if (m_follow) updateView();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LossPlot::setSmoothing(double factor) {
    m_factor = std::clamp(factor, 0.0, 0.999);
    resmooth();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LossPlot::resmooth() {
    m_mean = ExponentialMean(m_factor);
    QVector<QCPGraphData> points;
    points.reserve(size());
    for (std::size_t i = 0; i < m_steps.size(); ++i) points.append(QCPGraphData(m_steps[i], m_mean.add(m_losses[i])));
    m_smooth->data()->set(points, true);
}

std::vector<double> LossPlot::smoothedValues() const {
    std::vector<double> values;
    for (const QCPGraphData& point : *m_smooth->data()) values.push_back(point.value);
    return values;
}

void LossPlot::setLogarithmic(bool logarithmic) {
    m_logarithmic = logarithmic;
    m_plot->yAxis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (logarithmic) {
        const QSharedPointer<QCPAxisTickerLog> ticker(new QCPAxisTickerLog);
        ticker->setLogBase(2);
        m_plot->yAxis->setTicker(ticker);
    } else {
        m_plot->yAxis->setTicker(QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
    }
    m_fitAll = true;
    updateView();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LossPlot::setFollow(bool follow) {
    if (!follow) m_fitAll = false;
    if (m_follow == follow) return;
    m_follow = follow;
    if (follow) updateView();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    emit followChanged(follow);
}

void LossPlot::fit() {
    m_fitAll = true;
    setFollow(true);
    updateView();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LossPlot::updateView() {
    const double last = m_steps.empty() ? 0 : m_steps.back();
    if (!m_fitAll) {  // keep the zoom, slide along the tail
        const double width = m_plot->xAxis->range().size();
        m_plot->xAxis->setRange(last - 0.95 * width, last + 0.05 * width);
        return;
    }
    const double planned = static_cast<double>(m_plannedSteps);
    double right = leap(std::max(last, 1.0));
    if (planned >= last && (right > planned || m_steps.empty())) right = std::max(planned, 1.0);
    m_plot->xAxis->setRange(0, right * 1.005);
    const double top = std::max({m_most, m_guess, 0.1});
    if (m_logarithmic) m_plot->yAxis->setRange(m_least > 0 ? m_least * 0.9 : top / 10, top * 1.4);
    else m_plot->yAxis->setRange(0, top * 1.08);
}

void LossPlot::showCursorAt(double step) {
    if (m_steps.empty()) return;
    const auto right = std::lower_bound(m_steps.begin(), m_steps.end(), step);
    std::size_t i = std::min(static_cast<std::size_t>(right - m_steps.begin()), m_steps.size() - 1);
    if (i > 0 && std::abs(m_steps[i - 1] - step) < std::abs(m_steps[i] - step)) --i;
    const double smoothed = m_smooth->data()->at(static_cast<int>(i))->value;
    m_readout = tr("step %1 \u00b7 loss %2 \u00b7 smoothed %3")
                    .arg(grouped(static_cast<qint64>(m_steps[i])), fixedPoint(m_losses[i], 3), fixedPoint(smoothed, 3));
    const auto held = std::upper_bound(m_heldSteps.begin(), m_heldSteps.end(), m_steps[i]);
    if (held != m_heldSteps.begin())
        m_readout += tr(" \u00b7 held out %1")
                         .arg(fixedPoint(m_heldLosses[static_cast<std::size_t>(held - m_heldSteps.begin() - 1)], 3));
    m_tracer->setGraph(m_smooth);
    m_tracer->setGraphKey(m_steps[i]);
    m_tracer->setVisible(true);
    m_cursorLine->point1->setCoords(m_steps[i], 0);
    m_cursorLine->point2->setCoords(m_steps[i], 1);
    m_cursorLine->setVisible(true);
    showLegend();
    m_plot->layer(QStringLiteral("cursor"))->replot();
}

void LossPlot::hideCursor() {
    if (!m_tracer->visible()) return;
    m_tracer->setVisible(false);
    m_cursorLine->setVisible(false);
    m_readout.clear();
    showLegend();
    m_plot->layer(QStringLiteral("cursor"))->replot();
}

void LossPlot::keyPressEvent(QKeyEvent* event) {
    const double at = m_tracer->visible() ? m_tracer->graphKey() : m_steps.empty() ? 0 : m_steps.back();
    const double far = event->modifiers() & Qt::ShiftModifier ? 100 : 1;
    switch (event->key()) {
        case Qt::Key_Left: showCursorAt(at - far); break;
        case Qt::Key_Right: showCursorAt(at + far); break;
        case Qt::Key_Home: showCursorAt(0); break;
        case Qt::Key_End: showCursorAt(m_steps.empty() ? 0 : m_steps.back()); break;
        case Qt::Key_Escape: hideCursor(); break;
        default: QWidget::keyPressEvent(event);
    }
}

void LossPlot::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) restyle();
    QWidget::changeEvent(event);
}

void LossPlot::showEvent(QShowEvent* event) {
    m_plot->setBufferDevicePixelRatio(devicePixelRatioF());
    QWidget::showEvent(event);
}

void LossPlot::describe() {
    QString text = tr("No steps yet.");
    if (!m_steps.empty()) {
        text = tr("After step %1 the loss is %2, smoothed %3.")
                   .arg(grouped(static_cast<qint64>(m_steps.back())), fixedPoint(m_losses.back(), 3),
                        fixedPoint((m_smooth->data()->constEnd() - 1)->value, 3));
        if (!m_heldLosses.empty()) text += tr(" Held out %1.").arg(fixedPoint(m_heldLosses.back(), 3));
    }
    setAccessibleDescription(text);
    m_plot->setAccessibleDescription(text);
}

}  // namespace gamegpt::ui
