#include "ui/widgets/probability_bars.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <numeric>

#include "ui/theme.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {
constexpr int rowHeight = 20;
constexpr int labelWidth = 88;
constexpr int numberWidth = 58;
}  // namespace

ProbabilityBars::ProbabilityBars(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("probabilityBars"));
    setAccessibleName(tr("Probabilities of the next token"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    setCursor(Qt::PointingHandCursor);
}

void ProbabilityBars::setProbabilities(std::shared_ptr<const Vocabulary> vocabulary, std::vector<double> before,
                                       std::vector<double> after) {
    const bool sameRows = before.size() == m_before.size();
    if (before != m_before) {
        m_order.resize(before.size());
        std::iota(m_order.begin(), m_order.end(), std::size_t{0});
        std::stable_sort(m_order.begin(), m_order.end(),
                         [&](std::size_t a, std::size_t b) { return before[a] > before[b]; });
    }
    m_vocabulary = std::move(vocabulary);
    m_before = std::move(before);
    m_after = std::move(after);
    if (!sameRows) {
        m_current = -1;
        updateGeometry();
    }
    QStringList best;
    for (int row = 0; row < std::min(rows(), 5); ++row) best << rowText(row);
    setAccessibleDescription(best.join(QStringLiteral("; ")));
    update();
}

void ProbabilityBars::setNext(TokenId token) {
    m_next = token;
    update();
}

void ProbabilityBars::clear() { setProbabilities(nullptr, {}, {}); }

bool ProbabilityBars::isRemoved(int row) const { return m_after[m_order.at(static_cast<std::size_t>(row))] == 0; }

QRect ProbabilityBars::rowRect(int row) const { return QRect(0, row * rowHeight, width(), rowHeight); }

QString ProbabilityBars::rowText(int row) const {
    const std::size_t id = m_order.at(static_cast<std::size_t>(row));
    const QString label = QString::fromStdString(m_vocabulary->label(static_cast<TokenId>(id)));
    if (isRemoved(row)) return tr("%1: %2 before, removed by the filters").arg(label, percent(m_before[id], 2));
    return tr("%1: %2 before, %3 after the filters").arg(label, percent(m_before[id], 2), percent(m_after[id], 2));
}

QSize ProbabilityBars::sizeHint() const { return QSize(320, std::max(rows(), 1) * rowHeight); }

void ProbabilityBars::paintEvent(QPaintEvent* event) {
    if (!m_vocabulary) return;
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int first = std::max(event->rect().top() / rowHeight, 0);
    const int last = std::min(event->rect().bottom() / rowHeight, rows() - 1);
    const double room = std::max(width() - labelWidth - numberWidth - 8, 10);
    for (int row = first; row <= last; ++row) {
        const std::size_t id = m_order[static_cast<std::size_t>(row)];
        const QRect box = rowRect(row);
        const bool removed = isRemoved(row);
        const bool next = static_cast<TokenId>(id) == m_next;
        painter.setPen(Qt::NoPen);
        if (row == m_current || next) {
            painter.setBrush(row == m_current ? theme.accentSoft : theme.faint);
            painter.drawRoundedRect(QRectF(box).adjusted(0, 1, 0, -1), 4, 4);
        }
        const QRectF bar(box.left() + labelWidth, box.top() + 5, room, rowHeight - 10);
        painter.setBrush(theme.rawCurve);
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), m_before[id] * room, bar.height()), 2, 2);
        if (!removed) {
            painter.setBrush(theme.accent);
            painter.drawRoundedRect(QRectF(bar.left(), bar.top() + 2, m_after[id] * room, bar.height() - 4), 2, 2);
        }
        const TokenCategory kind = category(*m_vocabulary, static_cast<TokenId>(id));
        painter.setFont(monoFont());
        painter.setPen(removed ? blend(theme.panel, theme.muted, 0.7) : theme.chipText(kind));
        painter.drawText(
            box.adjusted(6, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(QString::fromStdString(m_vocabulary->label(static_cast<TokenId>(id))),
                                             Qt::ElideRight, labelWidth - 12));
        const bool tiny = m_after[id] < 0.00005;
        painter.setPen(removed || tiny ? blend(theme.panel, theme.muted, 0.7) : theme.text);
        painter.drawText(box.adjusted(0, 0, -6, 0), Qt::AlignRight | Qt::AlignVCenter,
                         removed ? tr("removed")
                         : tiny  ? QStringLiteral("< 0.01 %")
                                 : percent(m_after[id], 2));
    }
}

void ProbabilityBars::setCurrent(int row) {
    row = row >= 0 && row < rows() ? row : -1;
    if (row == m_current) return;
    m_current = row;
    setToolTip(row < 0 ? QString() : rowText(row) + tr("\nClick to go on from here with this token"));
    update();
}

void ProbabilityBars::mouseMoveEvent(QMouseEvent* event) { setCurrent(event->pos().y() / rowHeight); }
void ProbabilityBars::leaveEvent(QEvent*) { setCurrent(-1); }

void ProbabilityBars::mousePressEvent(QMouseEvent* event) {
    const int row = event->pos().y() / rowHeight;
    if (event->button() == Qt::LeftButton && row < rows()) emit chosen(tokenOf(row));
}

void ProbabilityBars::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Down: setCurrent(std::min(m_current + 1, rows() - 1)); break;
        case Qt::Key_Up: setCurrent(std::max(m_current - 1, 0)); break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_current >= 0) emit chosen(tokenOf(m_current));
            break;
        default: QWidget::keyPressEvent(event);
    }
}

}  // namespace gamegpt::ui
