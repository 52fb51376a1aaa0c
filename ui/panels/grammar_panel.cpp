#include "ui/panels/grammar_panel.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>

#include <algorithm>

#include "ui/plots/rates_chart.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/export_button.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

GrammarPanel::GrammarPanel(QWidget* parent)
    : QWidget(parent),
      m_card(new Card(tr("Validity"))),
      m_pages(new QStackedWidget),
      m_empty(new EmptyState({}, {})),
      m_tabs(new QTabWidget),
      m_training(new RatesChart(tr("Step"), 0, "trainingChart")),
      m_temperature(new RatesChart(tr("Temperature"), 1, "temperatureChart")) {
    setObjectName(QStringLiteral("grammarPanel"));
    setAccessibleName(tr("Validity"));
    setMinimumWidth(360);
    buildTools();
    m_tabs->setObjectName(QStringLiteral("grammarTabs"));
    m_tabs->setAccessibleName(tr("What is judged"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(buildNow(), tr("Samples"));
    m_tabs->addTab(buildTraining(), tr("Over training"));
    m_tabs->addTab(buildTemperature(), tr("Over temperature"));
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_tabs);
    m_card->content()->setContentsMargins(11, 4, 4, 8);
    m_card->content()->addWidget(m_pages, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
    m_temperature->setRange(0, 2.05);
    connect(m_tabs, &QTabWidget::currentChanged, this, &GrammarPanel::refresh);
    setGrammar(nullptr, nullptr);
}

void GrammarPanel::buildTools() {
    auto* caption = makeText(tr("Samples"), "caption");
    caption->setWordWrap(false);
    m_count = makeSpin(1, 10'000, 100, "judgeCountSpin", tr("Samples"));
    m_count->setToolTip(tr("Samples that each figure is of"));
    m_count->setFixedWidth(76);
    caption->setBuddy(m_count);
    m_table = makeTool(tr("Table"), "chartTableButton", tr("Table"), tr("The chart's figures as a table"), true);
    m_export = new ExportButton("exportGrammarButton", QStringLiteral("exportGrammar_"));
    connect(m_export, &ExportButton::chosen, this, &GrammarPanel::exportRequested);
    connect(m_table, &QToolButton::toggled, this, [this](bool on) {
        m_training->showTable(on);
        m_temperature->showTable(on);
    });
    for (QWidget* tool : {static_cast<QWidget*>(caption), static_cast<QWidget*>(m_count),
                          static_cast<QWidget*>(m_table), static_cast<QWidget*>(m_export)})
        m_card->addHeaderWidget(tool);
}

QWidget* GrammarPanel::buildTraining() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 8, 7, 0);
    column->setSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_whileTraining = named(new QCheckBox(tr("Judge every")), "judgeTrainingCheck", tr("Judge while training"));
    m_whileTraining->setChecked(true);
    m_whileTraining->setToolTip(
        tr("Draws samples of the weights at these steps beside the training while this panel is on screen"));
    m_every = makeSpin(1, 1'000'000, 500, "judgeEverySpin", tr("Steps between judgements"));
    m_every->setFixedWidth(84);
    m_trainingCaption = named(makeText({}, "caption"), "judgeTrainingCaption", tr("Judged over training"));
    m_trainingCaption->setWordWrap(false);
    row->addWidget(m_whileTraining);
    row->addWidget(m_every);
    row->addWidget(new QLabel(tr("steps")));
    row->addStretch(1);
    row->addWidget(m_trainingCaption);
    column->addLayout(row);
    column->addWidget(m_training, 1);
    connect(m_whileTraining, &QCheckBox::toggled, this, &GrammarPanel::cadenceChanged);
    connect(m_every, &QSpinBox::valueChanged, this, &GrammarPanel::cadenceChanged);
    return page;
}

QWidget* GrammarPanel::buildTemperature() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 8, 7, 0);
    column->setSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_sweep = named(new QPushButton(tr("Sweep temperature")), "sweepButton", tr("Sweep temperature"));
    m_sweep->setProperty("primary", true);
    m_sweep->setToolTip(tr("Judges samples at 20 temperatures from 0.1 to 2.0, all from the same draws"));
    connect(m_sweep, &QPushButton::clicked, this, [this] {
        if (m_sweeping) emit sweepCancelled();
        else emit sweepRequested();
    });
    m_sweepProgress = named(new QProgressBar, "sweepProgress", tr("Progress of the sweep"));
    m_sweepProgress->setRange(0, static_cast<int>(play::sweep_temperatures().size()));
    m_sweepProgress->setTextVisible(false);
    m_sweepProgress->setFixedWidth(120);
    m_sweepProgress->hide();
    m_sweepCaption = named(makeText({}, "caption"), "sweepCaption", tr("Judged over temperature"));
    m_sweepCaption->setWordWrap(false);
    row->addWidget(m_sweep);
    row->addWidget(m_sweepProgress);
    row->addStretch(1);
    row->addWidget(m_sweepCaption);
    column->addLayout(row);
    column->addWidget(m_temperature, 1);
    return page;
}

void GrammarPanel::setGrammar(std::shared_ptr<const play::Grammar> grammar,
                              std::shared_ptr<const Vocabulary> vocabulary) {
    m_grammar = std::move(grammar);
    m_vocabulary = std::move(vocabulary);
    if (m_grammar) {
        m_training->setTiers(m_grammar->tiers());
        m_temperature->setTiers(m_grammar->tiers());
        m_card->setFact(QString::fromStdString(m_grammar->name()));
    } else {
        m_empty->setText(tr("No grammar to judge by"),
                         tr("Samples can be judged for Snake, brackets and sums: generate such a corpus."));
        m_card->setFact(QString());
    }
    buildTable();
    clear();
    m_pages->setCurrentIndex(m_grammar ? 1 : 0);
}

void GrammarPanel::clear() {
    m_rows.clear();
    for (QLabel* cell : m_cells) cell->setText(QStringLiteral("\u2013"));
    m_nowCaption->setText(tr("How many samples follow the grammar, free and constrained by it."));
    m_training->clear();
    m_temperature->clear();
    m_trainingCaption->setText(QString());
    m_sweepCaption->setText(QString());
    showLists();
    refresh();
}

void GrammarPanel::setAvailable(bool available) {
    m_available = available;
    refresh();
}

int GrammarPanel::count() const { return m_count->value(); }
qint64 GrammarPanel::trainingCadence() const {
    return m_grammar && m_whileTraining->isChecked() ? m_every->value() : 0;
}

void GrammarPanel::setRowsBusy(bool busy) {
    m_busy = busy;
    refresh();
}

void GrammarPanel::appendMilestone(qint64 step, const play::JudgedSamples& judged) {
    m_training->append(static_cast<double>(step), judged);
    m_trainingCaption->setText(tr("%1 points, the last at step %2").arg(m_training->size()).arg(grouped(step)));
    refresh();
}

void GrammarPanel::setSteps(qint64 steps) { m_training->setRange(0, static_cast<double>(steps)); }

void GrammarPanel::beginSweep(qint64 step) {
    m_temperature->clear();
    m_sweeping = true;
    m_sweepProgress->setValue(0);
    m_sweepCaption->setText(tr("%1 samples each, step %2").arg(grouped(count()), grouped(step)));
    refresh();
}

void GrammarPanel::appendSweepPoint(double temperature, const play::JudgedSamples& judged) {
    m_temperature->append(temperature, judged);
    m_sweepProgress->setValue(m_temperature->size());
}

void GrammarPanel::endSweep(bool cancelled) {
    m_sweeping = false;
    if (cancelled) m_sweepCaption->setText(m_sweepCaption->text() + tr(", cancelled"));
    refresh();
}

void GrammarPanel::refresh() {
    m_judge->setText(m_busy ? tr("Cancel") : tr("Judge"));
    m_judge->setAccessibleName(m_judge->text());
    m_judge->setEnabled(m_available || m_busy);
    m_sweep->setText(m_sweeping ? tr("Cancel") : tr("Sweep temperature"));
    m_sweep->setAccessibleName(m_sweep->text());
    m_sweep->setEnabled(m_available || m_sweeping);
    m_sweepProgress->setVisible(m_sweeping);
    const RatesChart* chart = chartInFront();
    m_table->setVisible(chart != nullptr);
    m_export->setVisible(chart != nullptr);
    m_export->setEnabled(chart && chart->size() > 0);
}

RatesChart* GrammarPanel::chartInFront() const {
    switch (m_tabs->currentIndex()) {
        case 1: return m_training;
        case 2: return m_temperature;
        default: return nullptr;
    }
}

bool GrammarPanel::exportTo(const QString& fileName) {
    RatesChart* chart = chartInFront();
    return chart && chart->exportTo(fileName);
}

}  // namespace gamegpt::ui
