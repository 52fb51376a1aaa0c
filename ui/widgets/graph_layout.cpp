#include "ui/widgets/graph_layout.h"

#include <graphviz/gvc.h>

#include <QByteArray>

#include <memory>

namespace gamegpt::ui {

namespace {

constexpr double pointsPerInch = 72;

void set(void* object, const char* name, double inches) {
    agsafeset(object, const_cast<char*>(name), QByteArray::number(inches, 'f', 4).data(), const_cast<char*>(""));
}

void set(void* object, const char* name, const char* value) {
    agsafeset(object, const_cast<char*>(name), const_cast<char*>(value), const_cast<char*>(""));
}

}  // namespace

GraphLayout layOut(const std::vector<QSizeF>& nodes, const std::vector<std::pair<int, int>>& edges) {
    GraphLayout layout;
    if (nodes.empty()) return layout;
    const std::unique_ptr<GVC_t, int (*)(GVC_t*)> context(gvContext(), gvFreeContext);
    const std::unique_ptr<Agraph_t, int (*)(Agraph_t*)> graph(agopen(const_cast<char*>("graph"), Agdirected, nullptr),
                                                              agclose);
    set(graph.get(), "rankdir", "LR");
    set(graph.get(), "nodesep", 0.2);
    set(graph.get(), "ranksep", 0.45);
    std::vector<Agnode_t*> ofNode;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        Agnode_t* node = agnode(graph.get(), QByteArray::number(int(i)).data(), 1);
        set(node, "shape", "box");
        set(node, "label", "");
        set(node, "fixedsize", "true");
        set(node, "width", nodes[i].width() / pointsPerInch);
        set(node, "height", nodes[i].height() / pointsPerInch);
        ofNode.push_back(node);
    }
    std::vector<Agedge_t*> ofEdge;
    for (const auto& [from, to] : edges)
        ofEdge.push_back(agedge(graph.get(), ofNode[static_cast<std::size_t>(from)],
                                ofNode[static_cast<std::size_t>(to)], nullptr, 1));
    if (gvLayout(context.get(), graph.get(), "dot") != 0) return layout;
    const boxf box = GD_bb(graph.get());
    layout.size = QSizeF(box.UR.x - box.LL.x, box.UR.y - box.LL.y);
    const auto turned = [&](pointf point) { return QPointF(point.x - box.LL.x, box.UR.y - point.y); };
    for (Agnode_t* node : ofNode) layout.centres.push_back(turned(ND_coord(node)));
    for (Agedge_t* edge : ofEdge) {
        QPainterPath path;
        if (const splines* curves = ED_spl(edge); curves != nullptr && curves->size > 0) {
            const bezier& curve = curves->list[0];
            path.moveTo(turned(curve.list[0]));
            for (int i = 1; i + 2 < static_cast<int>(curve.size); i += 3)
                path.cubicTo(turned(curve.list[i]), turned(curve.list[i + 1]), turned(curve.list[i + 2]));
            if (curve.eflag != 0) path.lineTo(turned(curve.ep));
        }
        layout.edges.push_back(path);
    }
    gvFreeLayout(context.get(), graph.get());
    return layout;
}

}  // namespace gamegpt::ui
