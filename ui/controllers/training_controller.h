#pragma once

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

#include "core/train/training_loop.h"

namespace gamegpt::ui {

// Carries a loop's wake-up to the GUI thread. The wake-up may still be under way when its loop is retired: the target
// lives as long as the wake-up does, and nobody listens to it any more by then.
class WakeTarget : public QObject {
    Q_OBJECT
   signals:
    void woken();
};

// The only object that touches a training loop. A run is one model from its initial weights on; every change of corpus
// or settings, every reset and import begins a new one. Lives on the GUI thread and never waits for the worker.
class TrainingController : public QObject {
    Q_OBJECT
   public:
    explicit TrainingController(QObject* parent = nullptr);
    ~TrainingController() override;

    // Each begins a new run, untrained and ready.
    void setCorpus(const CorpusSplit& corpus);
    void setCorpus(const CorpusSplit& corpus, const ModelConfig& model, const TrainConfig& train);
    void setSettings(const ModelConfig& model, const TrainConfig& train);
    // Begins a run that starts from these weights; they must fit the corpus.
    void importWeights(const Weights& weights);
    void reset();

    void setLearningRate(double learningRate);
    void setSteps(qint64 steps);

    void run();  // start or resume
    void pause();
    void stop();
    void stepOnce();
    // The newest weights are delivered by snapshotArrived() as soon as the step at work is done.
    void requestSnapshot();
    // Delivers a snapshot of each step that is a multiple of `every`, in this run and in those to come; 0 for none.
    void setMilestones(qint64 every);

    const TrainingStatus& status() const { return m_status; }
    const ModelConfig& model() const { return m_model; }
    const TrainConfig& train() const { return m_train; }
    const CorpusSplit& corpus() const { return m_corpus; }
    const std::shared_ptr<const ModelSnapshot>& snapshot() const { return m_snapshot; }
    quint64 runNumber() const { return m_run; }
    bool isImported() const { return m_initial.has_value(); }
    // Settings that a run's model depends on must not change: it has been trained, is being trained, or was imported.
    bool isLocked() const;

   signals:
    void runBegan();
    void statusChanged(const gamegpt::TrainingStatus& status);
    void recordsArrived(const std::vector<gamegpt::StepRecord>& records);
    void snapshotArrived(std::shared_ptr<const gamegpt::ModelSnapshot> snapshot);
    void milestonesArrived(const std::vector<std::shared_ptr<const gamegpt::ModelSnapshot>>& milestones);

   private:
    void begin();
    void retire();
    void read();

    CorpusSplit m_corpus;
    ModelConfig m_model;
    TrainConfig m_train;
    std::optional<Weights> m_initial;
    quint64 m_run = 0;
    qint64 m_milestonesEvery = 0;
    std::unique_ptr<TrainingLoop> m_loop;
    std::shared_ptr<WakeTarget> m_wakeTarget;  // of the present loop
    TrainingStatus m_status;
    std::shared_ptr<const ModelSnapshot> m_snapshot;
    QTimer m_readTimer;      // at most 25 times a second
    QTimer m_snapshotTimer;  // while running
};

}  // namespace gamegpt::ui
