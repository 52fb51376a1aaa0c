#include "ui/panels/sampler_panel.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSlider>
#include <QSpinBox>

#include <algorithm>
#include <limits>

#include "ui/widgets/card.h"
#include "ui/widgets/figure_label.h"
#include "ui/widgets/filter_fields.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"
#include "ui/widgets/labelled_slider.h"
#include "ui/widgets/preset_row.h"
#include "ui/widgets/prompt_field.h"

namespace gamegpt::ui {

namespace {
constexpr int lengthBeyond = 2000;  // tokens, more than any of the original's games has
constexpr int mostSamples = 10'000;
}  // namespace

SamplerPanel::SamplerPanel(QWidget* parent)
    : QWidget(parent),
      m_card(new Card(tr("Sampler"))),
      m_temperature(new LabelledSlider(tr("Temperature"), "temperatureSlider")),
      m_presets(new PresetRow),
      m_filters(new FilterFields),
      m_prompt(new PromptField),
      m_problem(named(makeText({}, "bad"), "samplerProblem", tr("Problem"))),
      m_samples(new SampleList) {
    setObjectName(QStringLiteral("samplerPanel"));
    setAccessibleName(tr("Sampler"));
    setMinimumWidth(312);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(buildControls());
    column->addWidget(m_samples, 1);
    connect(m_samples, &SampleList::sampleSelected, this, &SamplerPanel::sampleSelected);
    connect(m_samples, &SampleList::tokenClicked, this, &SamplerPanel::tokenClicked);
    setAvailable(false);
    setBlockSize(m_blockSize);
}

Card* SamplerPanel::buildControls() {
    m_card->setObjectName(QStringLiteral("samplerCard"));
    QVBoxLayout* content = m_card->content();
    content->setSpacing(6);
    m_temperature->setRange(0, 2, 0.01);
    m_temperature->setValue(0.5);
    m_temperature->setCaptions({tr("0 greedy"), tr("1 neutral"), tr("2 wild")});
    m_problem->hide();
    content->addWidget(m_temperature);
    content->addWidget(m_presets);
    content->addWidget(m_filters);
    content->addWidget(m_prompt);
    content->addLayout(buildNumbers());
    content->addWidget(m_problem);
    content->addLayout(buildLive());
    m_presets->setPresent(m_temperature->value(), {});
    connect(m_temperature, &LabelledSlider::valueChanged, this, &SamplerPanel::change);
    connect(m_presets, &PresetRow::chosen, this, [this](const DrawPreset& preset) {
        m_temperature->setValue(preset.temperature);
        m_filters->setFilters(preset.filters);
        change();
    });
    connect(m_filters, &FilterFields::changed, this, [this] {
        showLengths();
        change();
    });
    connect(m_prompt, &PromptField::tokensChanged, this, &SamplerPanel::change);
    return m_card;
}

QLayout* SamplerPanel::buildNumbers() {
    m_length = makeSpin(1, m_blockSize, m_blockSize, "lengthSpin", tr("Length"));
    m_length->setToolTip(tr("Tokens in a sample, the first included. A prompt that fills them gets as many more."));
    m_count = makeSpin(1, mostSamples, 5, "countSpin", tr("Count"));
    m_seed = makeSpin(0, std::numeric_limits<int>::max(), 42, "sampleSeedSpin", tr("Seed"));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(2);
    int place = 0;
    for (QSpinBox* spin : {m_length, m_count, m_seed}) {
        auto* name = makeText(spin->accessibleName(), "caption");
        name->setBuddy(spin);
        grid->addWidget(name, 0, place);
        spin->setMinimumWidth(spin == m_count ? 72 : 60);  // seeds are seldom as long as they may be
        grid->addWidget(spin, 1, place);
        grid->setColumnStretch(place++, spin == m_count ? 0 : 1);
        connect(spin, &QSpinBox::valueChanged, this, &SamplerPanel::change);
    }
    m_sample = named(new QPushButton(tr("Sample")), "sampleButton", tr("Sample"));
    m_sample->setProperty("primary", true);
    grid->addWidget(m_sample, 1, place, Qt::AlignRight);
    connect(m_sample, &QPushButton::clicked, this, &SamplerPanel::sampleClicked);
    return grid;
}

QLayout* SamplerPanel::buildLive() {
    m_live = named(new QCheckBox(tr("Live")), "liveCheck", tr("Live"));
    m_live->setChecked(true);
    m_live->setToolTip(tr("Sample again, with the same draws, whenever the model or a setting has changed"));
    m_rate = makeSpin(1, 25, 5, "liveRateSpin", tr("Live draws a second"));
    m_rate->setFixedWidth(48);
    m_rate->setToolTip(tr("Fewer when drawing would take more than 3 % of the time from training"));
    m_reached = named(new FigureLabel, "reachedRate", tr("Live draws a second that are reached"));
    m_reached->setTone(Tone::muted);
    m_reached->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_live);
    row->addWidget(m_rate);
    row->addWidget(new QLabel(tr("a second")));
    row->addWidget(m_reached, 1);
    connect(m_live, &QCheckBox::toggled, this, &SamplerPanel::liveToggled);
    connect(m_rate, &QSpinBox::valueChanged, this, &SamplerPanel::liveRateChanged);
    return row;
}

void SamplerPanel::change() {
    m_presets->setPresent(m_temperature->value(), m_filters->filters());
    if (m_quiet) return;
    setProblem({});
    emit requestChanged();
}

SampleRequest SamplerPanel::request() const {
    return {m_temperature->value(), m_length->value(),  m_count->value(),    static_cast<quint64>(m_seed->value()),
            m_filters->filters(),   m_prompt->tokens(), m_filters->inTurn(), m_filters->constrained(),
            m_filters->beyond()};
}

void SamplerPanel::setVocabulary(std::shared_ptr<const Vocabulary> vocabulary) {
    const QScopedValueRollback quiet(m_quiet, true);
    m_prompt->setVocabulary(std::move(vocabulary));
}

void SamplerPanel::setBlockSize(int blockSize) {
    m_blockSize = blockSize;
    showLengths();
    m_prompt->setBlockSize(blockSize);
}

void SamplerPanel::showLengths() {
    const QScopedValueRollback quiet(m_quiet, true);
    const bool atLimit = m_length->value() == m_length->maximum();
    m_length->setMaximum(m_filters->beyond() ? std::max(lengthBeyond, m_blockSize) : m_blockSize);
    if (atLimit) m_length->setValue(m_length->maximum());
}

void SamplerPanel::setGrammarAvailable(bool available) { m_filters->setGrammarAvailable(available); }

void SamplerPanel::setSamples(const SampleSet& samples) {
    m_step = samples.step;
    setProblem({});
    m_samples->setSamples(samples);
    showFact();
}

void SamplerPanel::setBusy(bool busy) {
    m_busy = busy;
    m_samples->setDrawing(busy);
    showFact();
}

void SamplerPanel::setProblem(const QString& sentence) {
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void SamplerPanel::setReachedRate(double perSecond) {
    m_reached->setText(perSecond > 0 ? tr("%1 reached").arg(fixedPoint(perSecond, 1)) : QString());
}

void SamplerPanel::setAvailable(bool available) {
    m_sample->setEnabled(available);
    m_sample->setToolTip(available ? tr("Draw with these settings")
                                   : tr("There is no model yet: start training or import weights"));
}

void SamplerPanel::clear() {
    m_step = -1;
    setProblem({});
    setReachedRate(0);
    m_samples->clear();
    showFact();
}

bool SamplerPanel::isLive() const { return m_live->isChecked(); }
int SamplerPanel::liveRate() const { return m_rate->value(); }

void SamplerPanel::showFact() {
    QStringList parts;
    if (m_step >= 0) parts << tr("step %1").arg(grouped(m_step));
    if (m_busy) parts << tr("sampling\u2026");
    m_card->setFact(parts.join(QStringLiteral(" \u00b7 ")));
}

}  // namespace gamegpt::ui
