#pragma once

#include <QObject>
#include <QStringList>

#include "core/engine/trace.h"
#include "core/inspect/projection.h"
#include "core/train/training_loop.h"
#include "ui/controllers/latest_task.h"

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
    // What is at work belongs to a run that is gone.
    void cancel();

   signals:
    void traced(std::shared_ptr<const gamegpt::Trace> trace, const QStringList& labels, qint64 step);
    void projected(const QString& matrix, const gamegpt::Projection& projection, qint64 step);

   private:
    struct Traced {
        std::shared_ptr<const Trace> trace;
        QStringList labels;
        qint64 step;
    };
    struct Projected {
        QString matrix;
        Projection projection;
        quint64 run;
        qint64 step;
    };
    LatestTask<Outcome<Traced>> m_trace;
    LatestTask<Outcome<Projected>> m_project;
    std::optional<Projected> m_last;
};

}  // namespace gamegpt::ui
