#include "ui/widgets/filter_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include "ui/widgets/draw_summary.h"
#include "ui/widgets/figure_label.h"
#include "ui/widgets/form.h"

namespace gamegpt::ui {

FilterFields::FilterFields(QWidget* parent)
    : QWidget(parent),
      m_open(named(new QToolButton, "filtersButton", tr("Filters"))),
      m_summary(named(new FigureLabel, "filtersSummary", tr("Filters"))) {
    m_open->setText(tr("Filters"));
    m_open->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_open->setCheckable(true);
    m_open->setProperty("flat", true);
    m_open->setToolTip(tr("What tokens are drawn from, and how"));
    m_summary->setTone(Tone::muted);
    m_summary->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    QSizePolicy policy = m_summary->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_summary->setSizePolicy(policy);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_open);
    head->addWidget(m_summary, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(head);
    QWidget* fields = buildFields();
    column->addWidget(fields);
    const auto open = [this, fields](bool opened) {
        m_open->setArrowType(opened ? Qt::DownArrow : Qt::RightArrow);
        fields->setVisible(opened);
        m_summary->setVisible(!opened);
    };
    connect(m_open, &QToolButton::toggled, this, open);
    open(false);
    const auto change = [this] {
        showSummary();
        emit changed();
    };
    connect(m_topK, &QSpinBox::valueChanged, this, change);
    for (QDoubleSpinBox* spin : {m_topP, m_minP, m_penalty}) connect(spin, &QDoubleSpinBox::valueChanged, this, change);
    connect(m_order, &QComboBox::currentIndexChanged, this, change);
    for (QCheckBox* box : {m_constrained, m_beyond}) connect(box, &QCheckBox::toggled, this, change);
    setGrammarAvailable(false);
    showSummary();
}

QWidget* FilterFields::buildFields() {
    auto* host = new QWidget;
    auto* grid = new QGridLayout(host);
    grid->setContentsMargins(0, 0, 0, 2);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    m_topK = makeSpin(0, 1'000'000, 0, "topKSpin", tr("Top-k"));
    m_topK->setSpecialValueText(tr("off"));
    m_topK->setToolTip(tr("Only the k most probable tokens; 0 is off"));
    m_topP = makeSpin(0, 1, 1, 2, "topPSpin", tr("Top-p"));
    m_topP->setToolTip(tr("Only the fewest most probable tokens that together reach p; 1 is off"));
    m_minP = makeSpin(0, 1, 0, 2, "minPSpin", tr("Min-p"));
    m_minP->setSpecialValueText(tr("off"));
    m_minP->setToolTip(tr("Only tokens at least this many times as probable as the most probable one; 0 is off"));
    m_penalty = makeSpin(0.1, 10, 1, 2, "repetitionSpin", tr("Repetition"));
    m_penalty->setToolTip(tr("Repetition penalty: tokens that have occurred become less probable over 1; 1 is off"));
    for (QDoubleSpinBox* spin : {m_topP, m_minP, m_penalty}) spin->setSingleStep(0.05);
    const std::pair<QWidget*, QPoint> places[] = {
        {m_topK, {0, 0}}, {m_topP, {2, 0}}, {m_minP, {0, 1}}, {m_penalty, {2, 1}}};
    for (const auto& [spin, place] : places) {
        auto* name = new QLabel(spin->accessibleName());
        name->setBuddy(spin);
        spin->setMinimumWidth(64);
        grid->addWidget(name, place.y(), place.x());
        grid->addWidget(spin, place.y(), place.x() + 1);
    }
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    m_order = named(new QComboBox, "drawsCombo", tr("Draws"));
    m_order->addItems({tr("One generator a sample"), tr("In turn, as the original")});
    m_order->setToolTip(
        tr("Samples with a generator each do not disturb each other. The original draws all from one, "
           "one after the other, in double precision."));
    m_order->setMinimumContentsLength(10);
    m_order->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    auto* draws = new QLabel(tr("Draws"));
    draws->setBuddy(m_order);
    grid->addWidget(draws, 2, 0);
    grid->addWidget(m_order, 2, 1, 1, 3);
    m_constrained = named(new QCheckBox(tr("Only what the grammar allows")), "constrainedCheck",
                          tr("Only what the grammar allows"));
    m_beyond = named(new QCheckBox(tr("Beyond the context")), "beyondContextCheck", tr("Beyond the context"));
    m_beyond->setToolTip(tr("Samples go on when the context is full: the model then sees the end of the sequence"));
    grid->addWidget(m_constrained, 3, 0, 1, 4, Qt::AlignLeft);
    grid->addWidget(m_beyond, 4, 0, 1, 4, Qt::AlignLeft);
    return host;
}

FilterSettings FilterFields::filters() const {
    return {m_penalty->value(), m_topK->value(), m_topP->value(), m_minP->value()};
}

bool FilterFields::inTurn() const { return m_order->currentIndex() == 1; }
bool FilterFields::constrained() const { return m_constrained->isEnabled() && m_constrained->isChecked(); }
bool FilterFields::beyond() const { return m_beyond->isChecked(); }

void FilterFields::setFilters(const FilterSettings& filters) {
    const QSignalBlocker quiet[] = {QSignalBlocker(m_topK), QSignalBlocker(m_topP), QSignalBlocker(m_minP),
                                    QSignalBlocker(m_penalty)};
    m_topK->setValue(filters.top_k);
    m_topP->setValue(filters.top_p);
    m_minP->setValue(filters.min_p);
    m_penalty->setValue(filters.repetition_penalty);
    showSummary();
}

void FilterFields::setGrammarAvailable(bool available) {
    m_constrained->setEnabled(available);
    m_constrained->setToolTip(available ? tr("Draws only tokens that the grammar of the corpus allows next")
                                        : tr("This corpus follows no known grammar: Snake, brackets and sums do"));
    showSummary();
}

void FilterFields::showSummary() {
    QStringList parts = filterParts(filters());
    if (inTurn()) parts << tr("in turn");
    if (constrained()) parts << tr("grammar");
    if (beyond()) parts << tr("beyond");
    m_summary->setText(parts.isEmpty() ? tr("off") : parts.join(QStringLiteral(" \u00b7 ")));
}

}  // namespace gamegpt::ui
