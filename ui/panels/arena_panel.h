#pragma once

#include <QWidget>

#include <vector>

#include "core/play/arena.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace gamegpt::ui {

class BarFigure;
class Card;
class EmptyState;

// The model plays Snake itself, against the three agents.
class ArenaPanel : public QWidget {
    Q_OBJECT
   public:
    explicit ArenaPanel(QWidget* parent = nullptr);

    play::PlayerSettings settings() const;
    int games() const;
    // Whether there is a model, and a game for it to play.
    void setAvailable(bool model, bool snake);
    void clear();
    void begin(int games);
    void setProgress(int done);
    void end();
    void setResults(const std::vector<play::PlayerResults>& players, qint64 step, const play::PlayerSettings& settings);

   signals:
    void playRequested();
    void cancelled();
    void watchRequested();

   private:
    QWidget* buildControls();
    QWidget* buildTable();
    void refresh();

    Card* m_card;
    QStackedWidget* m_pages;
    EmptyState* m_empty;
    QSpinBox *m_games, *m_seed;
    QDoubleSpinBox* m_temperature;
    QComboBox* m_mode;
    QPushButton *m_play, *m_watch;
    QProgressBar* m_progress;
    QLabel* m_caption;
    struct Line {
        QLabel* name;
        BarFigure *score, *ticks;
        QLabel *best, *ends;
    };
    std::vector<Line> m_lines;
    bool m_model = false, m_snake = false, m_playing = false, m_played = false;
};

}  // namespace gamegpt::ui
