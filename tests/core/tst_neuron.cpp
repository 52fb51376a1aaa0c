// The autograd explorer's view of a model: a neuron unfolded, and the size of the graph of its loss.

#include <QtTest>

#include <cmath>
#include <numeric>

#include "core/autograd/expression.h"
#include "core/engine/reference_engine.h"
#include "core/inspect/neuron.h"

using namespace gamegpt;

class TestNeuron : public QObject {
    Q_OBJECT

   private slots:
    void theMlpIsMadeOfItsNeurons() {  // residual after the MLP = residual before it + fc2 of all its neurons
        const Weights weights = Weights::initial(ModelConfig{});
        const std::vector<TokenId> tokens = {0, 3, 4, 20, 30, 8};
        const Trace traced = trace(weights, tokens);
        const int layer = 1, position = 4;
        const auto fc2 = weights.view("layer1.mlp_fc2");  // (32, 128)
        std::vector<double> hidden;
        for (int unit = 0; unit < 128; ++unit) hidden.push_back(mlp_neuron(weights, traced, layer, unit, position).output);
        for (std::size_t i = 0; i < 32; ++i) {
            const double added = std::inner_product(hidden.begin(), hidden.end(), fc2.begin() + static_cast<std::ptrdiff_t>(i * 128), 0.0);
            QVERIFY(std::abs(traced.residual[3][position][i] + added - traced.residual[4][position][i]) < 1e-12);
        }
    }

    void itsExpressionGivesItsOutput() {
        const Weights weights = Weights::initial(ModelConfig{});
        const Trace traced = trace(weights, std::vector<TokenId>{0, 3, 4, 20});
        for (int unit = 0; unit < 8; ++unit) {
            const Neuron neuron = mlp_neuron(weights, traced, 0, unit, 3);
            ExpressionError error;
            const auto expression = Expression::parse(expression_of(neuron), error);
            QVERIFY2(expression.has_value(), error.message.c_str());
            QCOMPARE(expression->leaves().size(), std::size_t{64});
            const ExpressionGraph graph = expression->graph();
            QVERIFY(std::abs(graph.nodes[graph.root].data - neuron.output) < 1e-4);  // numbers are written with 6 digits
        }
    }

    void unitsThatAreNotThereAreRefused() {
        const Weights weights = Weights::initial(ModelConfig{});
        const Trace traced = trace(weights, std::vector<TokenId>{0, 3});
        QVERIFY_EXCEPTION_THROWN(mlp_neuron(weights, traced, 0, 128, 0), std::out_of_range);
        QVERIFY_EXCEPTION_THROWN(mlp_neuron(weights, traced, 2, 0, 0), std::out_of_range);
        QVERIFY_EXCEPTION_THROWN(mlp_neuron(weights, traced, 0, 0, 2), std::out_of_range);
    }

    void theGraphIsCountedWithoutBuildingIt_data() {
        QTest::addColumn<int>("predictions");
        for (const int n : {1, 2, 3, 4, 9, 16}) QTest::newRow(qPrintable(QString::number(n))) << n;
    }
    void theGraphIsCountedWithoutBuildingIt() {
        QFETCH(int, predictions);
        ModelConfig config;
        config.vocab_size = 11;
        config.n_layer = 2;
        config.n_embd = 8;
        config.n_head = 2;
        config.block_size = 16;
        ReferenceEngine engine(config);
        const Weights weights = Weights::initial(config);
        std::vector<double> gradients(weights.values().size());
        const std::vector<TokenId> tokens(static_cast<std::size_t>(predictions) + 1, 3);
        const Window window = tokens;
        engine.loss_and_gradients(weights.values(), std::span(&window, 1), gradients);
        QCOMPARE(loss_graph_nodes(config, predictions), engine.nodes());
    }
};

QTEST_APPLESS_MAIN(TestNeuron)
#include "tst_neuron.moc"
