#pragma once

#include <QWidget>

#include "core/corpus/corpus.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QProgressBar;
class QScrollArea;
class QStackedWidget;
class QPushButton;
class QVBoxLayout;

namespace gamegpt::ui {

class Card;
class EmptyState;
class FigureLabel;
class Histogram;
class TokenStrip;

// What a model is trained on.
class CorpusPanel : public QWidget {
    Q_OBJECT
   public:
    explicit CorpusPanel(QWidget* parent = nullptr);

    // `path` is empty for the built-in corpus. `heldOutShare` (0..1) is what was asked for; the built-in corpus ignores
    // it.
    void setCorpus(const CorpusSplit& corpus, const QString& path, CorpusFormat format, double heldOutShare = 0.1);
    // The name of the file that is being read; empty when none is. What was shown comes back then.
    void setLoading(const QString& fileName);
    void clear();
    // A sentence on what went wrong with the last file, until the next corpus.
    void setError(const QString& sentence);

   signals:
    void formatRequested(CorpusFormat format);
    void heldOutShareRequested(double share);

   private:
    QWidget* buildFacts();
    void buildVocabulary(QVBoxLayout* column);
    void showVocabulary(bool shown);

    Card* m_card;
    QStackedWidget* m_pages;
    QScrollArea* m_factsPage;
    EmptyState* m_empty;
    QWidget* m_loading;
    QLabel* m_loadingText;
    QLabel* m_name;
    FigureLabel* m_path;
    QComboBox* m_format;
    FigureLabel* m_documents;
    FigureLabel* m_tokens;
    FigureLabel* m_vocabulary;
    QPushButton* m_expand;
    TokenStrip* m_strip;
    QDoubleSpinBox* m_heldOut;
    QLabel* m_heldOutNote;
    Histogram* m_histogram;
    QLabel* m_warnings;
    QLabel* m_error;
    bool m_hasCorpus = false;
};

}  // namespace gamegpt::ui
