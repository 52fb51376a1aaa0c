#pragma once

#include <QObject>
#include <QStringList>

#include "core/engine/trace.h"
#include "core/inspect/attention_statistics.h"
#include "core/inspect/logit_lens.h"
#include "core/inspect/projection.h"
#include "core/sample/generate.h"
#include "core/train/training_loop.h"
#include "ui/controllers/latest_task.h"
#include "ui/models/ablation_effect.h"

namespace gamegpt::ui {

// Looks inside snapshots off the GUI thread; the newest request wins.
class InspectionController : public QObject {
    Q_OBJECT
   public:
    explicit InspectionController(QObject* parent = nullptr);

    // Attention over the first block_size of these tokens.
    void traceTokens(std::shared_ptr<const ModelSnapshot> snapshot, std::vector<TokenId> tokens);
    // The rows of a matrix in the plane of their principal components, turned like the last ones of the same run.
    void project(std::shared_ptr<const ModelSnapshot> snapshot, const QString& matrix);
    // Where the heads look, over the first documents of a corpus.
    void measureHeads(std::shared_ptr<const ModelSnapshot> snapshot, std::shared_ptr<const Corpus> corpus,
                      int documents);
    // Loss on the first held-out documents (of the others when none are held out), the token behind the prefix, and a
    // sample.
    void ablate(std::shared_ptr<const ModelSnapshot> snapshot, const Ablation& ablation, const CorpusSplit& corpus,
                std::vector<TokenId> prefix, const SampleSettings& settings);
    // What each layer would predict: over the first block_size of these tokens, and on average over documents.
    void readLens(std::shared_ptr<const ModelSnapshot> snapshot, std::vector<TokenId> tokens);
    void averageLens(std::shared_ptr<const ModelSnapshot> snapshot, std::shared_ptr<const Corpus> corpus,
                     int documents);
    // What is at work belongs to a run that is gone.
    void cancel();

   signals:
    void traced(std::shared_ptr<const gamegpt::Trace> trace, const QStringList& labels, qint64 step,
                std::shared_ptr<const gamegpt::Vocabulary> vocabulary);
    void projected(const QString& matrix, const gamegpt::Projection& projection, qint64 step);
    void headsMeasured(const gamegpt::AttentionStatistics& statistics, qint64 step);
    void ablated(std::shared_ptr<const gamegpt::ui::AblationEffect> effect);
    void lensRead(std::shared_ptr<const gamegpt::LogitLens> lens, std::shared_ptr<const gamegpt::Vocabulary> vocabulary,
                  qint64 step);
    void lensAveraged(const gamegpt::LensAverages& averages, qint64 step);
    void failed(const QString& sentence);

   private:
    struct Traced {
        std::shared_ptr<const Trace> trace;
        QStringList labels;
        qint64 step;
        std::shared_ptr<const Vocabulary> vocabulary;
    };
    struct Projected {
        QString matrix;
        Projection projection;
        quint64 run;
        qint64 step;
    };
    LatestTask<Outcome<Traced>> m_trace;
    struct Lens {
        std::shared_ptr<const LogitLens> lens;
        std::shared_ptr<const Vocabulary> vocabulary;
        qint64 step;
    };
    template <class Figures>
    struct OfStep {
        Figures figures;
        qint64 step;
    };
    // A task whose value goes to `deliver` and whose error is said.
    template <class Value, class Deliver>
    auto reported(Deliver deliver) {
        return [this, deliver](Outcome<Value> outcome) {
            if (outcome.value) deliver(*outcome.value);
            else emit failed(outcome.error);
        };
    }

    LatestTask<Outcome<Projected>> m_project;
    LatestTask<Outcome<OfStep<AttentionStatistics>>> m_heads;
    LatestTask<Outcome<std::shared_ptr<const AblationEffect>>> m_ablate;
    LatestTask<Outcome<Lens>> m_lens;
    LatestTask<Outcome<OfStep<LensAverages>>> m_averages;
    std::optional<Projected> m_last;
};

}  // namespace gamegpt::ui
