#pragma once

#include <QObject>

#include "core/train/training_loop.h"
#include "ui/controllers/latest_task.h"

namespace gamegpt::ui {

class TrainingController;

// Imports and exports weights off the GUI thread. An import that fails leaves the run as it is, an export that fails
// the file.
class WeightsController : public QObject {
    Q_OBJECT
   public:
    explicit WeightsController(TrainingController* training, QObject* parent = nullptr);

    // Begins a new run with the file's weights. The shape is read from the file, the head count is the settings'. If a
    // vocabulary file is beside it the corpus must have these tokens.
    void importFrom(const QString& path);
    // Writes the weights as they stand after the step at work, and the vocabulary of a text beside them.
    void exportTo(const QString& path);
    bool isImporting() const { return m_import.isRunning(); }

   signals:
    void imported(const QString& path);
    void exported(const QString& path, qint64 step);
    void failed(const QString& title, const QString& sentence);

   private:
    void write(const std::shared_ptr<const ModelSnapshot>& snapshot);

    struct Written {
        QString path;
        qint64 step;
    };
    struct Read {
        QString path;
        Weights weights;
        std::shared_ptr<const Vocabulary> vocabulary;  // from the file beside it; null without one
    };
    TrainingController* m_training;
    LatestTask<Outcome<Read>> m_import;
    LatestTask<Outcome<Written>> m_export;
    QString m_pendingExport;
    std::shared_ptr<const ModelSnapshot> m_lastOfRun;  // written if the run ends before a newer one arrives
};

}  // namespace gamegpt::ui
