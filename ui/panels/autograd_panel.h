#pragma once

#include <QWidget>

#include <map>
#include <optional>

#include "core/autograd/expression.h"
#include "ui/widgets/graph_layout.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace gamegpt::ui {

class Card;
class FiguresModel;
class GraphView;
class LabelledSlider;

// The autograd itself: an expression as a graph with data and gradient in every node. Leaves are dragged, backward()
// goes node by node.
class AutogradPanel : public QWidget {
    Q_OBJECT
   public:
    explicit AutogradPanel(QWidget* parent = nullptr);

    void setExpression(const QString& text);
    // The layout of the graph that layoutWanted() asked for last; others are ignored.
    void setGraphLayout(const ExpressionGraph& graph, const GraphLayout& layout);
    // Nodes of the graph of the present model's loss over so many predictions; 0 if they were not counted.
    void setLossGraph(qint64 nodes, int predictions);
    // The shape of the present model; nothing can be unfolded before.
    void setModel(int layers, int units);
    // A neuron of the model as an expression; `where` says which.
    void setNeuron(const QString& expression, const QString& where);

    const ExpressionGraph& graph() const { return m_graph; }
    std::size_t step() const { return m_step; }
    QString error() const;
    // png, svg or pdf of the graph, csv of its figures, by the name's ending.
    bool exportTo(const QString& fileName);

   signals:
    void layoutWanted(const gamegpt::ExpressionGraph& graph);
    void neuronWanted(int layer, int unit);
    void exportRequested(const QString& format);

   protected:
    void changeEvent(QEvent* event) override;

   private:
    QWidget* buildLeft();
    QWidget* buildSteps();
    void buildTools();
    void buildLeaves();
    void parse();
    void underline(const ExpressionError& error);
    void setStep(std::size_t step);
    void recompute();

    Card* m_card;
    QComboBox* m_examples;
    QPlainTextEdit* m_text;
    QLabel *m_error, *m_explanation, *m_lossGraph, *m_where;
    QWidget* m_leavesHost;
    std::vector<LabelledSlider*> m_leaves;
    QToolButton *m_first, *m_back, *m_forward, *m_last, *m_tableButton;
    QStackedWidget* m_views;
    GraphView* m_view;
    FiguresModel* m_figures;
    QSpinBox *m_layer, *m_unit;
    QPushButton* m_unfold;

    std::optional<Expression> m_expression;
    std::map<std::string, double> m_values;  // of leaves that were dragged
    ExpressionGraph m_graph;
    ExpressionGraph m_awaited;  // whose layout was asked for
    std::size_t m_step = 0;     // of backward(); 0 is the forward pass alone
};

}  // namespace gamegpt::ui
