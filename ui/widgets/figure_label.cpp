#include "ui/widgets/figure_label.h"

#include <QPainter>

#include <algorithm>

#include "ui/theme.h"

namespace gamegpt::ui {

namespace {

bool tabular(QChar c) { return c.isDigit() && c.unicode() < 128; }

double digitWidth(const QFontMetricsF& metrics) {
    double widest = 0;
    for (char c = '0'; c <= '9'; ++c) widest = std::max(widest, metrics.horizontalAdvance(QLatin1Char(c)));
    return widest;
}

// Calls `piece(text, x, width)` for each digit and each run of other characters; returns the width of all.
template <class Piece>
double walk(const QString& text, const QFontMetricsF& metrics, Piece piece) {
    const double digit = digitWidth(metrics);
    double x = 0;
    for (qsizetype i = 0; i < text.size();) {
        qsizetype end = i + 1;
        if (!tabular(text[i]))
            while (end < text.size() && !tabular(text[end])) ++end;
        const QString part = text.mid(i, end - i);
        const double width = tabular(text[i]) ? digit : metrics.horizontalAdvance(part);
        piece(part, x, width);
        x += width;
        i = end;
    }
    return x;
}

QColor colourOf(Tone tone, const Theme& theme) {
    switch (tone) {
        case Tone::text: return theme.text;
        case Tone::muted: return theme.muted;
        case Tone::accent: return theme.accent;
        case Tone::good: return theme.good;
        case Tone::bad: return theme.bad;
        case Tone::warning: return theme.warning;
        case Tone::heldOut: return theme.heldOut;
    }
    return theme.text;
}

}  // namespace

FigureLabel::FigureLabel(QWidget* parent) : FigureLabel(QString(), parent) {}

FigureLabel::FigureLabel(const QString& text, QWidget* parent) : QLabel(text, parent) {
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void FigureLabel::setTone(Tone tone) {
    if (m_tone == tone) return;
    m_tone = tone;
    update();
}

void FigureLabel::setWidthTemplate(const QString& text) {
    m_widthTemplate = text;
    updateGeometry();
}

int FigureLabel::widthOf(const QString& text) const {
    return static_cast<int>(std::ceil(walk(text, QFontMetricsF(font()), [](const QString&, double, double) {})));
}

QSize FigureLabel::sizeHint() const {
    const int width = std::max(widthOf(text()), widthOf(m_widthTemplate));
    return QSize(width + 1, QFontMetrics(font()).height());
}

QSize FigureLabel::minimumSizeHint() const {
    const int width = m_widthTemplate.isEmpty() ? std::min(24, widthOf(text())) : widthOf(m_widthTemplate) + 1;
    return QSize(width, QFontMetrics(font()).height());
}

void FigureLabel::paintEvent(QPaintEvent*) {
    const QFontMetricsF metrics(font());
    QString shown = text();
    const auto ignore = [](const QString&, double, double) {};
    double width = walk(shown, metrics, ignore);
    if (width > this->width() + 0.5) {
        const QChar dots(0x2026);
        const auto tooWide = [&] {
            return walk(m_elideLeft ? dots + shown : shown + dots, metrics, ignore) > this->width();
        };
        while (shown.size() > 1 && tooWide()) m_elideLeft ? (void)shown.remove(0, 1) : shown.chop(1);
        if (m_elideLeft) shown.prepend(dots);
        else shown = shown.trimmed() + dots;
        width = walk(shown, metrics, ignore);
        if (toolTip() != text()) setToolTip(text());
    } else if (!toolTip().isEmpty() && toolTip() == text()) {
        setToolTip(QString());
    }
    QPainter painter(this);
    painter.setFont(font());
    const Theme& theme = themeFor(palette());
    painter.setPen(isEnabled() ? colourOf(m_tone, theme) : blend(theme.panel, theme.muted, 0.6));
    double left = 0;
    if (alignment() & Qt::AlignRight) left = this->width() - width;
    if (alignment() & Qt::AlignHCenter) left = (this->width() - width) / 2;
    const double baseline = (height() - metrics.height()) / 2 + metrics.ascent();
    walk(shown, metrics, [&](const QString& part, double x, double cell) {
        const double inset = part.size() == 1 && tabular(part[0]) ? (cell - metrics.horizontalAdvance(part)) / 2 : 0;
        painter.drawText(QPointF(left + x + inset, baseline), part);
    });
}

}  // namespace gamegpt::ui
