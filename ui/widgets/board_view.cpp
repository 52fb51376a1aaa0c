#include "ui/widgets/board_view.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

#include "ui/theme.h"

namespace gamegpt::ui {

namespace {

constexpr double margin = 16;  // room for the coordinates at the left and on top

QPointF step(snake::Direction direction) {
    const snake::Cell cell = snake::neighbour({0, 0}, direction);
    return QPointF(cell.x, cell.y);
}

}  // namespace

BoardView::BoardView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("board"));
    setAccessibleName(tr("Board"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    describe();
}

void BoardView::setBoard(int size, const std::optional<snake::State>& state) {
    m_size = size;
    m_state = state;
    describe();
    update();
}

void BoardView::setMistake(std::vector<snake::State> expected, std::optional<snake::Cell> claimed) {
    m_expected = std::move(expected);
    m_claimed = claimed;
    describe();
    update();
}

void BoardView::describe() {
    QString text = tr("An empty board.");
    if (m_state) {
        text = tr("Tick %1: head at X%2 Y%3, length %4, score %5, food at X%6 Y%7.")
                   .arg(m_state->tick)
                   .arg(m_state->head().x)
                   .arg(m_state->head().y)
                   .arg(m_state->length())
                   .arg(m_state->score)
                   .arg(m_state->food.x)
                   .arg(m_state->food.y);
        if (m_state->status == snake::Status::dead) text += tr(" The snake is dead.");
        if (m_state->status == snake::Status::won) text += tr(" The snake fills the board.");
    }
    if (m_claimed) text += tr(" The tokens claim the head at X%1 Y%2.").arg(m_claimed->x).arg(m_claimed->y);
    setAccessibleDescription(text);
}

QRectF BoardView::field() const {
    const double cell = std::floor((std::min(width(), height()) - 2 * margin) / m_size);
    const double side = std::max(cell, 4.0) * m_size;
    return QRectF(std::round((width() - side) / 2), std::round((height() - side) / 2), side, side);
}

QRectF BoardView::cellRect(snake::Cell cell) const {
    const QRectF board = field();
    const double side = board.width() / m_size;
    return QRectF(board.left() + cell.x * side, board.top() + cell.y * side, side, side);
}

void BoardView::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF board = field();
    const double side = board.width() / m_size;
    painter.setPen(theme.line);
    painter.setBrush(theme.ground);
    painter.drawRoundedRect(board.adjusted(-3.5, -3.5, 3.5, 3.5), 6, 6);
    painter.setPen(Qt::NoPen);
    for (int x = 0; x < m_size; ++x)
        for (int y = 0; y < m_size; ++y) {
            painter.setBrush(blend(theme.ground, theme.panel, (x + y) % 2 == 0 ? 1.0 : 0.45));
            painter.drawRect(cellRect({x, y}));
        }
    painter.setFont(monoFont(10));
    painter.setPen(theme.muted);
    for (int i = 0; i < m_size && side >= 14; ++i) {
        painter.drawText(QRectF(board.left() + i * side, board.top() - margin, side, margin - 5),
                         Qt::AlignHCenter | Qt::AlignBottom, QString::number(i));
        painter.drawText(QRectF(board.left() - margin - 2, board.top() + i * side, margin - 4, side),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(i));
    }
    if (m_state) {
        const bool won = m_state->status == snake::Status::won;
        const double inset = side * 0.11;
        if (!won) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.category(TokenCategory::score));
            painter.drawEllipse(cellRect(m_state->food).adjusted(side * 0.22, side * 0.22, -side * 0.22, -side * 0.22));
        }
        const bool dead = m_state->status == snake::Status::dead;
        const QColor body = dead ? blend(theme.panel, theme.category(TokenCategory::death), 0.55) : theme.accent;
        // From the tail on, so that the head lies on top; joined by a band, paler towards the tail.
        for (std::size_t i = m_state->body.size(); i-- > 0;) {
            const snake::Cell cell = m_state->body[i];
            const double age = m_state->body.size() > 1 ? double(i) / double(m_state->body.size() - 1) : 0;
            const QColor colour = blend(body, theme.panel, 0.55 * age);
            const QRectF box = cellRect(cell).adjusted(inset, inset, -inset, -inset);
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour);
            if (i + 1 < m_state->body.size())
                painter.drawRect(box.united(cellRect(m_state->body[i + 1]).adjusted(inset, inset, -inset, -inset)));
            painter.drawRoundedRect(box, side * 0.2, side * 0.2);
        }
        // The eyes look where it goes.
        const QPointF ahead = step(m_state->direction) * side * 0.14;
        const QPointF aside = QPointF(ahead.y(), ahead.x()) * 1.1;
        painter.setBrush(readableOn(body));
        for (const double sign : {-1.0, 1.0})
            painter.drawEllipse(cellRect(m_state->head()).center() + ahead + sign * aside, side * 0.07, side * 0.07);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.good, 2, Qt::DashLine));
    for (const snake::State& state : m_expected)
        painter.drawRoundedRect(cellRect(state.head()).adjusted(3, 3, -3, -3), side * 0.2, side * 0.2);
    if (m_claimed) {
        painter.setPen(QPen(theme.bad, 2.5));
        const QRectF box = cellRect(*m_claimed).adjusted(2.5, 2.5, -2.5, -2.5);
        painter.drawRoundedRect(box, 4, 4);
        const QRectF cross = box.adjusted(side * 0.22, side * 0.22, -side * 0.22, -side * 0.22);
        painter.drawLine(cross.topLeft(), cross.bottomRight());
        painter.drawLine(cross.topRight(), cross.bottomLeft());
    }
}

}  // namespace gamegpt::ui
