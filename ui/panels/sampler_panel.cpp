#include "ui/panels/sampler_panel.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QSlider>
#include <QSpinBox>
#include <QStackedWidget>

#include <limits>

#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/figure_label.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"
#include "ui/widgets/labelled_slider.h"
#include "ui/widgets/token_strip.h"

namespace gamegpt::ui {

SamplerPanel::SamplerPanel(QWidget* parent)
    : QWidget(parent), m_samplesCard(new Card(tr("Samples"))), m_pages(new QStackedWidget) {
    setObjectName(QStringLiteral("samplerPanel"));
    setAccessibleName(tr("Sampler"));
    setMinimumWidth(312);
    auto* list = new QWidget;
    m_list = new QVBoxLayout(list);
    m_list->setContentsMargins(0, 0, scrollBarWidth + 1, 0);
    m_list->setSpacing(12);
    m_list->addStretch(1);
    m_pages->addWidget(
        new EmptyState(tr("No samples yet"), tr("Start training: samples appear here while the model learns.")));
    m_pages->addWidget(scrolled(list));
    m_samplesCard->content()->setContentsMargins(11, 10, 2, 8);
    m_samplesCard->content()->addWidget(m_pages, 1);
    m_samplesCard->setMinimumHeight(120);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(buildControls());
    column->addWidget(m_samplesCard, 1);
    setAvailable(false);
}

Card* SamplerPanel::buildControls() {
    auto* card = new Card(tr("Sampler"));
    card->setObjectName(QStringLiteral("samplerCard"));
    m_live = named(new QCheckBox(tr("Live")), "liveCheck", tr("Live"));
    m_live->setChecked(true);
    m_live->setToolTip(tr("Sample again whenever the model or a setting has changed"));
    card->addHeaderWidget(m_live);
    m_temperature = new LabelledSlider(tr("Temperature"), "temperatureSlider");
    m_temperature->setRange(0, 2, 0.01);
    m_temperature->setValue(0.5);
    m_temperature->setCaptions({tr("0 greedy"), tr("1 neutral"), tr("2 wild")});
    card->content()->addWidget(m_temperature);

    m_length = makeSpin(1, 64, 64, "lengthSpin", tr("Length"));
    m_length->setToolTip(tr("Tokens in a sample, the first included"));
    m_count = makeSpin(1, 100, 5, "countSpin", tr("Count"));
    m_seed = makeSpin(0, std::numeric_limits<int>::max(), 42, "sampleSeedSpin", tr("Seed"));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    int place = 0;
    for (QSpinBox* spin : {m_length, m_count, m_seed}) {
        auto* name = makeText(spin->accessibleName(), "caption");
        static_cast<QLabel*>(name)->setBuddy(spin);
        grid->addWidget(name, 0, place);
        spin->setMinimumWidth(spin == m_seed ? 76 : 52);  // seeds are seldom as long as they may be
        grid->addWidget(spin, 1, place);
        grid->setColumnStretch(place++, 1);
        connect(spin, &QSpinBox::valueChanged, this, [this] {
            if (!m_quiet) emit requestChanged();
        });
    }
    m_sample = named(new QPushButton(tr("Sample")), "sampleButton", tr("Sample"));
    m_sample->setProperty("primary", true);
    m_sample->setToolTip(tr("Draw with these settings"));
    grid->addWidget(m_sample, 1, place, Qt::AlignRight);
    card->content()->addLayout(grid);

    connect(m_temperature, &LabelledSlider::valueChanged, this, [this] { emit requestChanged(); });
    connect(m_live, &QCheckBox::toggled, this, [this](bool live) {
        showFact();
        emit liveToggled(live);
    });
    connect(m_sample, &QPushButton::clicked, this, &SamplerPanel::sampleClicked);
    return card;
}

SampleRequest SamplerPanel::request() const {
    return {m_temperature->value(), m_length->value(), m_count->value(), static_cast<quint64>(m_seed->value())};
}

void SamplerPanel::setRequest(const SampleRequest& request) {
    const QScopedValueRollback quiet(m_quiet, true);
    m_temperature->setValue(request.temperature);
    m_length->setValue(request.maxTokens);
    m_count->setValue(request.count);
    m_seed->setValue(static_cast<int>(std::min<quint64>(request.seed, std::numeric_limits<int>::max())));
}

void SamplerPanel::setBlockSize(int blockSize) {
    const QScopedValueRollback quiet(m_quiet, true);
    const bool atLimit = m_length->value() == m_length->maximum();
    m_length->setMaximum(blockSize);
    if (atLimit) m_length->setValue(blockSize);
}

void SamplerPanel::setSamples(const std::vector<std::vector<TokenId>>& samples,
                              std::shared_ptr<const Vocabulary> vocabulary, qint64 step, double temperature) {
    m_step = step;
    m_shown = static_cast<int>(samples.size());
    while (m_strips.size() < samples.size()) {
        const int index = static_cast<int>(m_strips.size());
        auto* strip = new TokenStrip;
        strip->setObjectName(QStringLiteral("sample%1").arg(index));
        strip->setAccessibleName(tr("Sample %1").arg(index + 1));
        strip->setSelectable(true);
        connect(strip, &TokenStrip::clicked, this, [this, index](int token) {
            select(index);
            emit sampleSelected(index);
            emit tokenClicked(index, token);
        });
        m_list->insertWidget(index, strip);
        m_strips.push_back(strip);
    }
    for (std::size_t i = 0; i < m_strips.size(); ++i) {
        m_strips[i]->setVisible(i < samples.size());
        if (i < samples.size()) m_strips[i]->setTokens(samples[i], vocabulary);
    }
    select(m_selected < m_shown ? m_selected : 0);
    m_samplesCard->setFact(tr("%1 at temperature %2").arg(grouped(m_shown), fixedPoint(temperature, 2)));
    m_pages->setCurrentIndex(m_shown > 0 ? 1 : 0);
    showFact();
}

void SamplerPanel::select(int index) {
    m_selected = index;
    for (std::size_t i = 0; i < m_strips.size(); ++i) m_strips[i]->setSelected(static_cast<int>(i) == index);
}

void SamplerPanel::setBusy(bool busy) {
    m_busy = busy;
    showFact();
}

void SamplerPanel::setAvailable(bool available) {
    m_available = available;
    m_sample->setEnabled(available);
    m_sample->setToolTip(available ? tr("Draw with these settings")
                                   : tr("There is no model yet: start training or import weights"));
}

void SamplerPanel::clear() {
    m_step = -1;
    m_shown = 0;
    m_selected = 0;
    for (TokenStrip* strip : m_strips) strip->hide();
    m_samplesCard->setFact(QString());
    m_pages->setCurrentIndex(0);
    showFact();
}

bool SamplerPanel::isLive() const { return m_live->isChecked(); }

void SamplerPanel::showFact() {
    Card* card = findChild<Card*>(QStringLiteral("samplerCard"));
    QStringList parts;
    if (m_step >= 0) parts << tr("step %1").arg(grouped(m_step));
    if (m_busy) parts << tr("sampling\u2026");
    card->setFact(parts.join(QStringLiteral(" \u00b7 ")));
}

}  // namespace gamegpt::ui
