#include "ui/widgets/token_strip.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

#include "ui/theme.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {
constexpr int chipHeight = 18;
constexpr int chipPadding = 4;
constexpr int gap = 3;
constexpr int lineGap = 4;
constexpr int textLine = 18;
constexpr int pickMargin = 10;  // room for the line of a strip that can be picked

QString rowOf(const QString& label, double probability) {
    return QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td align=\"right\">%2</td></tr>")
        .arg(label.toHtmlEscaped(), percent(probability, 1));
}
}  // namespace

QColor probabilityColour(double probability) {
    const double decades = -std::log10(leastColouredProbability);
    return viridis(std::clamp(1 + std::log10(std::max(probability, 1e-30)) / decades, 0.0, 1.0));
}

TokenStrip::TokenStrip(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void TokenStrip::setTokens(std::vector<TokenId> tokens, std::shared_ptr<const Vocabulary> vocabulary) {
    if (m_vocabulary != vocabulary) {
        m_vocabulary = std::move(vocabulary);
        const std::size_t size = m_vocabulary ? m_vocabulary->size() : 0;
        m_labels.assign(size, {});
        m_chipWidths.assign(size, 0);
    }
    m_figures.clear();
    m_tokens = std::move(tokens);
    std::erase_if(m_tokens, [this](TokenId id) { return id < 0 || static_cast<std::size_t>(id) >= m_labels.size(); });
    const QFontMetrics metrics(asText() ? monoFont(13) : monoFont());
    for (const TokenId id : m_tokens) {
        const auto i = static_cast<std::size_t>(id);
        if (m_chipWidths[i] != 0) continue;
        m_labels[i] = QString::fromStdString(m_vocabulary->label(id));
        m_chipWidths[i] = metrics.horizontalAdvance(m_labels[i]) + (asText() ? 0 : 2 * chipPadding);
    }
    m_hovered = -1;
    m_mistake = -1;
    m_marked = m_marked < static_cast<int>(m_tokens.size()) ? m_marked : -1;
    setAccessibleDescription(m_vocabulary ? QString::fromStdString(m_vocabulary->text(
                                                std::span(m_tokens).first(std::min<std::size_t>(m_tokens.size(), 200))))
                                          : QString());
    rearrange();
}

void TokenStrip::setFigures(std::vector<TokenFigures> figures) {
    m_figures = figures.size() == m_tokens.size() ? std::move(figures) : std::vector<TokenFigures>();
    if (m_hovered >= 0) showToolTip();
    update();
}

void TokenStrip::setColouredByProbability(bool coloured) {
    m_byProbability = coloured;
    update();
}

void TokenStrip::setMarked(int index, int count) {
    if (m_marked == index && m_markedCount == count) return;
    m_marked = index;
    m_markedCount = count;
    update();
}

void TokenStrip::setMistake(int index, const QString& reason) {
    m_reason = reason;
    if (m_mistake == index) return;
    m_mistake = index;
    update();
}

void TokenStrip::setShades(std::vector<double> shades) {
    if (m_shades == shades) return;
    m_shades = std::move(shades);
    update();
}

void TokenStrip::setPointed(int index) {
    if (m_pointed == index) return;
    m_pointed = index;
    update();
}

void TokenStrip::setSelectable(bool selectable) {
    m_selectable = selectable;
    setFocusPolicy(selectable ? Qt::StrongFocus : Qt::NoFocus);
    setCursor(selectable ? Qt::PointingHandCursor : Qt::ArrowCursor);
    rearrange();
}

void TokenStrip::setSelected(bool selected) {
    if (m_selected == selected) return;
    m_selected = selected;
    update();
}

void TokenStrip::setAlwaysChips(bool always) {
    m_alwaysChips = always;
    std::fill(m_chipWidths.begin(), m_chipWidths.end(), 0);
    setTokens(m_tokens, m_vocabulary);
}

bool TokenStrip::asText() const {
    return !m_alwaysChips && m_vocabulary && m_vocabulary->kind() == Vocabulary::Kind::characters;
}

int TokenStrip::arrange(int width, std::vector<QRect>* rects) const {
    if (rects) rects->assign(m_tokens.size(), QRect());
    const bool text = asText();
    const int left = m_selectable ? pickMargin : 0;
    const int height = text ? textLine : chipHeight;
    const int advance = text ? height : height + lineGap;
    int x = left, y = text ? 0 : 1;
    for (std::size_t i = 0; i < m_tokens.size(); ++i) {
        const TokenId id = m_tokens[i];
        if (text && (m_vocabulary->bos() == id || m_vocabulary->eos() == id)) continue;
        const bool lineFeed = text && m_vocabulary->name(id) == "\n";
        const int w = m_chipWidths[static_cast<std::size_t>(id)];
        if (x > left && x + w > width) {
            x = left;
            y += advance;
        }
        if (rects) (*rects)[i] = QRect(x, y, w, height);
        x += text ? w : w + gap;
        if (lineFeed) {
            x = left;
            y += advance;
        }
    }
    return y + height + 1;
}

void TokenStrip::rearrange() {
    m_arrangedFor = width();
    const int height = arrange(width(), &m_rects);
    if (height != this->height()) updateGeometry();
    update();
}

QRect TokenStrip::tokenRect(int index) const {
    return index >= 0 && index < static_cast<int>(m_rects.size()) ? m_rects[static_cast<std::size_t>(index)] : QRect();
}

int TokenStrip::tokenAt(const QPoint& position) const {
    for (std::size_t i = 0; i < m_rects.size(); ++i)
        if (m_rects[i].contains(position)) return static_cast<int>(i);
    return -1;
}

int TokenStrip::heightForWidth(int width) const { return arrange(width, nullptr); }
QSize TokenStrip::sizeHint() const { return QSize(240, heightForWidth(std::max(width(), 80))); }
QSize TokenStrip::minimumSizeHint() const { return QSize(60, asText() ? textLine : chipHeight); }

void TokenStrip::paintEvent(QPaintEvent* event) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_selectable && (m_selected || hasFocus())) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_selected ? theme.accent : blend(theme.panel, theme.accent, 0.5));
        painter.drawRoundedRect(QRectF(0, 1, 3, height() - 2), 1.5, 1.5);
    }
    const bool text = asText();
    painter.setFont(text ? monoFont(13) : monoFont());
    for (std::size_t i = 0; i < m_rects.size(); ++i) {
        const QRect& box = m_rects[i];
        if (box.isEmpty() || !box.intersects(event->rect())) continue;
        const TokenId id = m_tokens[i];
        const TokenCategory kind = category(*m_vocabulary, id);
        const int behindMark = static_cast<int>(i) - m_marked;
        const bool marked = m_marked >= 0 && behindMark >= 0 && behindMark < m_markedCount;
        const bool hovered = static_cast<int>(i) == m_hovered;
        QColor background = text ? theme.panel : theme.chip(kind);
        QColor ink = text ? theme.text : theme.chipText(kind);
        // The first token was given, not drawn.
        const bool coloured = m_byProbability && i > 0 && i < m_figures.size();
        if (coloured) {
            background = probabilityColour(m_figures[i].probability);
            ink = readableOn(background);
        }
        if (hovered) background = blend(background, text ? theme.accent : theme.category(kind), 0.2);
        if (marked) {
            background = theme.accent;
            ink = theme.onAccent;
        }
        if (text && m_vocabulary->name(id) == "\n" && !marked && !coloured) ink = theme.muted;
        if (m_mistake >= 0 && static_cast<int>(i) > m_mistake && !marked) {
            background = blend(theme.panel, background, 0.5);
            ink = blend(theme.panel, ink, 0.5);
        }
        if (!m_shades.empty() && !marked) {
            const double shade = i < m_shades.size() ? m_shades[i] : -1;
            background = shade < 0 ? theme.panel : blend(theme.panel, theme.heldOut, std::min(shade, 1.0));
            ink = shade < 0 ? blend(theme.panel, theme.muted, 0.6) : readableOn(background);
        }
        if (!text || hovered || marked || coloured || !m_shades.empty()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(background);
            painter.drawRoundedRect(QRectF(box), text ? 2 : 4, text ? 2 : 4);
        }
        painter.setPen(ink);
        const QString shown =
            text && m_vocabulary->name(id) == " " ? QStringLiteral(" ") : m_labels[static_cast<std::size_t>(id)];
        painter.drawText(box, Qt::AlignCenter | Qt::TextSingleLine, shown);
        if (static_cast<int>(i) == m_pointed) {
            painter.setPen(QPen(theme.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0, -0.5, 0), 4, 4);
        }
        if (static_cast<int>(i) == m_mistake) {
            painter.setPen(QPen(theme.bad, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0, -0.5, 0), 4, 4);
        }
    }
}

void TokenStrip::resizeEvent(QResizeEvent*) {
    if (width() != m_arrangedFor) rearrange();
}

void TokenStrip::setHovered(int index) {
    if (m_hovered == index) return;
    m_hovered = index;
    update();
    showToolTip();
    emit hovered(index);
}

void TokenStrip::showToolTip() {
    if (m_hovered < 0) return setToolTip(QString());
    const auto i = static_cast<std::size_t>(m_hovered);
    const QString place =
        QStringLiteral("%1 \u00b7 ID %2 \u00b7 position %3")
            .arg(m_labels[static_cast<std::size_t>(m_tokens[i])], grouped(m_tokens[i]), grouped(m_hovered));
    const QString reason = m_hovered == m_mistake ? m_reason : QString();
    if (i == 0 || i >= m_figures.size())
        return setToolTip(reason.isEmpty() ? place : place + QLatin1Char('\n') + reason);
    const TokenFigures& figures = m_figures[i];
    QString text = QStringLiteral("<p style=\"white-space:pre\">%1<br>%2</p><table>")
                       .arg(place.toHtmlEscaped(), tr("rank %1 \u00b7 probability %2 \u00b7 entropy %3 nats")
                                                       .arg(grouped(figures.rank), percent(figures.probability, 1),
                                                            fixedPoint(figures.entropy, 3)));
    for (const Candidate& candidate : figures.best)
        if (candidate.probability > 0)
            text += rowOf(QString::fromStdString(m_vocabulary->label(candidate.token)), candidate.probability);
    text += QStringLiteral("</table>");
    if (!reason.isEmpty()) text += QStringLiteral("<p>%1</p>").arg(reason.toHtmlEscaped());
    setToolTip(text);
}

void TokenStrip::mouseMoveEvent(QMouseEvent* event) { setHovered(tokenAt(event->pos())); }
void TokenStrip::leaveEvent(QEvent*) { setHovered(-1); }

void TokenStrip::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) emit clicked(tokenAt(event->pos()));
}

void TokenStrip::keyPressEvent(QKeyEvent* event) {
    const bool pick = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (m_selectable && pick) emit clicked(-1);
    else QWidget::keyPressEvent(event);
}

}  // namespace gamegpt::ui
