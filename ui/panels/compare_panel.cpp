#include "ui/panels/compare_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>

#include "ui/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/figure_label.h"
#include "ui/widgets/form.h"
#include "ui/widgets/token_strip.h"

namespace gamegpt::ui {

ComparePanel::ComparePanel(QWidget* parent)
    : QWidget(parent), m_card(new Card(tr("Compare"))), m_pages(new QStackedWidget) {
    setObjectName(QStringLiteral("comparePanel"));
    setAccessibleName(tr("Compare"));
    setMinimumWidth(360);
    m_keep = named(new QPushButton(tr("Keep the present model")), "keepModelButton", tr("Keep the present model"));
    m_keep->setToolTip(tr("Keeps the weights as they stand, to compare with later ones"));
    m_file = named(new QPushButton(tr("Add weights\u2026")), "addModelButton", tr("Add weights"));
    m_file->setToolTip(tr("Compares with the weights in a file"));
    for (QPushButton* button : {m_keep, m_file}) {
        button->setProperty("small", true);
        button->setEnabled(false);
        m_card->addHeaderWidget(button);
    }
    connect(m_keep, &QPushButton::clicked, this, &ComparePanel::keepRequested);
    connect(m_file, &QPushButton::clicked, this, &ComparePanel::fileRequested);
    auto* content = new QWidget;
    m_row = new QHBoxLayout(content);
    m_row->setContentsMargins(0, 0, scrollBarWidth + 1, 0);
    m_row->setSpacing(16);
    m_pages->addWidget(new EmptyState(
        tr("Nothing to compare yet"),
        tr("Keep the present model at some step, or add weights from a file: what each draws appears side by side.")));
    m_pages->addWidget(scrolled(content));
    m_card->content()->setContentsMargins(11, 8, 2, 8);
    m_card->content()->addWidget(m_pages, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
}

void ComparePanel::addColumn() {
    const std::size_t index = m_columns.size();
    const QByteArray number = QByteArray::number(int(index));
    Column column{};
    column.host = new QWidget;
    auto* layout = new QVBoxLayout(column.host);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* head = new QHBoxLayout;
    column.name = named(new FigureLabel, ("comparedName" + number).constData(), tr("Model"));
    column.name->setFont(figureFont(13));
    column.name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    head->addWidget(column.name, 1);
    column.remove = named(new QToolButton, ("removeModel" + number).constData(), tr("Remove"));
    column.remove->setText(QStringLiteral("\u00d7"));
    column.remove->setToolTip(tr("Do not compare with this model any more"));
    column.remove->setProperty("small", true);
    if (index == 0) column.remove->hide();
    connect(column.remove, &QToolButton::clicked, this, [this, index] { emit removeRequested(index); });
    head->addWidget(column.remove);
    layout->addLayout(head);
    column.fact = named(makeText({}, "caption"), ("comparedFact" + number).constData(), tr("Figures"));
    layout->addWidget(column.fact);
    column.list = new QVBoxLayout;
    column.list->setSpacing(10);
    layout->addLayout(column.list);
    layout->addStretch(1);
    m_row->addWidget(column.host, 1);
    m_columns.push_back(std::move(column));
}

void ComparePanel::setModels(const QStringList& names, bool full) {
    const auto count = static_cast<std::size_t>(names.size());
    while (m_columns.size() < count) addColumn();
    while (m_columns.size() > count) {
        delete m_columns.back().host;
        m_columns.pop_back();
    }
    for (std::size_t i = 0; i < count; ++i) {
        m_columns[i].name->setText(names[static_cast<qsizetype>(i)]);
        for (TokenStrip* strip : m_columns[i].strips) strip->hide();
        m_columns[i].fact->clear();
    }
    m_keep->setEnabled(count > 0 && !full);
    m_file->setEnabled(count > 0 && !full);
    m_card->setFact(full ? tr("four models, no more fit") : QString());
    m_pages->setCurrentIndex(count > 1 ? 1 : 0);
}

void ComparePanel::setSamples(std::size_t index, const QString& name, const std::vector<std::vector<TokenId>>& samples,
                              const std::shared_ptr<const Vocabulary>& vocabulary, const QString& fact) {
    if (index >= m_columns.size()) return;
    Column& column = m_columns[index];
    column.name->setText(name);
    column.fact->setText(fact);
    while (column.strips.size() < samples.size()) {
        auto* strip = new TokenStrip;
        strip->setObjectName(QStringLiteral("compared%1_%2").arg(index).arg(column.strips.size()));
        strip->setAccessibleName(tr("Sample %1").arg(column.strips.size() + 1));
        column.list->addWidget(strip);
        column.strips.push_back(strip);
    }
    for (std::size_t i = 0; i < column.strips.size(); ++i) {
        column.strips[i]->setVisible(i < samples.size());
        if (i < samples.size()) column.strips[i]->setTokens(samples[i], vocabulary);
    }
}

}  // namespace gamegpt::ui
