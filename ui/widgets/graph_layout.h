#pragma once

#include <QPainterPath>
#include <QPointF>
#include <QSizeF>

#include <utility>
#include <vector>

namespace gamegpt::ui {

// Where the nodes and edges of a directed graph stand, found by Graphviz's dot: from left to right, edges do not cross
// nodes. In pixels, y downward.
struct GraphLayout {
    QSizeF size;
    std::vector<QPointF> centres;     // one a node
    std::vector<QPainterPath> edges;  // one an edge, from its first node to its second
};

// `nodes` are their sizes, `edges` pairs of their indices. One call at a time: Graphviz is not safe on two threads.
GraphLayout layOut(const std::vector<QSizeF>& nodes, const std::vector<std::pair<int, int>>& edges);

}  // namespace gamegpt::ui
