#pragma once

#include <QWidget>

#include "core/corpus/readers.h"

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QProgressBar;
class QScrollArea;
class QSpinBox;
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

    // What was asked for; the corpus that is shown next was made with it.
    struct Choices {
        double heldOutShare = 0.1;  // 0..1
        quint64 splitSeed = 42;
        TextTokens tokens = TextTokens::characters;
        int merges = 256;
        bool separateHeldOut = false;  // the built-in corpus: its held-out side is no share of it
    };
    void setChoices(const Choices& choices);
    // `path` is empty for a corpus that is not from a file.
    void setCorpus(const CorpusSplit& corpus, const QString& path, CorpusFormat format);
    // The name of the file that is being read; empty when none is. What was shown comes back then.
    void setLoading(const QString& fileName);
    void setProgress(double share, const QString& stage);  // 0..1
    void clear();
    // A sentence on what went wrong with the last file, until the next corpus.
    void setError(const QString& sentence);

   signals:
    void formatRequested(CorpusFormat format);
    void heldOutShareRequested(double share);
    void splitSeedRequested(quint64 seed);
    void tokensRequested(gamegpt::TextTokens tokens, int merges);
    void cancelRequested();

   private:
    QWidget* buildFacts();
    void buildVocabulary(QVBoxLayout* column);
    void buildChoices(QGridLayout* controls);
    void buildLoading();
    void showChoices(const CorpusSplit& corpus, CorpusFormat format, bool fromFile);
    void showVocabulary(bool shown);

    Card* m_card;
    QStackedWidget* m_pages;
    QScrollArea* m_factsPage;
    EmptyState* m_empty;
    QWidget* m_loading;
    QLabel* m_loadingText;
    QLabel* m_loadingStage;
    QProgressBar* m_progress;
    QLabel* m_name;
    FigureLabel* m_path;
    QComboBox* m_format;
    QComboBox* m_textTokens;
    QLabel* m_textTokensLabel;
    QSpinBox* m_merges;
    QLabel* m_mergesLabel;
    QSpinBox* m_splitSeed;
    Choices m_choices;
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
