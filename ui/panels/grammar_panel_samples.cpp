#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

#include "ui/panels/grammar_panel.h"
#include "ui/theme.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"
#include "ui/widgets/token_strip.h"

// The page on the samples of now: the table of the four ways to draw, free and constrained ones side by side.
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

}  // namespace gamegpt::ui
