#pragma once

#include <QWidget>

#include <memory>
#include <vector>

#include "core/play/grammar.h"
#include "core/snake/film.h"

class QComboBox;
class QLabel;
class QScrollArea;
class QSlider;
class QSpinBox;
class QStackedWidget;
class QTimer;
class QToolButton;

namespace gamegpt::ui {

class BoardView;
class Card;
class EmptyState;
class FigureLabel;
class TokenStrip;

// Plays a token sequence on the board: strip and board move together. From the first illegal token on the board shows
// what was expected beside what the tokens claim.
class BoardPanel : public QWidget {
    Q_OBJECT
   public:
    enum class Source { sample, document, game, picked };
    static constexpr std::size_t mostTokens = 20'000;  // of a sequence; longer documents are cut

    explicit BoardPanel(QWidget* parent = nullptr);

    // `grammar` judges the sequence and says by which rules it is played; null or not Snake shows why there is no
    // board. A sequence that is on screen already keeps its place.
    void setSequence(std::vector<TokenId> tokens, std::shared_ptr<const Vocabulary> vocabulary,
                     std::shared_ptr<const play::Grammar> grammar);
    void clear();

    Source source() const;
    void setSource(Source source);
    int index() const;  // of the document or the game, from 0
    void setDocuments(int count);
    void setGames(int count);

    // The token that the board stands at.
    int position() const { return m_position; }
    void setPosition(int token);
    bool isPlaying() const;
    QString verdictText() const;

   signals:
    void sourceChanged();

   protected:
    void changeEvent(QEvent* event) override;

   private:
    QWidget* buildSource();
    QWidget* buildTransport();
    void showPosition();
    void showVerdict();
    void play(bool on);
    void go(int direction);
    void refreshIndex();

    Card* m_card;
    QStackedWidget* m_pages;
    EmptyState* m_empty;
    BoardView* m_board;
    QScrollArea* m_stripArea;
    TokenStrip* m_strip;
    QComboBox* m_source;
    QSpinBox* m_index;
    QSlider* m_scrub;
    QComboBox* m_speed;
    QToolButton *m_first, *m_back, *m_play, *m_forward, *m_last;
    QLabel *m_tiers, *m_replay;
    FigureLabel* m_place;
    QTimer* m_timer;

    std::vector<TokenId> m_tokens;
    snake::Film m_film;
    std::shared_ptr<const play::Grammar> m_grammar;
    snake::GameRules m_rules;
    std::vector<int> m_stops;  // tokens at which playing and stepping halt
    int m_position = 0;
    int m_documents = 0, m_games = 0;
    int m_documentIndex = 1, m_gameIndex = 1;
};

}  // namespace gamegpt::ui
