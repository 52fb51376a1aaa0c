#include "ui/plots/histogram.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "ui/theme.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {
constexpr int captionHeight = 18;
}  // namespace

Histogram::Histogram(QWidget* parent) : QWidget(parent), m_unit(tr("length")) {
    setObjectName(QStringLiteral("lengthHistogram"));
    setAccessibleName(tr("Document lengths"));
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Histogram::setBars(std::size_t least, std::size_t most, const std::vector<std::size_t>& counts) {
    m_counts = counts;
    m_least = least;
    m_most = most;
    m_hovered = -1;
    if (!counts.empty())
        setAccessibleDescription(tr("From %1 to %2 tokens.").arg(grouped(qint64(least)), grouped(qint64(most))));
    update();
}

void Histogram::setUnit(const QString& unit) { m_unit = unit; }

int Histogram::barAt(int x) const {
    if (m_counts.empty() || width() <= 0) return -1;
    return std::clamp(x * static_cast<int>(m_counts.size()) / width(), 0, static_cast<int>(m_counts.size()) - 1);
}

void Histogram::paintEvent(QPaintEvent*) {
    if (m_counts.empty()) return;
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    const int base = height() - captionHeight;
    const auto tallest = static_cast<double>(*std::max_element(m_counts.begin(), m_counts.end()));
    const double step = static_cast<double>(width()) / static_cast<double>(m_counts.size());
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        if (m_counts[i] == 0) continue;
        const int left = static_cast<int>(std::lround(static_cast<double>(i) * step));
        const int right = static_cast<int>(std::lround(static_cast<double>(i + 1) * step));
        const int tall = std::max(2, static_cast<int>(static_cast<double>(m_counts[i]) * (base - 2) / tallest));
        painter.fillRect(left, base - tall, std::max(1, std::min(right - left - 1, 24)), tall,
                         static_cast<int>(i) == m_hovered ? theme.accent : theme.rawCurve);
    }
    painter.fillRect(0, base, width(), 1, theme.line);
    painter.setPen(theme.muted);
    painter.setFont(captionFont());
    const QRect captions(0, base + 2, width(), captionHeight - 2);
    if (m_least == m_most) {
        painter.drawText(captions, Qt::AlignCenter, tr("all %1 long").arg(grouped(qint64(m_least))));
        return;
    }
    painter.drawText(captions, Qt::AlignLeft | Qt::AlignVCenter, grouped(qint64(m_least)));
    painter.drawText(captions, Qt::AlignCenter, m_unit);
    painter.drawText(captions, Qt::AlignRight | Qt::AlignVCenter, grouped(qint64(m_most)));
}

void Histogram::mouseMoveEvent(QMouseEvent* event) {
    const int bar = barAt(event->pos().x());
    if (bar == m_hovered) return;
    m_hovered = bar;
    if (bar >= 0) {
        const std::size_t bars = m_counts.size(), span = m_most - m_least + 1;
        const auto first = [&](std::size_t i) { return qint64(m_least + (i * span + bars - 1) / bars); };
        const qint64 from = first(static_cast<std::size_t>(bar)), to = first(static_cast<std::size_t>(bar) + 1) - 1;
        const QString range = from >= to ? grouped(from) : grouped(from) + QStringLiteral("\u2013") + grouped(to);
        setToolTip(tr("%1 tokens: %2 documents").arg(range, grouped(qint64(m_counts[static_cast<std::size_t>(bar)]))));
    }
    update();
}

void Histogram::leaveEvent(QEvent*) {
    m_hovered = -1;
    update();
}

}  // namespace gamegpt::ui
