#include "ui/plots/heat_map_plot.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "ui/theme.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {
constexpr int legendWidth = 52;  // bar, gap and numbers
constexpr int labelPixels = 12;  // a label's line
constexpr int mostLabelWidth = 84;
constexpr int topMargin = 7;  // half a label above the first row
QFont labelFont() { return monoFont(10); }
}  // namespace

HeatMapPlot::HeatMapPlot(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("attentionMap"));
    setAccessibleName(tr("Attention map"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void HeatMapPlot::setMap(std::shared_ptr<const Rows> rows, QStringList labels) {
    m_rows = std::move(rows);
    m_labels = std::move(labels);
    measure();
    arrange();
    render();
    if (m_query >= size()) setHoveredCell(-1, -1);
    setAccessibleDescription(tr("%1 tokens; use the arrow keys to read a cell.").arg(grouped(size())));
    update();
    if (m_query >= 0) setHoveredCell(m_query, m_key);  // the same cell's new value
}

void HeatMapPlot::setSigned(bool isSigned) {
    m_signed = isSigned;
    render();
    update();
}

void HeatMapPlot::setAutomatic(bool automatic) {
    m_automatic = automatic;
    measure();
    render();
    update();
}

void HeatMapPlot::measure() {
    m_top = 1;
    if (!m_automatic || size() < 2) return;
    double most = 0;
    for (std::size_t query = 1; query < m_rows->size(); ++query)
        for (std::size_t key = 0; key < (*m_rows)[query].size(); ++key)
            if (!m_signed || key != query) most = std::max(most, std::abs((*m_rows)[query][key]));
    if (most > 0) m_top = most;
}

QColor HeatMapPlot::colourOf(double value) const {
    value /= m_top;
    if (m_signed) return diverging(std::clamp(value, -1.0, 1.0), themeFor(palette()));
    return QColor(viridisTable()[static_cast<std::size_t>(std::lround(std::clamp(value, 0.0, 1.0) * 255))]);
}

void HeatMapPlot::clear() { setMap(nullptr, {}); }

QString HeatMapPlot::name(int index) const { return m_labels.value(index, QString::number(index)); }

void HeatMapPlot::arrange() {
    const int n = size();
    if (n == 0) return;
    const QFontMetrics metrics(labelFont());
    int longest = 0;
    for (const QString& label : m_labels) longest = std::max(longest, metrics.horizontalAdvance(label));
    const double margin = std::min(longest, mostLabelWidth) + 8;
    const double side = std::min(width() - margin - legendWidth, height() - margin - topMargin);
    m_cell = side / n;
    // Whole pixels where that costs little room; a long sequence fills the place instead.
    if (std::floor(m_cell) >= 0.92 * m_cell) m_cell = std::floor(m_cell);
    m_cell = std::max(m_cell, 0.5);
    const double used = m_cell * n;
    // In the middle of what room there is; labels and legend belong to the picture.
    const double left = std::max(0.0, std::floor((width() - used - margin - legendWidth) / 2));
    m_area = QRectF(left + margin, topMargin, used, used);
}

void HeatMapPlot::render() {
    const int n = size();
    m_image = QImage();
    if (n == 0) return;
    m_image = QImage(n, n, QImage::Format_RGB32);
    m_image.fill(themeFor(palette()).ground);
    for (int query = 0; query < n; ++query) {
        const std::vector<double>& row = (*m_rows)[static_cast<std::size_t>(query)];
        QRgb* line = reinterpret_cast<QRgb*>(m_image.scanLine(query));
        for (int key = 0; key <= query && key < static_cast<int>(row.size()); ++key)
            line[key] = colourOf(row[static_cast<std::size_t>(key)]).rgb();
    }
}

QRectF HeatMapPlot::cellRect(int query, int key) const {
    if (query < 0 || key < 0 || query >= size() || key >= size()) return QRectF();
    return QRectF(m_area.left() + key * m_cell, m_area.top() + query * m_cell, m_cell, m_cell);
}

void HeatMapPlot::setHoveredCell(int query, int key) {
    const bool inside = query >= 0 && query < size() && key >= 0 && key <= query;
    const bool had = m_query >= 0;
    m_query = inside ? query : -1;
    m_key = inside ? key : -1;
    update();
    if (inside) emit hovered(query, key, (*m_rows)[static_cast<std::size_t>(query)][static_cast<std::size_t>(key)]);
    else if (had) emit left();
}

void HeatMapPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paint(painter);
    if (m_query >= 0) paintCallout(painter);
}

void HeatMapPlot::paint(QPainter& painter) const {
    if (size() == 0) return;
    const Theme& theme = themeFor(palette());
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(m_area, m_image);
    if (m_cell >= 8) {  // a hair of panel colour between the cells
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(
            QPen(m_cell >= 14 ? theme.panel : blend(theme.panel, viridis(0.05), theme.dark ? 0.6 : 0.82), 1));
        for (int i = 0; i <= size(); ++i) {
            const double at = i * m_cell;
            const double from = std::max(0, i - 1) * m_cell;
            painter.drawLine(QPointF(m_area.left() + at, m_area.top() + from),
                             QPointF(m_area.left() + at, m_area.bottom()));
            const double to = std::min(i + 1, size()) * m_cell;
            painter.drawLine(QPointF(m_area.left(), m_area.top() + at), QPointF(m_area.left() + to, m_area.top() + at));
        }
    }
    paintLabels(painter);
    paintLegend(painter);
}

void HeatMapPlot::paintLabels(QPainter& painter) const {
    const Theme& theme = themeFor(palette());
    const QFontMetrics metrics(labelFont());
    painter.setFont(labelFont());
    const int every = std::max(1, static_cast<int>(std::ceil(labelPixels / m_cell)));
    const auto shown = [&](int i) { return metrics.elidedText(name(i), Qt::ElideRight, mostLabelWidth); };
    const auto ink = [&](bool here) { return here ? theme.text : theme.muted; };
    for (int i = 0; i < size(); ++i) {
        // The hovered row and column are always named, in place of those they would touch.
        const auto drawn = [&](int hoveredIndex) {
            if (i == hoveredIndex) return true;
            if (hoveredIndex >= 0 && std::abs(i - hoveredIndex) * m_cell < labelPixels) return false;
            return i % every == 0;
        };
        const double middle = (i + 0.5) * m_cell;
        if (drawn(m_query)) {
            painter.setPen(ink(i == m_query));
            painter.drawText(QRectF(0, m_area.top() + middle - 8, m_area.left() - 5, 16),
                             Qt::AlignRight | Qt::AlignVCenter, shown(i));
        }
        if (drawn(m_key)) {
            painter.setPen(ink(i == m_key));
            painter.save();
            painter.translate(m_area.left() + middle, m_area.bottom() + 5);
            painter.rotate(-90);
            painter.drawText(QRectF(-mostLabelWidth - 8, -8, mostLabelWidth + 8, 16), Qt::AlignRight | Qt::AlignVCenter,
                             shown(i));
            painter.restore();
        }
    }
}

void HeatMapPlot::paintLegend(QPainter& painter) const {
    const Theme& theme = themeFor(palette());
    const QRectF bar(m_area.right() + 14, m_area.top(), 10, std::min(m_area.height(), 160.0));
    QLinearGradient gradient(bar.bottomLeft(), bar.topLeft());
    for (int i = 0; i <= 16; ++i) gradient.setColorAt(i / 16.0, colourOf(m_top * (m_signed ? i / 8.0 - 1 : i / 16.0)));
    painter.fillRect(bar, gradient);
    painter.setFont(labelFont());
    painter.setPen(theme.muted);
    for (const double value : {0.0, 0.5, 1.0}) {
        const double y = bar.bottom() - value * bar.height();
        const double inside = std::clamp(y, bar.top() + 5, bar.bottom() - 5);
        painter.drawText(QRectF(bar.right() + 5, inside - 8, 24, 16), Qt::AlignLeft | Qt::AlignVCenter,
                         QString::number(m_top * (m_signed ? 2 * value - 1 : value), 'g', 2));
    }
}

void HeatMapPlot::paintCallout(QPainter& painter) const {
    const Theme& theme = themeFor(palette());
    const QRectF cell = cellRect(m_query, m_key);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.panel, 4));
    painter.drawRect(cell.adjusted(-1, -1, 1, 1));
    painter.setPen(QPen(theme.accent, 2));
    painter.drawRect(cell.adjusted(-1, -1, 1, 1));
    const QString where =
        QStringLiteral("%1 (%2) \u2192 %3 (%4)").arg(name(m_query), grouped(m_query), name(m_key), grouped(m_key));
    const QString value = fixedPoint((*m_rows)[static_cast<std::size_t>(m_query)][static_cast<std::size_t>(m_key)], 4);
    const QFontMetrics metrics(monoFont());
    QRectF box(0, 0, std::max(metrics.horizontalAdvance(where), metrics.horizontalAdvance(value)) + 16, 40);
    box.moveBottomLeft(QPointF(cell.right() + 10, cell.top() - 6));
    if (box.right() > m_area.right()) {  // into the masked corner, clear of the legend and of the cells
        const QRectF aside = box;
        box.moveRight(m_area.right());
        box.moveBottom(std::min(box.bottom(), m_area.top() + box.left() - m_area.left() - m_cell));
        if (box.top() < m_area.top() || box.left() < m_area.left()) box = aside;
    }
    if (box.right() > width() - 2) box.moveRight(std::max(box.width() + 2, width() - 2.0));
    if (box.top() < 2)
        box.moveTop(box.intersects(cell.adjusted(-4, 0, 4, 0)) || cell.bottom() < 60 ? cell.bottom() + 8 : 2);
    painter.setPen(theme.line);
    painter.setBrush(theme.panel);
    painter.drawRoundedRect(box.toAlignedRect().adjusted(0, 0, -1, -1), 6, 6);
    painter.setFont(monoFont());
    painter.setPen(theme.text);
    painter.drawText(box.adjusted(8, 4, -8, -20), Qt::AlignLeft | Qt::AlignVCenter, where);
    painter.setPen(theme.accent);
    painter.drawText(box.adjusted(8, 20, -8, -4), Qt::AlignLeft | Qt::AlignVCenter, value);
}

void HeatMapPlot::resizeEvent(QResizeEvent*) { arrange(); }

void HeatMapPlot::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) {
        render();
        update();
    }
    QWidget::changeEvent(event);
}

void HeatMapPlot::mouseMoveEvent(QMouseEvent* event) {
    const QPointF place = event->position() - m_area.topLeft();
    const int query = static_cast<int>(std::floor(place.y() / std::max(m_cell, 0.1)));
    const int key = static_cast<int>(std::floor(place.x() / std::max(m_cell, 0.1)));
    if (query != m_query || key != m_key) setHoveredCell(query, key);
}

void HeatMapPlot::mousePressEvent(QMouseEvent* event) {
    mouseMoveEvent(event);
    if (event->button() == Qt::LeftButton && m_query >= 0) emit clicked(m_query, m_key);
}

void HeatMapPlot::leaveEvent(QEvent*) { setHoveredCell(-1, -1); }

void HeatMapPlot::keyPressEvent(QKeyEvent* event) {
    int query = std::max(m_query, 0), key = std::max(m_key, 0);
    if (m_query >= 0) {
        if (event->key() == Qt::Key_Up) --query;
        if (event->key() == Qt::Key_Down) ++query;
        if (event->key() == Qt::Key_Left) --key;
        if (event->key() == Qt::Key_Right) ++key;
    }
    switch (event->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_Left:
        case Qt::Key_Right:
            query = std::clamp(query, 0, std::max(0, size() - 1));
            setHoveredCell(query, std::clamp(key, 0, query));
            break;
        case Qt::Key_Escape: setHoveredCell(-1, -1); break;
        default: QWidget::keyPressEvent(event);
    }
}

}  // namespace gamegpt::ui
