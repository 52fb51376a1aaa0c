#pragma once

#include <QObject>

#include "core/corpus/corpus.h"
#include "ui/controllers/latest_task.h"

namespace gamegpt::ui {

// Reads corpora off the GUI thread. A file that cannot be read leaves what is loaded as it is.
class CorpusController : public QObject {
    Q_OBJECT
   public:
    explicit CorpusController(QObject* parent = nullptr);

    void loadBuiltIn();
    // Without a format it is detected.
    void open(const QString& path, std::optional<CorpusFormat> format = {});
    // Reads the present file again in another format, or splits it anew.
    void setFormat(CorpusFormat format);
    void setHeldOutShare(double share);

    const CorpusSplit& split() const { return m_split; }
    const QString& path() const { return m_path; }  // empty for the built-in corpus
    double heldOutShare() const { return m_heldOutShare; }

   signals:
    void loadingChanged(const QString& fileName);  // empty when nothing is being read
    void loaded();
    void failed(const QString& sentence);

   private:
    struct Loaded {
        std::shared_ptr<const Corpus> whole;  // null for the built-in corpus
        CorpusSplit split;
        QString path;
    };
    void load(const QString& path, std::function<Loaded()> work);

    LatestTask<Outcome<Loaded>> m_task;
    std::shared_ptr<const Corpus> m_whole;
    CorpusSplit m_split;
    QString m_path;
    double m_heldOutShare = 0.1;
};

}  // namespace gamegpt::ui
