#pragma once

#include <QObject>

#include "core/corpus/search.h"
#include "core/corpus/statistics.h"
#include "ui/controllers/latest_task.h"

namespace gamegpt::ui {

// Counts and searches a corpus off the GUI thread; the newest request wins.
class CorpusStudioController : public QObject {
    Q_OBJECT
   public:
    explicit CorpusStudioController(QObject* parent = nullptr);

    // Begins to count, unless it is the same again. `blockSize` is the model's context.
    void setCorpus(std::shared_ptr<const Corpus> corpus, int blockSize);
    // Looks for a text, or for token names separated by spaces, from a place on and, past the end, from the start.
    void find(const QString& text, CorpusPlace from);

   signals:
    void counted(std::shared_ptr<const gamegpt::CorpusStatistics> statistics);
    void found(gamegpt::CorpusPlace place, int tokens);
    void notFound(const QString& sentence);

   private:
    struct Search {
        std::optional<CorpusPlace> place;
        int tokens = 0;
    };
    LatestTask<std::shared_ptr<const CorpusStatistics>> m_count;
    LatestTask<Outcome<Search>> m_search;
    std::shared_ptr<const Corpus> m_corpus;
    int m_blockSize = 0;
};

}  // namespace gamegpt::ui
