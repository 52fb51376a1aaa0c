#include "ui/plots/small_maps.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "ui/theme.h"

namespace gamegpt::ui {

namespace {
constexpr int gap = 6;
constexpr int mostSide = 72;
constexpr int leastSide = 28;
constexpr int mostPixels = 96;  // of a map's image: longer sequences are sampled

int tokensOf(const Trace& trace) { return static_cast<int>(trace.attention.front().front().size()); }
}  // namespace

SmallMaps::SmallMaps(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("smallMaps"));
    setAccessibleName(tr("Layer by head"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int SmallMaps::layers() const { return m_trace ? static_cast<int>(m_trace->attention.size()) : 0; }
int SmallMaps::heads() const { return layers() > 0 ? static_cast<int>(m_trace->attention.front().size()) : 0; }

void SmallMaps::setTrace(std::shared_ptr<const Trace> trace) {
    const int oldLayers = layers(), oldHeads = heads();
    m_trace = std::move(trace);
    render();
    if (layers() != oldLayers || heads() != oldHeads) updateGeometry();
    update();
}

void SmallMaps::setSelected(int layer, int head) {
    m_layer = layer;
    m_head = head;
    setAccessibleDescription(tr("Head %1.%2 is selected.").arg(layer + 1).arg(head + 1));
    update();
}

SmallMaps::Grid SmallMaps::gridFor(int width) const {
    Grid grid;
    const int count = std::max(1, heads());
    grid.columns = std::clamp((width + gap) / (leastSide + gap), 1, count);
    grid.rowsALayer = (count + grid.columns - 1) / grid.columns;
    grid.columns = (count + grid.rowsALayer - 1) / grid.rowsALayer;  // even rows
    grid.side = std::clamp((width - 4 + gap) / grid.columns - gap, 12, mostSide);
    return grid;
}

QRect SmallMaps::mapRect(int layer, int head) const {
    if (layer < 0 || head < 0 || layer >= layers() || head >= heads()) return QRect();
    const Grid grid = gridFor(width());
    const int row = layer * grid.rowsALayer + head / grid.columns;
    return QRect(2 + (head % grid.columns) * (grid.side + gap), 2 + row * (grid.side + gap), grid.side, grid.side);
}

int SmallMaps::heightForWidth(int width) const {
    const Grid grid = gridFor(width);
    return std::max(1, layers()) * grid.rowsALayer * (grid.side + gap) - gap + 4;
}

QSize SmallMaps::sizeHint() const { return QSize(220, heightForWidth(width() > 0 ? width() : 220)); }

void SmallMaps::render() {
    m_images.clear();
    if (!m_trace) return;
    const QRgb masked = themeFor(palette()).ground.rgb();
    const auto& colours = viridisTable();
    for (const auto& layer : m_trace->attention)
        for (const auto& rows : layer) {
            const int n = static_cast<int>(rows.size());
            const int pixels = std::clamp(n, 1, mostPixels);
            QImage image(pixels, pixels, QImage::Format_RGB32);
            image.fill(masked);
            for (int y = 0; y < pixels && n > 0; ++y) {
                const auto& row =
                    rows[static_cast<std::size_t>(y) * static_cast<std::size_t>(n) / static_cast<std::size_t>(pixels)];
                QRgb* line = reinterpret_cast<QRgb*>(image.scanLine(y));
                for (int x = 0; x <= y; ++x) {
                    const auto key =
                        static_cast<std::size_t>(x) * static_cast<std::size_t>(n) / static_cast<std::size_t>(pixels);
                    if (key < row.size())
                        line[x] = colours[static_cast<std::size_t>(std::lround(std::clamp(row[key], 0.0, 1.0) * 255))];
                }
            }
            m_images.push_back(std::move(image));
        }
}

void SmallMaps::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    for (int layer = 0; layer < layers(); ++layer)
        for (int head = 0; head < heads(); ++head) {
            const auto i = static_cast<std::size_t>(layer * heads() + head);
            const QRect box = mapRect(layer, head);
            if (i >= m_images.size()) continue;
            painter.setRenderHint(QPainter::SmoothPixmapTransform, m_images[i].width() > box.width());
            painter.drawImage(box, m_images[i]);
            paintPointed(painter, box);
            if (layer != m_layer || head != m_head) continue;
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(theme.accent, 2));
            painter.drawRoundedRect(QRectF(box).adjusted(-1, -1, 1, 1), 3, 3);
            painter.setRenderHint(QPainter::Antialiasing, false);
        }
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1, Qt::DotLine));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void SmallMaps::paintPointed(QPainter& painter, const QRect& box) const {
    const auto tokens = static_cast<double>(tokensOf(*m_trace));
    if (m_query < 0 || m_query >= tokens) return;
    const Theme& theme = themeFor(palette());
    const double cell = box.width() / tokens;
    const QRectF place(box.left() + m_key * cell, box.top() + m_query * cell, cell, cell);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.bad, 1.5));
    painter.drawRect(place.adjusted(-1.5, -1.5, 1.5, 1.5));
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void SmallMaps::setPointed(int query, int key) {
    if (m_query == query && m_key == key) return;
    m_query = query;
    m_key = key;
    update();
}

void SmallMaps::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) {
        render();
        update();
    }
    QWidget::changeEvent(event);
}

int SmallMaps::mapAt(const QPoint& position) const {
    for (int layer = 0; layer < layers(); ++layer)
        for (int head = 0; head < heads(); ++head)
            if (mapRect(layer, head).adjusted(-2, -2, 2, 2).contains(position)) return layer * heads() + head;
    return -1;
}

void SmallMaps::pick(int layer, int head) {
    if (layer < 0 || head < 0 || layer >= layers() || head >= heads()) return;
    setSelected(layer, head);
    emit selected(layer, head);
}

void SmallMaps::mousePressEvent(QMouseEvent* event) {
    const int at = mapAt(event->pos());
    if (event->button() == Qt::LeftButton && at >= 0) pick(at / heads(), at % heads());
}

void SmallMaps::mouseMoveEvent(QMouseEvent* event) {
    const int at = mapAt(event->pos());
    setToolTip(at < 0 ? QString() : tr("Layer %1, head %2").arg(at / heads() + 1).arg(at % heads() + 1));
    int query = -1, key = -1;
    if (at >= 0) {
        const QRect box = mapRect(at / heads(), at % heads());
        const auto tokens = tokensOf(*m_trace);
        const auto index = [&](int pixel) { return std::clamp(pixel * tokens / box.width(), 0, tokens - 1); };
        query = index(event->pos().y() - box.top());
        key = index(event->pos().x() - box.left());
        if (key > query) query = key = -1;
    }
    emit pointed(query, key);
}

void SmallMaps::leaveEvent(QEvent*) { emit pointed(-1, -1); }

void SmallMaps::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left: pick(m_layer, m_head - 1); break;
        case Qt::Key_Right: pick(m_layer, m_head + 1); break;
        case Qt::Key_Up: pick(m_layer - 1, m_head); break;
        case Qt::Key_Down: pick(m_layer + 1, m_head); break;
        default: QWidget::keyPressEvent(event);
    }
}

}  // namespace gamegpt::ui
