#include "ui/panels/loss_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSlider>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

#include <cmath>
#include <numeric>

#include "ui/models/loss_model.h"
#include "ui/plots/loss_plot.h"
#include "ui/theme.h"
#include "ui/widgets/big_number.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/export_button.h"
#include "ui/widgets/figure_label.h"
#include "ui/widgets/figures_table.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {

constexpr std::size_t recentSteps = 100;
constexpr int smoothingPlaces = 300;

// The slider runs over how many steps the mean remembers: 1, 10, 100, 1,000.
double factorAt(int place) { return 1 - std::pow(10.0, -3.0 * place / smoothingPlaces); }
int placeOf(double factor) { return static_cast<int>(std::lround(-std::log10(1 - factor) / 3 * smoothingPlaces)); }

}  // namespace

LossPanel::LossPanel(QWidget* parent)
    : QWidget(parent),
      m_card(new Card(tr("Loss"))),
      m_pages(new QStackedWidget),
      m_plot(new LossPlot),
      m_model(new LossModel(this)),
      m_views(new QStackedWidget) {
    setObjectName(QStringLiteral("lossPanel"));
    setAccessibleName(tr("Loss"));
    buildTools();
    auto* content = new QWidget;
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(buildFigures());
    m_views->addWidget(m_plot);
    m_views->addWidget(buildTable());
    row->addWidget(m_views, 1);
    m_pages->addWidget(
        new EmptyState(tr("No run yet"), tr("Open a corpus and press Start: the loss appears here step by step.")));
    m_pages->addWidget(content);
    m_card->content()->setContentsMargins(11, 8, 8, 6);
    m_card->content()->addWidget(m_pages, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
    for (QWidget* tool : {static_cast<QWidget*>(m_log), static_cast<QWidget*>(m_follow), static_cast<QWidget*>(m_fit),
                          static_cast<QWidget*>(m_export)})
        tool->setEnabled(false);
}

QTableView* LossPanel::buildTable() {
    auto* table = named(new QTableView, "lossTable", tr("Loss of each step"));
    styleFiguresTable(*table);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    return table;
}

// A hidden table costs nothing: it has no model.
void LossPanel::showTable(bool shown) {
    auto* table = findChild<QTableView*>(QStringLiteral("lossTable"));
    table->setModel(shown ? m_model : nullptr);
    m_views->setCurrentIndex(shown ? 1 : 0);
    if (shown) table->scrollToBottom();
}

QWidget* LossPanel::buildFigures() {
    auto* figures = new QWidget;
    figures->setFixedWidth(128);
    auto* column = new QVBoxLayout(figures);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_mean = new BigNumber(tr("Mean of last 100"), QStringLiteral("00.000"), "meanLoss");
    m_heldOut = new BigNumber(tr("Held out"), QStringLiteral("00.000"), "heldOutLoss");
    m_heldOut->setTone(Tone::heldOut);
    m_guess = new BigNumber(tr("Guessing"), QStringLiteral("00.000"), "guessLoss", true);
    m_best = new BigNumber(tr("Best held out"), QStringLiteral("0.000 at 0,000"), "bestHeldOut", true);
    for (BigNumber* number : {m_mean, m_heldOut, m_guess, m_best}) column->addWidget(number);
    column->addStretch(1);
    return figures;
}

void LossPanel::buildTools() {
    auto* caption = makeText(tr("Smoothing"), "caption");
    caption->setWordWrap(false);
    m_smoothing = named(new QSlider(Qt::Horizontal), "smoothingSlider", tr("Smoothing"));
    m_smoothing->setRange(0, smoothingPlaces);
    m_smoothing->setValue(placeOf(m_plot->smoothing()));
    m_smoothing->setFixedWidth(96);
    m_smoothing->setToolTip(
        tr("How long the exponential mean remembers; corrected at the start, so it does not lag there"));
    caption->setBuddy(m_smoothing);
    m_smoothingNumber = new FigureLabel(fixedPoint(m_plot->smoothing(), 3));
    m_smoothingNumber->setObjectName(QStringLiteral("smoothingNumber"));
    m_smoothingNumber->setFont(captionFont());
    m_smoothingNumber->setWidthTemplate(QStringLiteral("0.000"));
    m_smoothingNumber->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_log = makeTool(tr("Log axis"), "logButton", tr("Log axis"), tr("Logarithmic loss axis"), true);
    m_follow = makeTool(tr("Follow"), "followButton", tr("Follow"),
                        tr("Keep the newest step in view; dragging or zooming switches it off"), true);
    m_follow->setChecked(true);
    m_fit = makeTool(tr("Fit"), "fitButton", tr("Fit"), tr("Show everything (double click in the plot)"), false);
    m_table = makeTool(tr("Table"), "lossTableButton", tr("Table"), tr("The curve's figures as a table"), true);
    connect(m_table, &QToolButton::toggled, this, &LossPanel::showTable);
    m_export = new ExportButton("exportButton", QStringLiteral("export_"));
    connect(m_export, &ExportButton::chosen, this, &LossPanel::exportRequested);
    for (QWidget* tool :
         {static_cast<QWidget*>(caption), static_cast<QWidget*>(m_smoothing), static_cast<QWidget*>(m_smoothingNumber),
          static_cast<QWidget*>(m_log), static_cast<QWidget*>(m_follow), static_cast<QWidget*>(m_fit),
          static_cast<QWidget*>(m_table), static_cast<QWidget*>(m_export)})
        m_card->addHeaderWidget(tool);

    connect(m_smoothing, &QSlider::valueChanged, this, [this](int place) {
        m_plot->setSmoothing(factorAt(place));
        m_smoothingNumber->setText(fixedPoint(m_plot->smoothing(), 3));
    });
    connect(m_log, &QToolButton::toggled, m_plot, &LossPlot::setLogarithmic);
    connect(m_follow, &QToolButton::toggled, m_plot, &LossPlot::setFollow);
    connect(m_plot, &LossPlot::followChanged, m_follow, &QToolButton::setChecked);
    connect(m_fit, &QToolButton::clicked, m_plot, &LossPlot::fit);
}

void LossPanel::reset(int vocabularySize, qint64 steps) {
    m_recent.clear();
    m_bestStep = -1;
    m_lastHeldOut = std::nan("");
    m_plot->reset(vocabularySize, steps);
    m_model->clear();
    m_guess->setCaption(tr("Guessing: ln %1").arg(grouped(vocabularySize)));
    m_guess->setValue(vocabularySize > 1 ? fixedPoint(std::log(vocabularySize), 3) : fixedPoint(std::nan(""), 3));
    for (QWidget* tool : {static_cast<QWidget*>(m_log), static_cast<QWidget*>(m_follow), static_cast<QWidget*>(m_fit),
                          static_cast<QWidget*>(m_export)})
        tool->setEnabled(true);
    m_pages->setCurrentIndex(1);
    showFigures();
}

void LossPanel::setSteps(qint64 steps) { m_plot->setSteps(steps); }

void LossPanel::append(const std::vector<StepRecord>& records) {
    for (const StepRecord& record : records) {
        m_recent.push_back(record.loss);
        if (m_recent.size() > recentSteps) m_recent.pop_front();
        if (!record.held_out || !std::isfinite(*record.held_out)) continue;
        m_lastHeldOut = *record.held_out;
        if (m_bestStep < 0 || m_lastHeldOut < m_bestHeldOut) {
            m_bestHeldOut = m_lastHeldOut;
            m_bestStep = record.step;
        }
    }
    m_plot->append(records);
    auto* table = findChild<QTableView*>(QStringLiteral("lossTable"));
    const auto* bar = table->verticalScrollBar();
    const bool atEnd = bar->value() == bar->maximum();
    m_model->append(records);
    if (table->model() && atEnd) table->scrollToBottom();
    showFigures();
}

void LossPanel::setHeldOutAvailable(bool available) {
    m_heldOutAvailable = available;
    m_heldOut->setVisible(available);
    m_best->setVisible(available);
}

void LossPanel::showFigures() {
    const double sum = std::accumulate(m_recent.begin(), m_recent.end(), 0.0);
    m_mean->setValue(fixedPoint(m_recent.empty() ? std::nan("") : sum / static_cast<double>(m_recent.size()), 3));
    m_heldOut->setValue(fixedPoint(m_lastHeldOut, 3));
    m_best->setValue(m_bestStep < 0 ? fixedPoint(std::nan(""), 3)
                                    : tr("%1 at %2").arg(fixedPoint(m_bestHeldOut, 3), grouped(m_bestStep)));
}

bool LossPanel::exportTo(const QString& fileName) { return m_plot->exportTo(fileName); }

}  // namespace gamegpt::ui
