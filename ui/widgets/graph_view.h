#pragma once

#include <QWidget>

#include "core/autograd/expression.h"
#include "ui/widgets/graph_layout.h"

class QPainter;

namespace gamegpt::ui {

// A graph of values: in every node its name or operation, data and gradient; arrows go from children to parents, with
// the local gradients on them. The wheel zooms, the mouse drags, a double click shows everything.
class GraphView : public QWidget {
    Q_OBJECT
   public:
    explicit GraphView(QWidget* parent = nullptr);

    // A new graph with its layout (of nodeSize() nodes; an edge a child, node by node).
    void setGraph(const ExpressionGraph& graph, const GraphLayout& layout);
    // Other figures in the same graph.
    void setFigures(const ExpressionGraph& graph);
    // The node that passes its gradient on in this step; -1 for none.
    void setActive(int node);
    void clear();

    static QSizeF nodeSize() { return QSizeF(112, 52); }
    static std::vector<std::pair<int, int>> edgesOf(const ExpressionGraph& graph);
    const ExpressionGraph& graph() const { return m_graph; }
    QPointF nodePosition(int node) const;  // of its centre on this widget
    int nodeAt(const QPointF& position) const;
    bool exportTo(const QString& fileName);

    QSize sizeHint() const override { return QSize(560, 320); }
    QSize minimumSizeHint() const override { return QSize(200, 140); }

   protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

   private:
    void fit();
    void drawGraph(QPainter& painter) const;
    void drawNode(QPainter& painter, int node) const;

    ExpressionGraph m_graph;
    GraphLayout m_layout;
    int m_active = -1;
    double m_scale = 1;
    QPointF m_offset;
    QPointF m_dragFrom;
    bool m_fitted = true;
};

}  // namespace gamegpt::ui
