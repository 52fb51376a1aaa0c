#pragma once

#include <QObject>

#include "core/corpus/corpus.h"
#include "ui/controllers/latest_task.h"

namespace gamegpt::ui {

// How a corpus is generated: `documents` of them, or fewer for a preview. Called on a worker thread; asks `progress`
// (documents done) now and then and gives null when that says no.
using MakeCorpus =
    std::function<std::shared_ptr<const Corpus>(std::int64_t documents, std::function<bool(std::int64_t)> progress)>;

// Generates corpora off the GUI thread and writes them.
class GenerateController : public QObject {
    Q_OBJECT
   public:
    explicit GenerateController(QObject* parent = nullptr);

    // The newest request wins.
    void preview(MakeCorpus make);
    // Makes the whole corpus; made() follows, or saved() if a path was given.
    void generate(MakeCorpus make, int documents, const QString& path = {});
    void cancel();

   signals:
    void previewed(std::shared_ptr<const gamegpt::Corpus> corpus);
    void progressed(int done);
    void made(std::shared_ptr<const gamegpt::Corpus> corpus);
    void saved(const QString& path, std::shared_ptr<const gamegpt::Corpus> corpus);
    void ended();  // made, saved, cancelled or failed
    void failed(const QString& sentence);

   private:
    struct Made {
        std::shared_ptr<const Corpus> corpus;
        QString path;
    };
    LatestTask<Outcome<std::shared_ptr<const Corpus>>> m_preview;
    LatestTask<Outcome<Made>> m_task;
    quint64 m_number = 0;
};

}  // namespace gamegpt::ui
