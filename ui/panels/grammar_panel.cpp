#include "ui/panels/grammar_panel.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>

#include <algorithm>

#include "ui/plots/rates_chart.h"
#include "ui/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/export_button.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"
#include "ui/widgets/token_strip.h"

namespace gamegpt::ui {

namespace {

constexpr std::size_t mostShown = 12;  // samples in a list

QLabel* plainText(const QString& text, const char* role) {
    QLabel* label = makeText(text, role);
    label->setWordWrap(false);
    return label;
}

QWidget* verticalLine() {
    auto* line = new QFrame;
    line->setProperty("role", "line");
    line->setFixedWidth(1);
    return line;
}

QString wayName(bool constrained, bool beyond) {
    if (constrained) return beyond ? GrammarPanel::tr("Constrained, to the end") : GrammarPanel::tr("Constrained");
    return beyond ? GrammarPanel::tr("Free, to the end") : GrammarPanel::tr("Free");
}

QString wayExplanation(bool constrained, bool beyond) {
    return (constrained ? GrammarPanel::tr("Only tokens that the grammar allows next are drawn.")
                        : GrammarPanel::tr("All tokens may be drawn.")) +
           QLatin1Char(' ') +
           (beyond ? GrammarPanel::tr("Sampling goes on beyond the context, taken up again from the last snapshot.")
                   : GrammarPanel::tr("Sampling ends with the context, often in the middle of a sequence."));
}

}  // namespace

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
    auto* caption = plainText(tr("Samples"), "caption");
    m_count = makeSpin(1, 10'000, 100, "judgeCountSpin", tr("Samples"));
    m_count->setToolTip(tr("Samples that each figure is of"));
    m_count->setFixedWidth(76);
    caption->setBuddy(m_count);
    m_table = named(new QToolButton, "chartTableButton", tr("Table"));
    m_table->setText(tr("Table"));
    m_table->setToolTip(tr("The chart's figures as a table"));
    m_table->setCheckable(true);
    m_table->setProperty("small", true);
    m_table->setFocusPolicy(Qt::StrongFocus);
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

QWidget* GrammarPanel::buildNow() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    auto* row = new QHBoxLayout;
    m_judge = named(new QPushButton(tr("Judge")), "judgeButton", tr("Judge"));
    m_judge->setProperty("primary", true);
    m_judge->setToolTip(tr("Draws samples in all four ways from the newest weights and judges them"));
    connect(m_judge, &QPushButton::clicked, this, [this] {
        if (m_busy) emit judgeCancelled();
        else emit judgeRequested();
    });
    m_nowCaption = named(makeText({}, "caption"), "judgeCaption", tr("Judged"));
    row->addWidget(m_judge);
    row->addWidget(m_nowCaption, 1);
    row->setContentsMargins(0, 0, scrollBarWidth, 0);
    column->addLayout(row);
    m_figuresHost = new QWidget;
    auto* host = new QVBoxLayout(m_figuresHost);
    host->setContentsMargins(0, 0, scrollBarWidth, 0);
    column->addWidget(m_figuresHost);

    m_beyond = named(new QCheckBox(tr("Show sequences to the end")), "beyondCheck", tr("Show sequences to the end"));
    m_beyond->setToolTip(wayExplanation(false, true));
    connect(m_beyond, &QCheckBox::toggled, this, &GrammarPanel::showLists);
    column->addWidget(m_beyond);
    auto* lists = new QWidget;
    auto* sides = new QHBoxLayout(lists);
    sides->setContentsMargins(0, 0, scrollBarWidth + 1, 0);
    sides->setSpacing(16);
    const auto addList = [&](const QString& title) {
        auto* side = new QVBoxLayout;
        side->setSpacing(4);
        side->addWidget(plainText(title, "title"));
        auto* list = new QVBoxLayout;
        list->setSpacing(4);
        side->addLayout(list);
        side->addStretch(1);
        sides->addLayout(side, 1);
        return list;
    };
    m_freeList = addList(tr("Free"));
    m_constrainedList = addList(tr("Constrained by the grammar"));
    column->addWidget(scrolled(lists), 1);
    return page;
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

// A row a way, a column a tier; what strict replay says stands behind a line.
void GrammarPanel::buildTable() {
    qDeleteAll(m_figuresHost->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    m_cells.clear();
    if (!m_grammar) return;
    auto* host = new QWidget;
    auto* grid = new QGridLayout(host);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(0, 1);
    grid->addWidget(plainText(tr("How samples are drawn"), "caption"), 1, 0);
    const auto& tiers = m_grammar->tiers();
    std::vector<int> columns;
    int column = 1;
    bool form = false, replay = false;
    for (const play::Tier& tier : tiers) {
        if (tier.by_replay && form) grid->addWidget(verticalLine(), 0, column++, 6, 1);
        if (!std::exchange(tier.by_replay ? replay : form, true))
            grid->addWidget(plainText(tier.by_replay ? tr("By playing it") : tr("By form"), "caption"), 0, column, 1,
                            3);
        auto* head = plainText(QString::fromStdString(tier.name), "caption");
        head->setToolTip(QString::fromStdString(tier.explanation));
        head->setAlignment(Qt::AlignRight);
        grid->addWidget(head, 1, column);
        columns.push_back(column++);
    }
    int row = 2;
    for (const bool constrained : {false, true})
        for (const bool beyond : {false, true}) {
            auto* name = plainText(wayName(constrained, beyond), "");
            name->setToolTip(wayExplanation(constrained, beyond));
            grid->addWidget(name, row, 0);
            for (std::size_t i = 0; i < tiers.size(); ++i) {
                auto* cell = plainText(QStringLiteral("\u2013"), "");
                cell->setTextFormat(Qt::RichText);
                cell->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
                cell->setObjectName(QStringLiteral("rate_%1%2_%3")
                                        .arg(constrained ? QStringLiteral("constrained") : QStringLiteral("free"),
                                             beyond ? QStringLiteral("Beyond") : QString(),
                                             QString::fromStdString(tiers[i].key)));
                cell->setAccessibleName(
                    QStringLiteral("%1: %2").arg(name->text(), QString::fromStdString(tiers[i].name)));
                grid->addWidget(cell, row, columns[i]);
                m_cells.push_back(cell);
            }
            ++row;
        }
    m_figuresHost->layout()->addWidget(host);
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

void GrammarPanel::setRows(const std::vector<GrammarRow>& rows, qint64 step, double temperature) {
    m_rows = rows;
    const std::size_t tiers = m_grammar ? m_grammar->tiers().size() : 0;
    for (std::size_t row = 0; row < rows.size(); ++row)
        for (std::size_t tier = 0; tier < tiers && row * tiers + tier < m_cells.size(); ++tier) {
            const play::Rate& rate = rows[row].judged.rates[tier];
            QLabel* cell = m_cells[row * tiers + tier];
            cell->setText(QStringLiteral("<b>%1</b><br><span style=\"color:%2; font-size:11px\">%3/%4</span>")
                              .arg(percent(rate.share(), 1), themeFor(palette()).muted.name(),
                                   grouped(qint64(rate.count)), grouped(qint64(rate.of))));
            cell->setToolTip(tr("%1 of %2 samples; 95 % interval %3 to %4")
                                 .arg(grouped(qint64(rate.count)), grouped(qint64(rate.of)), percent(rate.lower(), 1),
                                      percent(rate.upper(), 1)));
        }
    m_nowCaption->setText(tr("%1 samples each, step %2, temperature %3")
                              .arg(grouped(qint64(rows.empty() ? 0 : rows[0].judged.sequences.size())), grouped(step),
                                   fixedPoint(temperature, 2)));
    showLists();
}

void GrammarPanel::setRowsBusy(bool busy) {
    m_busy = busy;
    refresh();
}

void GrammarPanel::showLists() {
    const auto row = [this](bool constrained) -> const GrammarRow* {
        const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const GrammarRow& r) {
            return r.constrained == constrained && r.beyond == m_beyond->isChecked();
        });
        return found == m_rows.end() ? nullptr : &*found;
    };
    showList(m_freeList, m_freeStrips, m_freeCaptions, row(false), QStringLiteral("freeSample"));
    showList(m_constrainedList, m_constrainedStrips, m_constrainedCaptions, row(true),
             QStringLiteral("constrainedSample"));
}

void GrammarPanel::showList(QVBoxLayout* list, std::vector<TokenStrip*>& strips, std::vector<QLabel*>& captions,
                            const GrammarRow* row, const QString& name) {
    const std::size_t count = row ? std::min(row->judged.sequences.size(), mostShown) : 0;
    while (strips.size() < count) {
        const std::size_t index = strips.size();
        auto* caption = makeText({}, "caption");
        caption->setObjectName(name + QStringLiteral("Caption%1").arg(index));
        auto* strip = new TokenStrip;
        strip->setObjectName(name + QString::number(index));
        strip->setAccessibleName(tr("Sample %1").arg(index + 1));
        strip->setSelectable(true);
        strip->setToolTip(tr("Show on the board"));
        connect(strip, &TokenStrip::clicked, this, [this, strip] { emit sequencePicked(strip->tokens()); });
        list->addWidget(caption);
        list->addWidget(strip);
        strips.push_back(strip);
        captions.push_back(caption);
    }
    for (std::size_t i = 0; i < strips.size(); ++i) {
        strips[i]->setVisible(i < count);
        captions[i]->setVisible(i < count);
        if (i >= count) continue;
        strips[i]->setTokens(row->judged.sequences[i], m_vocabulary);
        const auto& error = row->judged.verdicts[i].first_error;
        QString text = tr("%1 \u00b7 passes everything").arg(i + 1);
        QString reason;
        if (error) {
            reason = QString::fromStdString(error->rule);
            if (!error->found.empty()) reason += tr(" Found %1").arg(QString::fromStdString(error->found));
            if (!error->expected.empty()) reason += tr(", expected %1").arg(QString::fromStdString(error->expected));
            text = tr("%1 \u00b7 token %2: %3").arg(i + 1).arg(error->token).arg(reason);
        }
        captions[i]->setText(text);
        strips[i]->setMistake(error ? static_cast<int>(error->token) : -1, reason);
    }
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
