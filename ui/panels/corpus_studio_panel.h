#pragma once

#include <QWidget>

#include <memory>

#include "core/corpus/search.h"
#include "core/corpus/statistics.h"

class QLabel;
class QLineEdit;
class QScrollArea;
class QSpinBox;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;

namespace gamegpt::ui {

class Card;
class DocumentModel;
class FigureLabel;
class FrequencyModel;
class Histogram;
class ShareBars;
class TokenStrip;

// A corpus from inside: its documents and their tokens, a search, and what it is made of.
class CorpusStudioPanel : public QWidget {
    Q_OBJECT
   public:
    explicit CorpusStudioPanel(QWidget* parent = nullptr);

    // Null to clear. Figures come with setStatistics.
    void setCorpus(std::shared_ptr<const Corpus> corpus);
    void setStatistics(std::shared_ptr<const CorpusStatistics> statistics);
    // Shows the place that was searched for: `tokens` of them are marked.
    void setFound(CorpusPlace place, int tokens);
    void setNotFound(const QString& sentence);

   signals:
    // The next occurrence from `from` on is wanted.
    void findRequested(const QString& text, gamegpt::CorpusPlace from);

   private:
    QWidget* buildBrowser();
    QWidget* buildSearch();
    QWidget* buildDocuments();
    QWidget* buildDocument();
    QWidget* buildFigures();
    QWidget* buildFrequencies();
    void showDocument(std::size_t document, std::size_t offset);
    void showTokens(std::size_t offset);
    void mark(CorpusPlace place, int tokens);
    void search();

    Card* m_card;
    QStackedWidget* m_pages;
    QLineEdit* m_search;
    QLabel* m_message;
    QSpinBox* m_documentSpin;
    QTableView* m_documents;
    DocumentModel* m_documentModel;
    FigureLabel* m_documentTitle;
    QSpinBox* m_offset;
    QScrollArea* m_stripArea;
    TokenStrip* m_strip;
    FigureLabel *m_count, *m_tokens, *m_vocabulary, *m_special, *m_lengths, *m_longer, *m_fromStart, *m_unused;
    Histogram* m_histogram;
    QLabel* m_sourcesTitle;
    ShareBars* m_sources;
    QLabel* m_sourcesNote;
    FrequencyModel* m_frequencyModel;
    QSortFilterProxyModel* m_frequencyProxy;

    std::shared_ptr<const Corpus> m_corpus;
    std::size_t m_document = 0;
    std::size_t m_firstToken = 0;        // of the strip
    std::optional<CorpusPlace> m_found;  // of the present search text
};

}  // namespace gamegpt::ui
