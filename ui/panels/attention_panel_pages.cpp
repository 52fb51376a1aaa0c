#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>

#include <algorithm>
#include <numeric>

#include "ui/models/ablation_effect.h"
#include "ui/models/figures_model.h"
#include "ui/panels/attention_panel.h"
#include "ui/widgets/ablation_switches.h"
#include "ui/widgets/card.h"
#include "ui/widgets/figures_table.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"
#include "ui/widgets/token_strip.h"

// The attention panel's pages behind the map: figures of all heads, and parts that are switched off.
namespace gamegpt::ui {

namespace {
constexpr std::size_t nextTokens = 8;  // of the next token's distribution, in the table
}

QWidget* AttentionPanel::buildHeadsPage() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_headDocuments = makeSpin(1, 10'000, 20, "headDocumentsSpin", tr("Documents to average over"));
    m_headDocuments->setFixedWidth(72);
    m_headsCaption = named(makeText(QString(), "caption"), "headsCaption", tr("What the figures are of"));
    m_headsCaption->setWordWrap(false);
    row->addWidget(new QLabel(tr("Averaged over")));
    row->addWidget(m_headDocuments);
    row->addWidget(new QLabel(tr("documents")));
    row->addStretch(1);
    row->addWidget(m_headsCaption);
    column->addLayout(row);
    m_headsModel = new FiguresModel({tr("Head"), tr("Mostly"), tr("Entropy, nats"), tr("Distance"), tr("First, %"),
                                     tr("Previous, %"), tr("Itself, %"), tr("Same token, %"), tr("Same category, %")},
                                    this);
    QTableView* table = makeFiguresTable(m_headsModel, "headsTable", tr("Figures of all heads"));
    table->horizontalHeader()->setStretchLastSection(false);
    column->addWidget(table, 1);
    connect(m_headDocuments, &QSpinBox::valueChanged, this, &AttentionPanel::headsWanted);
    connect(table, &QTableView::clicked, this, [this, table](const QModelIndex& index) {
        const auto* proxy = static_cast<const QSortFilterProxyModel*>(table->model());
        const int heads = std::max(1, m_head->maximum());
        const int picked = proxy->mapToSource(index).row();
        if (picked < m_layer->maximum() * heads) select(picked / heads, picked % heads);  // the last row is not a head
    });
    return page;
}

bool AttentionPanel::wantsHeads() const { return m_tabs->currentWidget() == m_headsPage; }
int AttentionPanel::headDocuments() const { return m_headDocuments->value(); }

void AttentionPanel::setHeads(const AttentionStatistics& statistics, qint64 step) {
    std::vector<FiguresModel::Row> rows;
    const auto add = [&](const QString& name, const QString& role, const QString& rule, const HeadStatistics& head) {
        FiguresModel::Row row{{name, {}, rule}, {role, {}, rule}};
        row.push_back({fixedPoint(head.entropy, 3), head.entropy});
        row.push_back({fixedPoint(head.distance, 1), head.distance});
        for (const double share :
             {head.on_first, head.on_previous, head.on_itself, head.on_same_token, head.on_same_category})
            row.push_back({fixedPoint(100 * share, 1), 100 * share});
        rows.push_back(std::move(row));
    };
    for (std::size_t layer = 0; layer < statistics.heads.size(); ++layer)
        for (std::size_t head = 0; head < statistics.heads[layer].size(); ++head) {
            const HeadRole role = role_of(statistics.heads[layer][head], statistics.uniform);
            add(QStringLiteral("%1.%2").arg(layer + 1).arg(head + 1),
                role == HeadRole::none ? QStringLiteral("\u2013") : QString::fromUtf8(name_of(role).data()),
                QString::fromUtf8(rule_of(role).data()), statistics.heads[layer][head]);
        }
    add(tr("equal"), tr("equal weights"), tr("What a head that weighs all tokens alike would show."),
        statistics.uniform);
    m_headsModel->setRows(std::move(rows));
    m_headsCaption->setText(
        tr("%1 queries of %2 documents, step %3")
            .arg(grouped(qint64(statistics.queries)), grouped(qint64(statistics.sequences)), grouped(step)));
}

QWidget* AttentionPanel::buildAblationLine() {
    m_ablationLine = new QWidget;
    m_ablationLine->setObjectName(QStringLiteral("ablationLine"));
    auto* row = new QHBoxLayout(m_ablationLine);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_ablationText = named(makeText(QString(), "warning"), "ablationText", tr("Parts that are off"));
    auto* allOn = named(new QPushButton(tr("All on")), "allOnButton", tr("All on"));
    allOn->setProperty("small", true);
    connect(allOn, &QPushButton::clicked, m_switches, &AblationSwitches::turnAllOn);
    row->addWidget(m_ablationText, 1);
    row->addWidget(allOn);
    m_ablationLine->hide();
    return m_ablationLine;
}

QWidget* AttentionPanel::buildSwitchPage() {
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 8, scrollBarWidth, 0);
    column->setSpacing(6);
    column->addWidget(makeText(tr("Press a part to leave it out: what it would add is then 0. The trained weights stay "
                                  "as they are, and the maps still show them."),
                               "caption"));
    m_switches = new AblationSwitches;
    column->addWidget(m_switches);
    m_effect = new QWidget;
    auto* effect = new QVBoxLayout(m_effect);
    effect->setContentsMargins(0, 0, 0, 0);
    effect->setSpacing(4);
    const auto addStrip = [&](const char* objectName, const QString& name) {
        auto* caption = makeText(name, "caption");
        effect->addWidget(caption);
        auto* strip = named(new TokenStrip, objectName, name);
        effect->addWidget(strip);
        return std::pair(strip, caption);
    };
    m_withStrip = addStrip("withSample", tr("A sample with all parts")).first;
    std::tie(m_withoutStrip, m_withoutCaption) = addStrip("withoutSample", tr("The same draws without them"));
    effect->addWidget(makeText(tr("The token behind the sequence in the map"), "caption"));
    m_nextModel = new FiguresModel({tr("Token"), tr("With, %"), tr("Without, %"), tr("Change, %")}, this);
    QTableView* table = makeFiguresTable(m_nextModel, "ablationNextTable", tr("The next token with and without"));
    table->horizontalHeader()->setStretchLastSection(false);
    table->setFixedHeight(20 * static_cast<int>(nextTokens) + 34);
    effect->addWidget(table);
    m_effect->hide();
    column->addWidget(m_effect);
    column->addStretch(1);
    connect(m_switches, &AblationSwitches::changed, this, [this] {
        m_ablationEffect.reset();
        showAblation();
        emit ablationChanged();
    });
    return scrolled(content);
}

const Ablation& AttentionPanel::ablation() const { return m_switches->ablation(); }

void AttentionPanel::setAblationEffect(const std::shared_ptr<const AblationEffect>& effect) {
    if (effect->ablation != ablation()) return;
    m_ablationEffect = effect;
    showAblation();
}

void AttentionPanel::showAblation() {
    m_ablationLine->setVisible(!ablation().empty());
    m_effect->setVisible(!ablation().empty() && m_ablationEffect);
    if (!m_ablationEffect) {
        m_ablationText->setText(tr("%1. Measuring\u2026").arg(m_switches->sentence()));
        return;
    }
    const AblationEffect& effect = *m_ablationEffect;
    const double change = effect.without.loss - effect.with.loss;
    m_ablationText->setText(tr("%1: loss %2 \u2192 %3 nats (%4%5) over %6 tokens of %7 documents, step %8")
                                .arg(m_switches->sentence(), fixedPoint(effect.with.loss, 4),
                                     fixedPoint(effect.without.loss, 4),
                                     change < 0 ? QStringLiteral("\u2212") : QStringLiteral("+"),
                                     fixedPoint(std::abs(change), 4), grouped(qint64(effect.with.tokens)),
                                     effect.heldOut ? tr("held-out") : tr("training"), grouped(effect.step)));
    m_withStrip->setTokens(effect.sampleWith, effect.vocabulary);
    m_withoutStrip->setTokens(effect.sampleWithout, effect.vocabulary);
    m_withoutCaption->setText(effect.sampleWith == effect.sampleWithout
                                  ? tr("The same draws without them give the same sample")
                                  : tr("The same draws without them"));
    std::vector<std::size_t> order(effect.with.next.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto weight = [&](std::size_t i) { return std::max(effect.with.next[i], effect.without.next[i]); };
    const std::size_t count = std::min(nextTokens, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                      [&](std::size_t a, std::size_t b) { return weight(a) > weight(b); });
    std::vector<FiguresModel::Row> rows;
    for (std::size_t i = 0; i < count; ++i) {
        const double with = 100 * effect.with.next[order[i]], without = 100 * effect.without.next[order[i]];
        rows.push_back({{QString::fromStdString(effect.vocabulary->label(static_cast<TokenId>(order[i])))},
                        {fixedPoint(with, 2), with},
                        {fixedPoint(without, 2), without},
                        {fixedPoint(without - with, 2), without - with}});
    }
    m_nextModel->setRows(std::move(rows));
}

}  // namespace gamegpt::ui
