#include "ui/widgets/share_bars.h"

#include <QPainter>
#include <QStringList>

#include <algorithm>

#include "ui/theme.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {
constexpr int rowHeight = 20;
constexpr int barHeight = 8;
constexpr int figureWidth = 44;
}  // namespace

ShareBars::ShareBars(QWidget* parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); }

void ShareBars::setBars(std::vector<Bar> bars, double limit) {
    m_bars = std::move(bars);
    m_limit = limit;
    QStringList words;
    for (const Bar& bar : m_bars) words << bar.name + QLatin1Char(' ') + percent(bar.share);
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QSize ShareBars::sizeHint() const { return QSize(220, static_cast<int>(m_bars.size()) * rowHeight); }

void ShareBars::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(captionFont());
    int nameWidth = 0;
    for (const Bar& bar : m_bars) nameWidth = std::max(nameWidth, painter.fontMetrics().horizontalAdvance(bar.name));
    nameWidth = std::min(nameWidth, width() * 2 / 5);
    const int left = nameWidth + 8;
    const int room = std::max(1, width() - left - figureWidth);
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        const Bar& bar = m_bars[i];
        const bool over = bar.share > m_limit;
        const int top = static_cast<int>(i) * rowHeight;
        painter.setPen(theme.muted);
        painter.drawText(QRect(0, top, nameWidth, rowHeight), Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(bar.name, Qt::ElideRight, nameWidth));
        painter.setPen(over ? theme.warning : theme.text);
        painter.drawText(QRect(width() - figureWidth, top, figureWidth, rowHeight), Qt::AlignRight | Qt::AlignVCenter,
                         percent(bar.share));
        painter.setPen(Qt::NoPen);
        const QRectF whole(left, top + (rowHeight - barHeight) / 2.0, room, barHeight);
        painter.setBrush(theme.line);
        painter.drawRoundedRect(whole, 2, 2);
        QRectF part = whole;
        part.setWidth(std::max(2.0, room * bar.share));
        painter.setBrush(over ? theme.warning : theme.accent);
        painter.drawRoundedRect(part, 2, 2);
    }
}

}  // namespace gamegpt::ui
