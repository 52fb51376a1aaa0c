#include "ui/panels/autograd_panel.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTableView>
#include <QTextEdit>
#include <QToolButton>

#include <algorithm>
#include <cmath>

#include "ui/models/figures_model.h"
#include "ui/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/export_button.h"
#include "ui/widgets/figures_table.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"
#include "ui/widgets/graph_view.h"
#include "ui/widgets/labelled_slider.h"

namespace gamegpt::ui {

namespace {

constexpr int leftWidth = 300;
constexpr std::size_t mostSliders = 12;  // leaves; the graph of a neuron has more

// The original's worked example comes first.
const std::pair<const char*, const char*> examples[] = {
    {QT_TRANSLATE_NOOP("gamegpt::ui::AutogradPanel", "Worked example"), "a = 2; b = 3\nc = a*b + a**2"},
    {QT_TRANSLATE_NOOP("gamegpt::ui::AutogradPanel", "relu and division"),
     "a = 2; b = 3\nc = a*b + a**2\nd = relu(c) - 5/a"},
    {QT_TRANSLATE_NOOP("gamegpt::ui::AutogradPanel", "A neuron"),
     "x0 = 0.5; x1 = -1.2\nw0 = 0.8; w1 = 0.3; b = 0.1\nh = relu(w0*x0 + w1*x1 + b)"},
    {QT_TRANSLATE_NOOP("gamegpt::ui::AutogradPanel", "Softmax and loss"),
     "a = 1; b = 2; c = 0.5\ntotal = exp(a) + exp(b) + exp(c)\nloss = -log(exp(b) / total)"},
};

QString number(double value) { return QString::number(value, 'g', 5); }

QString nameOf(const ExpressionGraph& graph, std::size_t node) {
    const ExpressionGraph::Node& of = graph.nodes[node];
    if (of.op == Tape::Op::leaf) return QString::fromStdString(of.label);
    if (of.name.empty()) return QStringLiteral("(%1)").arg(QString::fromStdString(of.label));
    return QString::fromStdString(of.name);
}

}  // namespace

AutogradPanel::AutogradPanel(QWidget* parent)
    : QWidget(parent),
      m_card(new Card(tr("Autograd"))),
      m_views(new QStackedWidget),
      m_view(new GraphView),
      m_figures(new FiguresModel(
          {tr("Node"), tr("Operation"), tr("Data"), tr("Gradient"), tr("Children"), tr("Local gradients")}, this)) {
    setObjectName(QStringLiteral("autogradPanel"));
    setAccessibleName(tr("Autograd"));
    setMinimumWidth(360);
    buildTools();
    auto* right = new QWidget;
    auto* rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 0, 0);
    rightColumn->setSpacing(6);
    rightColumn->addWidget(buildSteps());
    m_views->addWidget(m_view);
    m_views->addWidget(makeFiguresTable(m_figures, "graphTable", tr("Nodes of the graph")));
    rightColumn->addWidget(m_views, 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(buildLeft());
    row->addWidget(right, 1);
    m_card->content()->addLayout(row, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
    setModel(0, 0);
    setExpression(QString::fromLatin1(examples[0].second));
}

void AutogradPanel::buildTools() {
    m_tableButton = makeTool(tr("Table"), "graphTableButton", tr("Table"), tr("The graph's figures as a table"), true);
    connect(m_tableButton, &QToolButton::toggled, m_views, [this](bool on) { m_views->setCurrentIndex(on ? 1 : 0); });
    auto* exportButton = new ExportButton("exportGraphButton", QStringLiteral("exportGraph_"));
    connect(exportButton, &ExportButton::chosen, this, &AutogradPanel::exportRequested);
    m_card->addHeaderWidget(m_tableButton);
    m_card->addHeaderWidget(exportButton);
}

QWidget* AutogradPanel::buildLeft() {
    auto* left = new QWidget;
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, scrollBarWidth + 1, 0);
    column->setSpacing(8);
    m_examples = named(new QComboBox, "expressionExamples", tr("Examples"));
    m_examples->setPlaceholderText(tr("Examples"));
    for (const auto& [name, text] : examples) m_examples->addItem(tr(name), QString::fromLatin1(text));
    connect(m_examples, &QComboBox::activated, this,
            [this](int index) { setExpression(m_examples->itemData(index).toString()); });
    column->addWidget(m_examples);
    m_text = named(new QPlainTextEdit, "expressionEdit", tr("Expression"));
    m_text->setFont(monoFont(13));
    m_text->setFixedHeight(96);
    m_text->setTabChangesFocus(true);
    m_text->setToolTip(
        tr("+ - * / ** and relu, exp, log; statements end with ; or a new line, the last one is the root"));
    connect(m_text, &QPlainTextEdit::textChanged, this, &AutogradPanel::parse);
    column->addWidget(m_text);
    m_error = named(makeText({}, "bad"), "expressionError", tr("Error"));
    m_where = named(makeText({}, "caption"), "neuronWhere", tr("Neuron"));
    m_where->hide();
    column->addWidget(m_error);
    column->addWidget(m_where);
    m_leavesHost = new QWidget;
    (new QVBoxLayout(m_leavesHost))->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_leavesHost);
    auto* model = makeText(tr("In the present model"), "title");
    column->addSpacing(4);
    column->addWidget(model);
    m_lossGraph = named(makeText({}, "caption"), "lossGraph", tr("Graph of the loss"));
    column->addWidget(m_lossGraph);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(5);
    m_layer = makeSpin(1, 1, 1, "neuronLayerSpin", tr("Layer"));
    m_unit = makeSpin(0, 0, 0, "neuronUnitSpin", tr("Unit of the MLP"));
    addRow(grid, tr("Layer"), m_layer, 84);
    addRow(grid, tr("Unit of the MLP"), m_unit, 84);
    column->addLayout(grid);
    m_unfold = named(new QPushButton(tr("Unfold this neuron")), "unfoldButton", tr("Unfold this neuron"));
    m_unfold->setToolTip(tr("Shows the neuron as it stands at the current sample's last token"));
    connect(m_unfold, &QPushButton::clicked, this,
            [this] { emit neuronWanted(m_layer->value() - 1, m_unit->value()); });
    column->addWidget(m_unfold, 0, Qt::AlignRight);
    column->addStretch(1);
    QScrollArea* area = scrolled(left);
    area->setFixedWidth(leftWidth);
    return area;
}

QWidget* AutogradPanel::buildSteps() {
    auto* host = new QWidget;
    auto* row = new QHBoxLayout(host);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    m_first = makeTool(tr("Forward only"), "backwardNone", tr("Forward only"), tr("No gradients yet"));
    m_back = makeTool(QStringLiteral("\u25c0"), "backwardBack", tr("Step back"), tr("One step of backward() back"));
    m_forward = makeTool(tr("Step backward() \u25b6"), "backwardStep", tr("Step backward()"),
                         tr("The next node passes its gradient on"));
    m_last = makeTool(tr("All"), "backwardAll", tr("All"), tr("All of backward()"));
    for (QToolButton* button : {m_first, m_back, m_forward, m_last}) row->addWidget(button);
    connect(m_first, &QToolButton::clicked, this, [this] { setStep(0); });
    connect(m_back, &QToolButton::clicked, this, [this] { setStep(m_step - 1); });
    connect(m_forward, &QToolButton::clicked, this, [this] { setStep(m_step + 1); });
    connect(m_last, &QToolButton::clicked, this, [this] { setStep(m_graph.backward_order.size() + 1); });
    m_explanation = named(makeText({}, "caption"), "backwardExplanation", tr("What this step does"));
    m_explanation->setMinimumHeight(2 * QFontMetrics(captionFont()).lineSpacing());
    row->addWidget(m_explanation, 1);
    return host;
}

void AutogradPanel::setExpression(const QString& text) {
    m_where->hide();
    m_text->setPlainText(text);
}

QString AutogradPanel::error() const { return m_error->text(); }

void AutogradPanel::parse() {
    ExpressionError error;
    const QByteArray text = m_text->toPlainText().toUtf8();
    const auto expression = Expression::parse(std::string_view(text.constData(), std::size_t(text.size())), error);
    m_text->setExtraSelections({});
    m_error->setText(expression ? QString() : QString::fromStdString(error.message));
    m_error->setVisible(!expression);
    if (!expression) {  // what was right before stays on screen
        underline(error);
        return;
    }
    m_expression = expression;
    m_values.clear();
    buildLeaves();
    m_step = static_cast<std::size_t>(-1);
    m_awaited = m_expression->graph({}, m_step);
    m_graph = m_awaited;
    m_step = m_graph.backward_order.size() + 1;
    emit layoutWanted(m_awaited);
    recompute();
}

// Offsets of the error are bytes; the editor counts characters.
void AutogradPanel::underline(const ExpressionError& error) {
    const QByteArray text = m_text->toPlainText().toUtf8();
    const int from = int(QString::fromUtf8(text.left(qsizetype(error.offset))).size());
    const int length = int(QString::fromUtf8(text.mid(qsizetype(error.offset), qsizetype(error.length))).size());
    QTextEdit::ExtraSelection selection;
    selection.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    selection.format.setUnderlineColor(themeFor(palette()).bad);
    selection.format.setBackground(blend(themeFor(palette()).field, themeFor(palette()).bad, 0.2));
    selection.cursor = m_text->textCursor();
    selection.cursor.setPosition(length > 0 ? from : std::max(from - 1, 0));
    selection.cursor.setPosition(length > 0 ? from + length : from, QTextCursor::KeepAnchor);
    m_text->setExtraSelections({selection});
}

void AutogradPanel::buildLeaves() {
    qDeleteAll(m_leaves);
    m_leaves.clear();
    const auto& leaves = m_expression->leaves();
    if (leaves.size() > mostSliders) return;  // a neuron's are read in the graph
    for (const Expression::Leaf& leaf : leaves) {
        const QString name = QString::fromStdString(leaf.name);
        auto* slider = new LabelledSlider(name, ("leaf_" + leaf.name).c_str());
        const double reach = std::max(5.0, 2 * std::abs(leaf.value));
        slider->setRange(-reach, reach, 0.05);
        slider->setNumberSize(13);
        slider->setValue(leaf.value);
        connect(slider, &LabelledSlider::valueChanged, this, [this, key = leaf.name](double value) {
            m_values[key] = value;
            recompute();
        });
        m_leavesHost->layout()->addWidget(slider);
        m_leaves.push_back(slider);
    }
}

void AutogradPanel::setStep(std::size_t step) {
    m_step = step;
    recompute();
}

void AutogradPanel::recompute() {
    if (!m_expression) return;
    m_graph = m_expression->graph(m_values, m_step);
    const auto& order = m_graph.backward_order;
    if (m_view->graph().nodes.size() == m_graph.nodes.size()) m_view->setFigures(m_graph);
    // Step 1 sets the root's gradient; step i + 1 lets node i of the order pass on.
    const bool passing = m_step >= 2 && m_step <= order.size() + 1;
    m_view->setActive(m_step == 1 ? int(order[0]) : passing ? int(order[m_step - 2]) : -1);
    if (m_step == 0) m_explanation->setText(tr("Forward pass: every node has its data, all gradients are 0."));
    else if (m_step == 1)
        m_explanation->setText(tr("Step 1 of %1: the gradient of %2 with respect to itself is 1.")
                                   .arg(order.size() + 1)
                                   .arg(nameOf(m_graph, order[0])));
    else if (passing) {
        const ExpressionGraph::Node& node = m_graph.nodes[order[m_step - 2]];
        QStringList parts;
        for (std::size_t i = 0; i < node.children.size(); ++i)
            parts << tr("%1 += %2 \u00d7 %3")
                         .arg(nameOf(m_graph, node.children[i]), number(node.local_grads[i]), number(node.grad));
        m_explanation->setText(
            tr("Step %1 of %2: %3 has gradient %4. %5")
                .arg(m_step)
                .arg(order.size() + 1)
                .arg(nameOf(m_graph, order[m_step - 2]), number(node.grad),
                     parts.isEmpty() ? tr("It is a leaf: nothing to pass on.") : parts.join(QStringLiteral(", "))));
    }
    m_first->setEnabled(m_step > 0);
    m_back->setEnabled(m_step > 0);
    m_forward->setEnabled(m_step < order.size() + 1);
    m_last->setEnabled(m_step < order.size() + 1);
    std::vector<FiguresModel::Row> rows;
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
        const ExpressionGraph::Node& node = m_graph.nodes[i];
        QStringList children, locals;
        for (std::size_t child = 0; child < node.children.size(); ++child) {
            children << nameOf(m_graph, node.children[child]);
            locals << number(node.local_grads[child]);
        }
        rows.push_back({{nameOf(m_graph, i)},
                        {QString::fromStdString(node.label)},
                        {number(node.data), node.data},
                        {number(node.grad), node.grad},
                        {children.join(QStringLiteral(", "))},
                        {locals.join(QStringLiteral(", "))}});
    }
    m_figures->setRows(std::move(rows));
    m_card->setFact(tr("%1 nodes").arg(grouped(qint64(m_graph.nodes.size()))));
}

void AutogradPanel::setGraphLayout(const ExpressionGraph& graph, const GraphLayout& layout) {
    if (graph.nodes.size() != m_awaited.nodes.size() || GraphView::edgesOf(graph) != GraphView::edgesOf(m_awaited))
        return;
    m_view->setGraph(graph, layout);
    recompute();
}

void AutogradPanel::setLossGraph(qint64 nodes, int predictions) {
    m_lossGraph->setText(
        nodes > 0 ? tr("The graph of its loss over %1 predictions has %2 nodes: each is a number like these.")
                        .arg(grouped(predictions), grouped(nodes))
                  : tr("Its loss has a graph too large to be built here."));
}

void AutogradPanel::setModel(int layers, int units) {
    m_layer->setRange(1, std::max(layers, 1));
    m_unit->setRange(0, std::max(units - 1, 0));
    m_unfold->setEnabled(layers > 0);
    if (layers == 0) m_lossGraph->setText(tr("There is no model yet."));
}

void AutogradPanel::setNeuron(const QString& expression, const QString& where) {
    setExpression(expression);
    m_examples->setCurrentIndex(-1);
    m_where->setText(where);
    m_where->show();
}

void AutogradPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange && m_error && !m_error->text().isEmpty()) parse();  // its colours
    QWidget::changeEvent(event);
}

bool AutogradPanel::exportTo(const QString& fileName) {
    if (!fileName.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive)) return m_view->exportTo(fileName);
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly)) return false;
    file.write(m_figures->csv().toUtf8());
    return file.commit();
}

}  // namespace gamegpt::ui
