#include "ui/panels/training_panel.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

#include "core/model/parameter_layout.h"
#include "core/train/presets.h"
#include "ui/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/figure_label.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"
#include "ui/widgets/labelled_slider.h"

namespace gamegpt::ui {

namespace {
constexpr double leastRate = 0.0001, mostRate = 0.1;

QGridLayout* makeGrid() {
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(5);
    return grid;
}
}  // namespace

TrainingPanel::TrainingPanel(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("trainingPanel"));
    setAccessibleName(tr("Training"));
    setMinimumWidth(256);
    auto* inner = new QWidget;
    auto* innerColumn = new QVBoxLayout(inner);
    innerColumn->setContentsMargins(0, 0, 0, 0);
    innerColumn->setSpacing(8);
    m_modelCard = buildModel();
    m_trainingCard = buildTraining();
    innerColumn->addWidget(m_modelCard);
    innerColumn->addWidget(m_trainingCard);
    innerColumn->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(scrolled(inner));
    setModel(ModelConfig{});
    setTrain(TrainConfig{});
}

Card* TrainingPanel::buildModel() {
    auto* card = new Card(tr("Model"));
    card->setObjectName(QStringLiteral("modelCard"));
    QGridLayout* grid = makeGrid();
    m_preset = named(new QComboBox, "presetCombo", tr("Preset"));
    for (const Preset& preset : presets()) {
        m_preset->addItem(QString::fromUtf8(preset.name));
        m_preset->setItemData(m_preset->count() - 1, QString::fromUtf8(preset.what), Qt::ToolTipRole);
    }
    m_preset->addItem(tr("Custom"));
    m_preset->setToolTip(tr("Settings known to work for a kind of corpus"));
    connect(m_preset, &QComboBox::activated, this, &TrainingPanel::usePreset);
    addRow(grid, m_preset->accessibleName(), m_preset);
    m_layers = makeSpin(1, 64, 2, "layersSpin", tr("Layers"));
    m_embedding = makeSpin(1, 4096, 32, "embeddingSpin", tr("Embedding"));
    m_heads = makeSpin(1, 256, 4, "headsSpin", tr("Heads"));
    m_context = makeSpin(1, 8192, 64, "contextSpin", tr("Context"));
    m_seed = makeSpin(0, std::numeric_limits<int>::max(), 42, "seedSpin", tr("Seed"));
    m_context->setToolTip(tr("Positions: the most tokens the model can look at"));
    m_seed->setToolTip(tr("Of the initial weights and of the window sampler"));
    for (QSpinBox* spin : {m_layers, m_embedding, m_heads, m_context, m_seed}) {
        addRow(grid, spin->accessibleName(), spin);
        connect(spin, &QSpinBox::valueChanged, this, &TrainingPanel::changed);
    }
    card->content()->addLayout(grid);
    m_problem = makeText(QString(), "bad");
    m_problem->setObjectName(QStringLiteral("problemText"));
    m_reason = makeText(QString(), "caption");
    m_reason->setObjectName(QStringLiteral("lockReason"));
    card->content()->addWidget(m_problem);
    card->content()->addWidget(m_reason);
    m_reason->hide();
    return card;
}

Card* TrainingPanel::buildTraining() {
    auto* card = new Card(tr("Training"));
    card->setObjectName(QStringLiteral("trainingCard"));
    QGridLayout* grid = makeGrid();
    m_steps = makeSpin(1, std::numeric_limits<int>::max(), 5000, "stepsSpin", tr("Steps"));
    m_steps->setSingleStep(1000);
    m_learningRate = makeSpin(0.0001, 10.0, 0.01, 4, "learningRateSpin", tr("Learning rate"));
    m_learningRate->setSingleStep(0.001);
    m_batch = makeSpin(1, 1024, 1, "batchSpin", tr("Batch"));
    m_batch->setToolTip(tr("Windows in one step"));
    m_schedule = named(new QComboBox, "scheduleCombo", tr("Schedule"));
    m_schedule->addItem(tr("linear"), int(Schedule::linear));
    m_schedule->addItem(tr("constant"), int(Schedule::constant));
    m_schedule->addItem(tr("cosine"), int(Schedule::cosine));
    m_horizon = makeSpin(0, std::numeric_limits<int>::max(), 0, "horizonSpin", tr("Horizon"));
    m_horizon->setSpecialValueText(tr("automatic"));
    m_horizon->setSingleStep(1000);
    m_horizon->setToolTip(tr(
        "Steps over which the learning rate falls. Automatic: 5,000 as the original's, or the steps if they are more"));
    m_engine = named(new QComboBox, "engineCombo", tr("Engine"));
    m_engine->addItem(tr("float"), int(EngineKind::fast32));
    m_engine->addItem(tr("double"), int(EngineKind::fast64));
    m_engine->addItem(tr("reference"), int(EngineKind::reference));
    m_engine->setToolTip(
        tr("The reference engine builds the whole graph from single values: slow, and the judge of the others"));
    for (QWidget* field :
         {static_cast<QWidget*>(m_steps), static_cast<QWidget*>(m_learningRate), static_cast<QWidget*>(m_schedule),
          static_cast<QWidget*>(m_horizon), static_cast<QWidget*>(m_batch), static_cast<QWidget*>(m_engine)})
        addRow(grid, field->accessibleName(), field);
    card->content()->addLayout(grid);

    m_now = new LabelledSlider(tr("Learning rate now"), "learningRateSlider");
    m_now->setNumberSize(13);
    m_now->setRange(leastRate, mostRate, 0, LabelledSlider::Scale::logarithmic);
    m_now->setCaptions({smallNumber(leastRate), QStringLiteral("0.0032"), QStringLiteral("0.1")});
    card->content()->addSpacing(2);
    card->content()->addWidget(m_now);

    connect(m_steps, &QSpinBox::valueChanged, this, [this](int steps) {
        changed();
        if (!m_quiet) emit stepsChanged(steps);
    });
    connect(m_learningRate, &QDoubleSpinBox::valueChanged, this,
            [this](double rate) { setLearningRate(rate, m_learningRate); });
    connect(m_now, &LabelledSlider::valueChanged, this, [this](double rate) { setLearningRate(rate, m_now); });
    connect(m_batch, &QSpinBox::valueChanged, this, &TrainingPanel::changed);
    connect(m_horizon, &QSpinBox::valueChanged, this, &TrainingPanel::changed);
    connect(m_schedule, &QComboBox::activated, this, &TrainingPanel::changed);
    connect(m_engine, &QComboBox::activated, this, &TrainingPanel::changed);
    return card;
}

void TrainingPanel::setLearningRate(double learningRate, QWidget* from) {
    if (m_quiet) return;
    {
        const QScopedValueRollback quiet(m_quiet, true);
        m_train.learning_rate = learningRate;
        if (from != m_now) m_now->setValue(learningRate);
        if (from != m_learningRate) m_learningRate->setValue(learningRate);
    }
    refresh();
    emit learningRateChanged(learningRate);
    emit settingsChanged();
}

ModelConfig TrainingPanel::model() const {
    ModelConfig model = m_model;
    model.n_layer = m_layers->value();
    model.n_embd = m_embedding->value();
    model.n_head = m_heads->value();
    model.block_size = m_context->value();
    if (m_seed->value() != m_shownSeed) model.seed = static_cast<std::uint64_t>(m_seed->value());
    return model;
}

TrainConfig TrainingPanel::train() const {
    TrainConfig train = m_train;
    train.steps = m_steps->value();
    train.schedule = static_cast<Schedule>(m_schedule->currentData().toInt());
    train.batch = m_batch->value();
    train.horizon = m_horizon->value();
    train.engine = static_cast<EngineKind>(m_engine->currentData().toInt());
    if (m_seed->value() != m_shownSeed) train.seed = static_cast<std::uint64_t>(m_seed->value());
    return train;
}

void TrainingPanel::setModel(const ModelConfig& model) {
    const QScopedValueRollback quiet(m_quiet, true);
    m_model = model;
    m_layers->setValue(model.n_layer);
    m_embedding->setValue(model.n_embd);
    m_heads->setValue(model.n_head);
    m_context->setValue(model.block_size);
    m_seed->setValue(static_cast<int>(std::min<std::uint64_t>(model.seed, std::numeric_limits<int>::max())));
    m_shownSeed = m_seed->value();
    refresh();
}

void TrainingPanel::setTrain(const TrainConfig& train) {
    const QScopedValueRollback quiet(m_quiet, true);
    m_train = train;
    m_steps->setValue(static_cast<int>(std::min<std::int64_t>(train.steps, std::numeric_limits<int>::max())));
    m_learningRate->setValue(train.learning_rate);
    m_now->setValue(train.learning_rate);
    m_schedule->setCurrentIndex(m_schedule->findData(int(train.schedule)));
    m_batch->setValue(train.batch);
    m_horizon->setValue(static_cast<int>(std::min<std::int64_t>(train.horizon, std::numeric_limits<int>::max())));
    m_engine->setCurrentIndex(m_engine->findData(int(train.engine)));
    refresh();
}

void TrainingPanel::setVocabularySize(int size) {
    m_model.vocab_size = size;
    refresh();
}

std::optional<QString> TrainingPanel::problem() const {
    if (m_embedding->value() % m_heads->value() != 0)
        return tr("Embedding (%1) must be divisible by Heads (%2).").arg(m_embedding->value()).arg(m_heads->value());
    if (m_model.vocab_size < 1) return tr("There is no vocabulary yet: open a corpus.");
    if (!(m_train.learning_rate > 0)) return tr("The learning rate must be above 0.");
    return std::nullopt;
}

void TrainingPanel::usePreset(int index) {
    if (index >= static_cast<int>(presets().size())) {  // "Custom" says what is, it changes nothing
        refresh();
        return;
    }
    ModelConfig newModel = model();
    TrainConfig newTrain = train();
    apply(presets()[static_cast<std::size_t>(index)], newModel, newTrain);
    setModel(newModel);
    setTrain(newTrain);
    emit settingsChanged();
}

void TrainingPanel::followCorpus(const Corpus& corpus) {
    ModelConfig newModel = model();
    TrainConfig newTrain = train();
    if (!matching_preset(newModel, newTrain)) return;
    apply(preset_for(corpus), newModel, newTrain);
    setModel(newModel);
    setTrain(newTrain);
}

QList<QWidget*> TrainingPanel::lockedFields() const {
    return {m_preset, m_layers, m_embedding, m_heads, m_context, m_seed, m_schedule, m_horizon, m_batch, m_engine};
}

void TrainingPanel::setLocked(bool locked, const QString& reason) {
    m_locked = locked;
    for (QWidget* field : lockedFields()) {
        field->setEnabled(!locked);
        if (!field->property("ownToolTip").isValid()) field->setProperty("ownToolTip", field->toolTip());
        field->setToolTip(locked ? reason : field->property("ownToolTip").toString());
    }
    m_reason->setText(reason);
    m_reason->setVisible(locked && !reason.isEmpty());
}

void TrainingPanel::setEffectiveLearningRate(double learningRate) {
    m_trainingCard->setFact(learningRate >= 0 ? tr("last step %1").arg(smallNumber(learningRate)) : QString());
}

void TrainingPanel::changed() {
    if (m_quiet) return;
    refresh();
    emit settingsChanged();
}

void TrainingPanel::refresh() {
    const Preset* preset = matching_preset(model(), train());
    m_preset->setCurrentIndex(preset ? static_cast<int>(preset - presets().data()) : m_preset->count() - 1);
    const std::optional<QString> wrong = problem();
    m_problem->setText(wrong.value_or(QString()));
    m_problem->setVisible(wrong.has_value());
    m_modelCard->setFact(wrong ? QString() : tr("%1 parameters").arg(grouped(qint64(ParameterLayout(model()).size()))));
}

}  // namespace gamegpt::ui
