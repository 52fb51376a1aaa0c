#pragma once

#include <QObject>

#include <deque>

#include "core/play/judged_samples.h"
#include "core/train/training_loop.h"
#include "ui/controllers/latest_task.h"

namespace gamegpt::ui {

// Samples drawn in one of four ways from the same draws.
struct JudgedWay {
    bool constrained = false;  // only tokens that the grammar allows
    bool beyond = false;       // goes on beyond the context until the sequence ends
    play::JudgedSamples judged;
};
struct JudgedWays {
    std::vector<JudgedWay> ways;
    quint64 run = 0;
    qint64 step = 0;
    double temperature = 0;
};

// What all the panel's samples are drawn with.
struct JudgeRequest {
    double temperature = 0.5;
    quint64 seed = 42;
    int count = 100;

    bool operator==(const JudgeRequest&) const = default;
};

// Judges samples by the grammar of the present corpus, off the GUI thread and beside the training.
class JudgeController : public QObject {
    Q_OBJECT
   public:
    explicit JudgeController(QObject* parent = nullptr);

    // Looks for the corpus's grammar; grammarFound() follows.
    void setCorpus(std::shared_ptr<const Corpus> corpus);
    // Null if the corpus is of none, or while it is being looked for.
    const std::shared_ptr<const play::Grammar>& grammar() const { return m_grammar; }

    // Free and constrained, within the context and beyond; the newest request wins.
    void compareWays(std::shared_ptr<const ModelSnapshot> snapshot, const JudgeRequest& request);
    void cancelWays();
    // Each of them, one after the other.
    void judgeMilestones(const std::vector<std::shared_ptr<const ModelSnapshot>>& milestones,
                         const JudgeRequest& request);
    void startSweep(std::shared_ptr<const ModelSnapshot> snapshot, const JudgeRequest& request);
    void cancelSweep();
    bool isSweeping() const { return m_sweep.isRunning(); }
    // What is at work belongs to a run that is gone.
    void cancel();

   signals:
    void grammarFound();
    void waysBusyChanged(bool busy);
    void waysCompared(const gamegpt::ui::JudgedWays& ways);
    void milestoneJudged(qint64 step, const gamegpt::play::JudgedSamples& judged);
    void sweepBegan(qint64 step);
    void sweepPoint(double temperature, const gamegpt::play::JudgedSamples& judged);
    void sweepEnded(bool cancelled);
    void failed(const QString& sentence);

   private:
    struct Milestone {
        std::shared_ptr<const ModelSnapshot> snapshot;
        JudgeRequest request;
    };
    struct Judged {
        qint64 step;
        play::JudgedSamples judged;
    };
    void judgeNext();

    std::shared_ptr<const play::Grammar> m_grammar;
    LatestTask<Outcome<std::shared_ptr<const play::Grammar>>> m_find;
    LatestTask<Outcome<JudgedWays>> m_ways;
    LatestTask<Outcome<Judged>> m_milestone;
    LatestTask<Outcome<bool>> m_sweep;
    std::deque<Milestone> m_waiting;
    quint64 m_sweepNumber = 0;  // points of earlier sweeps are dropped
};

}  // namespace gamegpt::ui
