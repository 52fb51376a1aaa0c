#pragma once

#include <QDialog>

#include <array>
#include <functional>
#include <memory>

#include "core/corpus/corpus.h"
#include "core/snake/film.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTimer;

namespace gamegpt::ui {

class BoardView;
class FigureLabel;
class MixSliders;
class TokenStrip;

// What is to be generated. Fields of other grammars are ignored.
struct GenerateRequest {
    enum class Kind { snake, brackets, sums };
    Kind kind = Kind::snake;
    int documents = 200;
    quint64 seed = 42;
    snake::GameRules rules;
    std::array<double, 3> mix = {0.4, 0.4, 0.2};  // random, greedy, wall follower
    int bracketKinds = 2;
    int bracketDepth = 8;
    int bracketLongest = 24;
    int largestOperand = 99;
};

// The generator with these settings; the number of documents comes with each call.
std::function<std::shared_ptr<const Corpus>(std::int64_t documents, std::function<bool(std::int64_t)> progress)>
generatorOf(const GenerateRequest& request);

// Makes a corpus of games or of a small text grammar: settings at the left, a preview at the right.
class GenerateDialog : public QDialog {
    Q_OBJECT
   public:
    explicit GenerateDialog(QWidget* parent = nullptr);

    GenerateRequest request() const;
    // A few documents made with these settings.
    void setPreview(std::shared_ptr<const Corpus> corpus);
    // The whole corpus is being made; the fields are locked until setDone().
    void setProgress(int done, int all);
    void setDone();
    void setError(const QString& sentence);

   signals:
    void previewRequested();
    void saveRequested();
    void useRequested();
    void cancelRequested();

   protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void reject() override;

   private:
    QWidget* buildSnake();
    QWidget* buildBrackets();
    QWidget* buildSums();
    QWidget* buildPreview();
    QWidget* buildButtons();
    void changed();
    void showFrame();

    QComboBox* m_kind;
    QSpinBox *m_documents, *m_seed;
    QSpinBox *m_board, *m_ticks, *m_snapshots;
    QSpinBox *m_kinds, *m_depth, *m_longest, *m_largest;
    MixSliders* m_mix;
    QStackedWidget* m_settings;
    QWidget* m_fields;
    FigureLabel *m_length, *m_total, *m_sources;
    QLabel *m_warning, *m_error, *m_documentsName;
    BoardView* m_boardView;
    TokenStrip* m_strip;
    QProgressBar* m_progress;
    QLabel* m_progressText;
    QPushButton *m_cancel, *m_save, *m_use;
    QTimer* m_frames;
    QTimer* m_settle;  // a preview is asked for when the fields have been still for a moment
    snake::Film m_film;
    std::size_t m_frame = 0;
    bool m_working = false;
};

}  // namespace gamegpt::ui
