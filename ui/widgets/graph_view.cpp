#include "ui/widgets/graph_view.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

#include "ui/theme.h"
#include "ui/widgets/picture_export.h"

namespace gamegpt::ui {

namespace {

constexpr double border = 12;

QString number(double value) { return QString::number(value, 'g', 5); }

}  // namespace

GraphView::GraphView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("graphView"));
    setAccessibleName(tr("Graph of values"));
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

std::vector<std::pair<int, int>> GraphView::edgesOf(const ExpressionGraph& graph) {
    std::vector<std::pair<int, int>> edges;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        for (const std::size_t child : graph.nodes[i].children) edges.emplace_back(int(child), int(i));
    return edges;
}

void GraphView::setGraph(const ExpressionGraph& graph, const GraphLayout& layout) {
    m_layout = layout;
    m_active = -1;
    setFigures(graph);
    fit();
}

void GraphView::setFigures(const ExpressionGraph& graph) {
    m_graph = graph;
    QStringList parts;
    for (const ExpressionGraph::Node& node : m_graph.nodes)
        if (!node.name.empty())
            parts << tr("%1: %2, gradient %3")
                         .arg(QString::fromStdString(node.name), number(node.data), number(node.grad));
    setAccessibleDescription(tr("%1 nodes. %2").arg(m_graph.nodes.size()).arg(parts.join(QStringLiteral("; "))));
    update();
}

void GraphView::setActive(int node) {
    m_active = node;
    update();
}

void GraphView::clear() {
    m_graph = {};
    m_layout = {};
    m_active = -1;
    update();
}

void GraphView::fit() {
    m_fitted = true;
    const QSizeF all(m_layout.size.width() + 2 * border, m_layout.size.height() + 2 * border);
    m_scale = std::min({width() / all.width(), height() / all.height(), 1.25});
    m_offset =
        QPointF((width() - m_layout.size.width() * m_scale) / 2, (height() - m_layout.size.height() * m_scale) / 2);
    update();
}

QPointF GraphView::nodePosition(int node) const {
    return m_layout.centres.at(static_cast<std::size_t>(node)) * m_scale + m_offset;
}

int GraphView::nodeAt(const QPointF& position) const {
    const QPointF at = (position - m_offset) / m_scale;
    for (std::size_t i = 0; i < m_layout.centres.size(); ++i) {
        const QPointF distance = at - m_layout.centres[i];
        if (std::abs(distance.x()) <= nodeSize().width() / 2 && std::abs(distance.y()) <= nodeSize().height() / 2)
            return int(i);
    }
    return -1;
}

void GraphView::drawNode(QPainter& painter, int index) const {
    const Theme& theme = themeFor(palette());
    const ExpressionGraph::Node& node = m_graph.nodes[static_cast<std::size_t>(index)];
    QRectF box(QPointF(), nodeSize());
    box.moveCenter(m_layout.centres[static_cast<std::size_t>(index)]);
    const bool leaf = node.op == Tape::Op::leaf;
    const bool active = index == m_active;
    painter.setPen(QPen(active ? theme.accent : node.grad != 0 ? theme.heldOut : theme.line, active ? 2.5 : 1.2));
    painter.setBrush(node.constant ? theme.ground : leaf ? theme.accentSoft : theme.panel);
    painter.drawRoundedRect(box, 6, 6);
    painter.setFont(figureFont(13));
    painter.setPen(theme.text);
    QString title = QString::fromStdString(node.label);
    if (!node.name.empty() && !leaf) title = QStringLiteral("%1 = %2").arg(QString::fromStdString(node.name), title);
    painter.drawText(box.adjusted(6, 3, -6, 0), Qt::AlignHCenter | Qt::AlignTop, title);
    painter.setFont(monoFont());
    painter.setPen(theme.muted);
    painter.drawText(box.adjusted(6, 0, -6, -16), Qt::AlignLeft | Qt::AlignBottom, tr("data"));
    painter.drawText(box.adjusted(6, 0, -6, -3), Qt::AlignLeft | Qt::AlignBottom, tr("grad"));
    painter.setPen(theme.text);
    painter.drawText(box.adjusted(6, 0, -6, -16), Qt::AlignRight | Qt::AlignBottom, number(node.data));
    painter.setPen(node.grad != 0 ? theme.heldOut : theme.muted);
    painter.drawText(box.adjusted(6, 0, -6, -3), Qt::AlignRight | Qt::AlignBottom, number(node.grad));
}

void GraphView::drawGraph(QPainter& painter) const {
    const Theme& theme = themeFor(palette());
    painter.setRenderHint(QPainter::Antialiasing);
    std::size_t edge = 0;
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
        for (std::size_t child = 0; child < m_graph.nodes[i].children.size(); ++child, ++edge) {
            if (edge >= m_layout.edges.size()) return;
            const bool active = int(i) == m_active;
            const QPainterPath& path = m_layout.edges[edge];
            painter.setPen(QPen(active ? theme.accent : theme.muted, active ? 2 : 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawPath(path);
            const QPointF end = path.pointAtPercent(1);
            painter.setBrush(active ? theme.accent : theme.muted);
            painter.drawPolygon(QPolygonF({end, end + QPointF(-7, -3.5), end + QPointF(-7, 3.5)}));
            if (!active) continue;
            painter.setFont(monoFont());  // what a child's gradient grows by
            const double passed = m_graph.nodes[i].local_grads[child] * m_graph.nodes[i].grad;
            painter.drawText(path.pointAtPercent(0.45) + QPointF(-20, -5), QStringLiteral("+= ") + number(passed));
        }
    }
    for (std::size_t i = 0; i < m_layout.centres.size(); ++i) drawNode(painter, int(i));
}

void GraphView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.translate(m_offset);
    painter.scale(m_scale, m_scale);
    drawGraph(painter);
}

bool GraphView::exportTo(const QString& fileName) {
    const QSizeF size = m_layout.size + QSizeF(2 * border, 2 * border);
    return exportPicture(fileName, size.toSize(), [&](QPainter& painter) {
        painter.fillRect(QRectF(QPointF(), size), themeFor(palette()).panel);
        painter.translate(border, border);
        drawGraph(painter);
    });
}

void GraphView::resizeEvent(QResizeEvent*) {
    if (m_fitted) fit();
}

void GraphView::wheelEvent(QWheelEvent* event) {
    const double factor = std::pow(1.0015, event->angleDelta().y());
    const double scale = std::clamp(m_scale * factor, 0.1, 4.0);
    m_offset = event->position() - (event->position() - m_offset) * (scale / m_scale);
    m_scale = scale;
    m_fitted = false;
    update();
}

void GraphView::mousePressEvent(QMouseEvent* event) { m_dragFrom = event->position(); }

void GraphView::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) {
        m_offset += event->position() - m_dragFrom;
        m_dragFrom = event->position();
        m_fitted = false;
        update();
        return;
    }
    const int node = nodeAt(event->position());
    if (node < 0) {
        setToolTip(QString());
        return;
    }
    const ExpressionGraph::Node& hovered = m_graph.nodes[static_cast<std::size_t>(node)];
    QStringList lines{tr("%1: data %2, gradient %3")
                          .arg(QString::fromStdString(hovered.label), number(hovered.data), number(hovered.grad))};
    for (std::size_t i = 0; i < hovered.children.size(); ++i)
        lines << tr("local gradient for child %1: %2").arg(i + 1).arg(number(hovered.local_grads[i]));
    setToolTip(lines.join(QLatin1Char('\n')));
}

void GraphView::mouseDoubleClickEvent(QMouseEvent*) { fit(); }

}  // namespace gamegpt::ui
