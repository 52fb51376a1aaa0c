#include "ui/controllers/training_controller.h"

#include <QtConcurrent>

namespace gamegpt::ui {

namespace {
constexpr int readInterval =
    40;  // ms: 25 pictures a second look fluent, 60 would take half a core from a training on two
// Ten snapshots a second at the seed's size; rarer for large models, so that copying never matters.
int snapshotInterval(std::size_t parameters) { return 100 + static_cast<int>(parameters / 5000); }
}  // namespace

TrainingController::TrainingController(QObject* parent) : QObject(parent) {
    m_readTimer.setSingleShot(true);
    m_readTimer.setInterval(readInterval);
    connect(&m_readTimer, &QTimer::timeout, this, &TrainingController::read);
    connect(&m_snapshotTimer, &QTimer::timeout, this, &TrainingController::requestSnapshot);
}

TrainingController::~TrainingController() { retire(); }

void TrainingController::setCorpus(const CorpusSplit& corpus) {
    m_corpus = corpus;
    m_model.vocab_size = static_cast<int>(corpus.train->vocabulary().size());
    m_initial.reset();
    begin();
}

void TrainingController::setCorpus(const CorpusSplit& corpus, const ModelConfig& model, const TrainConfig& train) {
    m_model = model;
    m_train = train;
    setCorpus(corpus);
}

void TrainingController::setSettings(const ModelConfig& model, const TrainConfig& train) {
    const int vocabulary = m_model.vocab_size;
    m_model = model;
    m_model.vocab_size = vocabulary;
    m_train = train;
    if (m_corpus.train) begin();
}

void TrainingController::importWeights(const Weights& weights) {
    m_model = weights.config();
    m_initial = weights;
    begin();
}

void TrainingController::reset() {
    m_initial.reset();
    if (m_corpus.train) begin();
}

bool TrainingController::isLocked() const {
    return isImported() || m_status.step > 0 || m_status.state == LoopState::running;
}

void TrainingController::begin() {
    retire();
    ++m_run;
    m_status = {};
    m_status.steps = m_train.steps;
    m_snapshot.reset();
    m_wakeTarget = std::shared_ptr<WakeTarget>(new WakeTarget, [](WakeTarget* target) { target->deleteLater(); });
    connect(m_wakeTarget.get(), &WakeTarget::woken, this, [this] {
        if (!m_readTimer.isActive()) m_readTimer.start();
    });
    m_loop = std::make_unique<TrainingLoop>(
        TrainingSetup{m_run, m_model, m_train, m_corpus, m_initial},
        [target = m_wakeTarget] { QMetaObject::invokeMethod(target.get(), &WakeTarget::woken, Qt::QueuedConnection); });
    m_loop->set_milestones(m_milestonesEvery);
    m_snapshotTimer.setInterval(snapshotInterval(ParameterLayout(m_model).size()));
    emit runBegan();
    emit statusChanged(m_status);
}

void TrainingController::retire() {
    m_readTimer.stop();
    m_snapshotTimer.stop();
    if (m_wakeTarget) m_wakeTarget->disconnect(this);
    m_wakeTarget.reset();
    if (!m_loop) return;
    // Joining waits for the step at work, which may take a second for a large model: not here.
    const auto ended =
        QtConcurrent::run([loop = std::shared_ptr<TrainingLoop>(std::move(m_loop))]() mutable { loop.reset(); });
    Q_UNUSED(ended);
}

void TrainingController::read() {
    if (!m_loop) return;
    const std::vector<StepRecord> records = m_loop->drain();
    m_status = m_loop->status();
    const std::shared_ptr<const ModelSnapshot> snapshot = m_loop->snapshot();
    const bool running = m_status.state == LoopState::running;
    if (running && !m_snapshotTimer.isActive()) m_snapshotTimer.start();
    if (!running) m_snapshotTimer.stop();
    if (!records.empty()) emit recordsArrived(records);
    emit statusChanged(m_status);
    if (const auto milestones = m_loop->drain_milestones(); !milestones.empty()) emit milestonesArrived(milestones);
    if (snapshot && snapshot != m_snapshot) {
        m_snapshot = snapshot;
        emit snapshotArrived(snapshot);
    }
}

void TrainingController::setLearningRate(double learningRate) {
    m_train.learning_rate = learningRate;
    if (m_loop) m_loop->set_learning_rate(learningRate);
}

void TrainingController::setSteps(qint64 steps) {
    m_train.steps = steps;
    if (m_loop) m_loop->set_steps(steps);
    m_status.steps = steps;
    emit statusChanged(m_status);
}

void TrainingController::run() {
    if (m_loop) m_loop->run();
}
void TrainingController::pause() {
    if (m_loop) m_loop->pause();
}
void TrainingController::stop() {
    if (m_loop) m_loop->stop();
}
void TrainingController::stepOnce() {
    if (m_loop) m_loop->step_once();
}
void TrainingController::requestSnapshot() {
    if (m_loop) m_loop->request_snapshot();
}
void TrainingController::setMilestones(qint64 every) {
    m_milestonesEvery = every;
    if (m_loop) m_loop->set_milestones(every);
}

}  // namespace gamegpt::ui
