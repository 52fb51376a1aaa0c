#pragma once

#include <QWidget>

#include "core/sample/token_figures.h"

class QCheckBox;
class QMenu;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace gamegpt::ui {

class Card;
class SampleRow;
class TokenStrip;

enum class SampleFormat { text, ids, json };

// Samples to show: those that are there so far.
struct SampleSet {
    const std::vector<std::vector<TokenId>>& sequences;
    std::shared_ptr<const Vocabulary> vocabulary;
    qint64 step = 0;
    double temperature = 0;
    int count = 0;                                        // as many were asked for
    std::vector<std::vector<TokenFigures>> figures = {};  // of the first ones, if they are known
    QString settings = {};                                // what they were drawn with, for pinned ones
};

// The lower half of the sampler's panel: the samples, pinned ones first, and what can be done with them.
class SampleList : public QWidget {
    Q_OBJECT
   public:
    static constexpr std::size_t mostShown = 100;
    static constexpr std::size_t mostPinned = 20;

    explicit SampleList(QWidget* parent = nullptr);

    void setSamples(const SampleSet& samples);
    void setFigures(const std::vector<std::vector<TokenFigures>>& figures);
    // While samples are being drawn and not all are there, a bar shows how far they are.
    void setDrawing(bool drawing);
    // Pinned samples stay.
    void clear();
    int selected() const { return m_selected; }
    const std::shared_ptr<const Vocabulary>& vocabulary() const { return m_vocabulary; }
    // Whether figures are looked at: as colours, or in tooltips.
    bool wantsFigures() const;

   signals:
    void stopClicked();
    void sampleSelected(int index);
    void tokenClicked(int sample, int token);
    void pinnedClicked(const gamegpt::ui::SampleRow& row, int token);
    void figuresWanted();
    // One sample, or all without a row.
    void copyRequested(gamegpt::ui::SampleFormat format, const gamegpt::ui::SampleRow* row);
    void saveRequested();
    void boardRequested(const gamegpt::ui::SampleRow& row);

   protected:
    void enterEvent(QEnterEvent* event) override;

   private:
    QWidget* buildProgress();
    QWidget* buildColours();
    QWidget* buildActions();
    void addRow();
    void pin(std::size_t index);
    void unpin(SampleRow* row);
    void connectRow(SampleRow* row);
    void showMenu(SampleRow* row, const QPoint& position);
    void fillCopyMenu(QMenu* menu, const SampleRow* row);
    void select(int index);
    void refresh();

    Card* m_card;
    QStackedWidget* m_pages;
    QWidget *m_progressRow, *m_actions;
    QProgressBar* m_progress;
    QCheckBox* m_colour;
    QPushButton* m_board;
    QVBoxLayout *m_pinnedList, *m_list;
    std::vector<SampleRow*> m_rows, m_pinned;
    std::shared_ptr<const Vocabulary> m_vocabulary;
    QString m_settings;
    qint64 m_step = -1;
    double m_temperature = 0;
    std::size_t m_size = 0;  // samples that are there
    int m_count = 0;         // asked for
    int m_selected = 0;
    bool m_drawing = false;
};

}  // namespace gamegpt::ui
