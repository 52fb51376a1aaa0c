#include "ui/panels/loss_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QSlider>
#include <QStackedWidget>
#include <QToolButton>

#include <cmath>
#include <numeric>

#include "ui/plots/loss_plot.h"
#include "ui/theme.h"
#include "ui/widgets/big_number.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/figure_label.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {

constexpr std::size_t recentSteps = 100;
constexpr int smoothingPlaces = 300;

// The slider runs over how many steps the mean remembers: 1, 10, 100, 1,000.
double factorAt(int place) { return 1 - std::pow(10.0, -3.0 * place / smoothingPlaces); }
int placeOf(double factor) { return static_cast<int>(std::lround(-std::log10(1 - factor) / 3 * smoothingPlaces)); }

QToolButton* makeTool(const QString& text, const char* objectName, const QString& toolTip, bool checkable) {
    auto* button = named(new QToolButton, objectName, text);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setCheckable(checkable);
    button->setProperty("small", true);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

}  // namespace

LossPanel::LossPanel(QWidget* parent)
    : QWidget(parent), m_card(new Card(tr("Loss"))), m_pages(new QStackedWidget), m_plot(new LossPlot) {
    setObjectName(QStringLiteral("lossPanel"));
    setAccessibleName(tr("Loss"));
    buildTools();
    auto* content = new QWidget;
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(buildFigures());
    row->addWidget(m_plot, 1);
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
    m_log = makeTool(tr("Log axis"), "logButton", tr("Logarithmic loss axis"), true);
    m_follow = makeTool(tr("Follow"), "followButton",
                        tr("Keep the newest step in view; dragging or zooming switches it off"), true);
    m_follow->setChecked(true);
    m_fit = makeTool(tr("Fit"), "fitButton", tr("Show everything (double click in the plot)"), false);
    m_export = makeTool(tr("Export"), "exportButton", tr("Save the curve as a picture or as a table"), false);
    auto* menu = new QMenu(m_export);
    for (const char* format : {"png", "svg", "pdf", "csv"}) {
        const QString name = QLatin1String(format);
        QAction* action = menu->addAction(tr("%1\u2026").arg(name.toUpper()));
        action->setObjectName(QStringLiteral("export_") + name);
        connect(action, &QAction::triggered, this, [this, name] { emit exportRequested(name); });
    }
    m_export->setMenu(menu);
    m_export->setPopupMode(QToolButton::InstantPopup);
    for (QWidget* tool :
         {static_cast<QWidget*>(caption), static_cast<QWidget*>(m_smoothing), static_cast<QWidget*>(m_smoothingNumber),
          static_cast<QWidget*>(m_log), static_cast<QWidget*>(m_follow), static_cast<QWidget*>(m_fit),
          static_cast<QWidget*>(m_export)})
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
