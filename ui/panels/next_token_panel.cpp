#include "ui/panels/next_token_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeWidget>

#include <algorithm>

#include "ui/theme.h"
#include "ui/widgets/big_number.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"
#include "ui/widgets/probability_bars.h"
#include "ui/widgets/token_strip.h"

namespace gamegpt::ui {

namespace {

constexpr int sequenceRole = Qt::UserRole;

QWidget* padded(QWidget* widget) {
    auto* host = new QWidget;
    auto* column = new QVBoxLayout(host);
    column->setContentsMargins(0, 0, scrollBarWidth + 1, 0);
    column->addWidget(widget);
    column->addStretch(1);
    return host;
}

}  // namespace

NextTokenPanel::NextTokenPanel(QWidget* parent)
    : QWidget(parent),
      m_card(new Card(tr("Next token"))),
      m_pages(new QStackedWidget),
      m_strip(new TokenStrip),
      m_bars(new ProbabilityBars),
      m_branches(new QTreeWidget) {
    setObjectName(QStringLiteral("nextTokenPanel"));
    setAccessibleName(tr("Next token"));
    setMinimumWidth(360);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(buildSequence(), 1);
    column->addWidget(buildStages());
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(scrolled(padded(m_bars)), 3);
    row->addWidget(buildBranches(), 2);
    column->addLayout(row, 3);
    m_pages->addWidget(new EmptyState(tr("No sequence yet"),
                                      tr("Click a token of a sample: what the model would draw there appears here.")));
    m_pages->addWidget(content);
    m_card->content()->setContentsMargins(11, 8, 4, 8);
    m_card->content()->addWidget(m_pages, 1);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_card);
    connect(m_bars, &ProbabilityBars::chosen, this, [this](TokenId token) {
        setChosen();
        emit branchRequested(token);
    });
    refresh();
}

QWidget* NextTokenPanel::buildSequence() {
    auto* host = new QWidget;
    auto* column = new QVBoxLayout(host);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, scrollBarWidth, 0);
    row->setSpacing(8);
    m_back = makeTool(tr("\u25c0 Back"), "tokenBack", tr("Back"), tr("One token back"));
    m_forward = makeTool(tr("Forward \u25b6"), "tokenForward", tr("Forward"),
                         tr("One token forward; at the end of the sequence the next one is drawn"));
    row->addWidget(m_back);
    row->addWidget(m_forward);
    connect(m_back, &QToolButton::clicked, this, [this] {
        setChosen();
        setPosition(m_position - 1);
    });
    connect(m_forward, &QToolButton::clicked, this, [this] {
        setChosen();
        if (m_position < static_cast<int>(m_tokens.size())) setPosition(m_position + 1);
        else emit drawRequested();
    });
    row->addStretch(1);
    m_entropyNumber = new BigNumber(tr("Entropy, nats"), QStringLiteral("00.000"), "nextEntropy", true);
    m_effectiveNumber = new BigNumber(tr("Effective vocabulary"), QStringLiteral("0,000.0"), "nextEffective", true);
    m_effectiveNumber->setToolTip(tr("Of how many equally probable tokens a draw would be as uncertain: exp(entropy)"));
    row->addWidget(m_entropyNumber);
    row->addWidget(m_effectiveNumber);
    column->addLayout(row);
    m_strip->setObjectName(QStringLiteral("prefixStrip"));
    m_strip->setAccessibleName(tr("Sequence"));
    m_strip->setToolTip(tr("Click a token to look at the place that it stands at"));
    connect(m_strip, &TokenStrip::clicked, this, [this](int token) {
        setChosen();
        if (token > 0) setPosition(token);
    });
    QScrollArea* area = scrolled(padded(m_strip));
    area->setMinimumHeight(48);
    column->addWidget(area, 1);
    return host;
}

QWidget* NextTokenPanel::buildStages() {
    auto* host = new QWidget;
    host->setToolTip(
        tr("The filters in their order; each sees what the one before has left. Click one to stop there."));
    auto* row = new QHBoxLayout(host);
    row->setContentsMargins(0, 0, scrollBarWidth, 0);
    row->setSpacing(2);
    for (std::size_t i = 0; i < m_stages.size(); ++i) {
        const QString name = QString::fromUtf8(name_of(filter_stages[i]).data());
        if (i > 0) {
            auto* arrow = makeText(QStringLiteral("\u203a"), "caption");
            row->addWidget(arrow);
        }
        m_stages[i] = makeTool(name, (QByteArray("stage") + QByteArray::number(int(i))).constData(), name, {}, true);
        m_stages[i]->setAutoExclusive(true);
        row->addWidget(m_stages[i]);
        connect(m_stages[i], &QToolButton::clicked, this, [this, i] {
            m_stage = i;
            showStages();
        });
    }
    m_stages.back()->setChecked(true);
    row->addStretch(1);
    return host;
}

QWidget* NextTokenPanel::buildBranches() {
    auto* host = new QWidget;
    auto* column = new QVBoxLayout(host);
    column->setContentsMargins(0, 0, scrollBarWidth, 0);
    column->setSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    auto* title = makeText(tr("Branches"), "title");
    title->setWordWrap(false);
    m_rename = named(new QPushButton(tr("Rename")), "renameBranch", tr("Rename"));
    m_remove = named(new QPushButton(tr("Delete")), "deleteBranch", tr("Delete"));
    row->addWidget(title);
    row->addStretch(1);
    for (QPushButton* button : {m_rename, m_remove}) {
        button->setProperty("small", true);
        row->addWidget(button);
    }
    column->addLayout(row);
    named(m_branches, "branchTree", tr("Branches"));
    m_branches->setHeaderLabels({tr("Name"), tr("Tokens")});
    m_branches->header()->setStretchLastSection(false);
    m_branches->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_branches->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_branches->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    m_branches->setIndentation(12);
    column->addWidget(m_branches, 1);
    connect(m_branches, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) { select(item); });
    connect(m_rename, &QPushButton::clicked, this, [this] {
        if (m_current) m_branches->editItem(m_current, 0);
    });
    connect(m_remove, &QPushButton::clicked, this, &NextTokenPanel::removeSelected);
    auto* remove = new QShortcut(QKeySequence::Delete, m_branches);
    remove->setContext(Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &NextTokenPanel::removeSelected);
    return host;
}

QTreeWidgetItem* NextTokenPanel::addItem(QTreeWidgetItem* parent, const QString& name, std::vector<TokenId> tokens,
                                         int position) {
    auto* item = new QTreeWidgetItem({name, grouped(qint64(tokens.size()))});
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    item->setData(0, sequenceRole, int(m_sequences.size()));
    m_sequences.push_back({std::move(tokens), position});
    if (parent) parent->addChild(item);
    else m_branches->addTopLevelItem(item);
    item->setExpanded(true);
    if (parent) parent->setExpanded(true);
    return item;
}

void NextTokenPanel::setSequence(std::vector<TokenId> tokens, std::shared_ptr<const Vocabulary> vocabulary,
                                 int position) {
    if (tokens.empty()) return;
    m_vocabulary = std::move(vocabulary);
    QTreeWidgetItem* root = m_current;
    while (root && root->parent()) root = root->parent();
    if (root && root->childCount() == 0) {
        keepPlace();
        m_sequences[static_cast<std::size_t>(root->data(0, sequenceRole).toInt())] = {std::move(tokens), position};
        root->setText(1, grouped(qint64(m_sequences[root->data(0, sequenceRole).toUInt()].tokens.size())));
        m_current = nullptr;
        select(root);
        return;
    }
    m_branches->setCurrentItem(
        addItem(nullptr, tr("Sample %1").arg(m_branches->topLevelItemCount() + 1), std::move(tokens), position));
}

void NextTokenPanel::extend(std::vector<TokenId> tokens) {
    if (!m_current) return;
    Branch& branch = m_sequences[m_current->data(0, sequenceRole).toUInt()];
    branch = {std::move(tokens), 0};
    branch.position = static_cast<int>(branch.tokens.size());
    m_current->setText(1, grouped(branch.position));
    QTreeWidgetItem* item = std::exchange(m_current, nullptr);
    select(item);
}

void NextTokenPanel::addBranch(std::vector<TokenId> tokens, int position) {
    if (!m_current) return;
    keepPlace();
    const QString name = QString::fromStdString(m_vocabulary->label(tokens.at(static_cast<std::size_t>(position) - 1)));
    m_branches->setCurrentItem(
        addItem(m_current, tr("%1 at %2").arg(name).arg(position - 1), std::move(tokens), position));
}

// The place in a sequence is remembered while another one is looked at.
void NextTokenPanel::keepPlace() {
    if (m_current) m_sequences[m_current->data(0, sequenceRole).toUInt()].position = m_position;
}

void NextTokenPanel::select(QTreeWidgetItem* item) {
    if (item == m_current) return;
    keepPlace();
    m_current = item;
    m_tokens.clear();
    m_logits.clear();
    if (item) {
        const Branch& branch = m_sequences[item->data(0, sequenceRole).toUInt()];
        m_tokens = branch.tokens;
        m_strip->setTokens(m_tokens, m_vocabulary);
        setPosition(branch.position);
    }
    refresh();
}

void NextTokenPanel::removeSelected() {
    if (!m_current) return;
    QTreeWidgetItem* gone = std::exchange(m_current, nullptr);
    QTreeWidgetItem* next = gone->parent();
    delete gone;  // with what branches from it
    if (!next && m_branches->topLevelItemCount() > 0) next = m_branches->topLevelItem(0);
    m_branches->setCurrentItem(next);
    select(next);
    refresh();
}

void NextTokenPanel::clear() {
    m_chosen = false;
    m_current = nullptr;
    m_branches->clear();
    m_sequences.clear();
    m_tokens.clear();
    m_logits.clear();
    m_card->setFact(QString());
    refresh();
}

std::vector<TokenId> NextTokenPanel::prefix() const {
    return {m_tokens.begin(), m_tokens.begin() + std::min<std::ptrdiff_t>(m_position, std::ssize(m_tokens))};
}

void NextTokenPanel::setPosition(int position) {
    m_position = std::clamp(position, 1, std::max(static_cast<int>(m_tokens.size()), 1));
    const bool inside = m_position < static_cast<int>(m_tokens.size());
    m_strip->setMarked(inside ? m_position : m_position - 1);
    m_bars->setNext(inside ? m_tokens[static_cast<std::size_t>(m_position)] : -1);
    refresh();
    emit prefixChanged();
}

void NextTokenPanel::setLogits(const std::vector<TokenId>& prefix, std::vector<double> logits, qint64 step) {
    if (prefix != this->prefix()) return;
    m_logits = std::move(logits);
    m_card->setFact(tr("step %1").arg(grouped(step)));
    showStages();
}

void NextTokenPanel::setFilters(double temperature, const FilterSettings& filters) {
    m_temperature = temperature;
    m_filters = filters;
    showStages();
}

void NextTokenPanel::showStages() {
    if (m_logits.empty() || !m_vocabulary || !isVisible()) return;
    auto steps = filter_steps(m_logits, m_temperature, m_filters, prefix());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto left = std::count_if(steps[i].begin(), steps[i].end(), [](double p) { return p > 0; });
        m_stages[i]->setText(
            QStringLiteral("%1 %2").arg(QString::fromUtf8(name_of(filter_stages[i]).data())).arg(left));
        m_stages[i]->setToolTip(tr("%1 tokens are left after this").arg(grouped(left)));
    }
    m_entropy = gamegpt::entropy(steps[m_stage]);
    m_entropyNumber->setValue(fixedPoint(m_entropy, 3));
    m_effectiveNumber->setValue(fixedPoint(effective_vocabulary(steps[m_stage]), 1));
    m_bars->setProbabilities(m_vocabulary, steps.front(), steps[m_stage]);
}

void NextTokenPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    showStages();
}

void NextTokenPanel::refresh() {
    const bool any = !m_tokens.empty();
    m_pages->setCurrentIndex(any ? 1 : 0);
    m_back->setEnabled(any && m_position > 1);
    m_forward->setEnabled(any);
    m_rename->setEnabled(m_current != nullptr);
    m_remove->setEnabled(m_current != nullptr);
}

}  // namespace gamegpt::ui
