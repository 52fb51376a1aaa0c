#pragma once

#include <QObject>
#include <QTimer>

#include "core/corpus/readers.h"
#include "ui/controllers/latest_task.h"

namespace gamegpt::ui {

// Reads corpora off the GUI thread. A file that cannot be read, or whose reading is cancelled, leaves what is loaded as
// it is.
class CorpusController : public QObject {
    Q_OBJECT
   public:
    explicit CorpusController(QObject* parent = nullptr);
    ~CorpusController() override;

    void loadBuiltIn();
    // Without a format it is detected.
    void open(const QString& path, std::optional<CorpusFormat> format = {});
    // Takes documents that were made elsewhere (generated games) as the corpus, with the held-out split applied.
    void adopt(std::shared_ptr<const Corpus> whole, const QString& name);
    // Reads the present file again in another format or with other tokens, or splits it anew.
    void setFormat(CorpusFormat format);
    void setTokens(TextTokens tokens, int merges);
    void setHeldOutShare(double share);
    void setSplitSeed(quint64 seed);
    // Stops what is being read.
    void cancel();

    const CorpusSplit& split() const { return m_split; }
    // Both sides together; null when nothing is loaded. The built-in corpus's held-out side is no part of it.
    const std::shared_ptr<const Corpus>& whole() const { return m_whole ? m_whole : m_split.train; }
    const QString& path() const { return m_path; }  // empty for a corpus that is not from a file
    bool isBuiltIn() const { return !m_whole; }
    double heldOutShare() const { return m_heldOutShare; }
    quint64 splitSeed() const { return m_splitSeed; }
    TextTokens tokens() const { return m_tokens; }
    int merges() const { return m_merges; }

   signals:
    void loadingChanged(const QString& fileName);  // empty when nothing is being read
    void progressed(double share, const QString& stage);
    void loaded();
    void failed(const QString& sentence);

   private:
    struct Loaded {
        std::shared_ptr<const Corpus> whole;  // null for the built-in corpus
        CorpusSplit split;
        QString path;
        TextTokens tokens = TextTokens::characters;
        int merges = 0;
    };
    // Written by the worker, read by the timer.
    struct Progress {
        std::atomic<double> share = 0;
        std::atomic<const char*> stage = "";
    };
    using Work = std::function<Loaded(const ReadProgress&)>;
    void load(const QString& name, Work work);
    void read(const QString& path, std::optional<CorpusFormat> format, TextTokens tokens, int merges);
    void splitAnew();
    QString nameOfLoaded() const;

    LatestTask<Outcome<Loaded>> m_task;
    std::shared_ptr<Progress> m_progress;
    QTimer m_progressTimer;
    std::shared_ptr<const Corpus> m_whole;
    CorpusSplit m_split;
    QString m_path;
    double m_heldOutShare = 0.1;
    quint64 m_splitSeed = 42;
    TextTokens m_tokens = TextTokens::characters;
    int m_merges = 256;
};

}  // namespace gamegpt::ui
