#pragma once

#include <QObject>

#include "core/autograd/expression.h"
#include "core/train/training_loop.h"
#include "ui/controllers/latest_task.h"
#include "ui/widgets/graph_layout.h"

namespace gamegpt::ui {

// Lays graphs out, counts the graph of a model's loss and unfolds its neurons, off the GUI thread.
class AutogradController : public QObject {
    Q_OBJECT
   public:
    explicit AutogradController(QObject* parent = nullptr);

    void layOut(const ExpressionGraph& graph);
    // Models too large to build three predictions of are not counted: nodes is 0 then.
    void count(const ModelConfig& config);
    // A unit of a layer's MLP at the last of these tokens.
    void unfold(std::shared_ptr<const ModelSnapshot> snapshot, std::vector<TokenId> tokens, int layer, int unit);

   signals:
    void laidOut(const gamegpt::ExpressionGraph& graph, const gamegpt::ui::GraphLayout& layout);
    void counted(qint64 nodes, int predictions);
    void unfolded(const QString& expression, const QString& where);
    void failed(const QString& sentence);

   private:
    struct LaidOut {
        ExpressionGraph graph;
        GraphLayout layout;
    };
    struct Counted {
        qint64 nodes;
        int predictions;
    };
    struct Unfolded {
        QString expression, where;
    };
    LatestTask<Outcome<LaidOut>> m_layout;
    LatestTask<Outcome<Counted>> m_count;
    LatestTask<Outcome<Unfolded>> m_unfold;
};

}  // namespace gamegpt::ui
