#pragma once

#include <QWidget>

#include <optional>
#include <vector>

#include "core/snake/game.h"

namespace gamegpt::ui {

// A Snake board: the snake with its head and direction, the food, and where a game went wrong what was expected
// (dashed) and what the tokens claim (a red frame).
class BoardView : public QWidget {
    Q_OBJECT
   public:
    explicit BoardView(QWidget* parent = nullptr);

    // Nothing: an empty board of this size.
    void setBoard(int size, const std::optional<snake::State>& state);
    // The heads of `expected` and a claimed head; drawn over the board.
    void setMistake(std::vector<snake::State> expected, std::optional<snake::Cell> claimed);
    void clearMistake() { setMistake({}, {}); }

    const std::optional<snake::State>& state() const { return m_state; }
    const std::vector<snake::State>& expected() const { return m_expected; }
    const std::optional<snake::Cell>& claimed() const { return m_claimed; }
    // Where a cell is on this widget.
    QRectF cellRect(snake::Cell cell) const;

    QSize sizeHint() const override { return QSize(320, 320); }
    QSize minimumSizeHint() const override { return QSize(140, 140); }

   protected:
    void paintEvent(QPaintEvent* event) override;

   private:
    void describe();
    QRectF field() const;

    int m_size = 10;
    std::optional<snake::State> m_state;
    std::vector<snake::State> m_expected;
    std::optional<snake::Cell> m_claimed;
};

}  // namespace gamegpt::ui
