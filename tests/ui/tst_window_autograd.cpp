#include <QPlainTextEdit>
#include <QSlider>
#include <QTableView>
#include <QTextBlock>

#include "ui/models/figures_model.h"
#include "ui/panels/autograd_panel.h"
#include "ui/widgets/graph_view.h"
#include "workbench.h"

using namespace gamegpt;
using namespace gamegpt::ui;

// The autograd explorer in the real window.
class TestWindowAutograd : public QObject {
    Q_OBJECT

   private:
    static bool open(Workbench& bench) {
        return bench.waitForState("Ready") && bench.click("inspectLayout") && bench.chooseTab("Autograd") &&
               bench.waitFor([&] { return bench.find<GraphView>("graphView")->graph().nodes.size() == 5; });
    }
    static double gradOf(const AutogradPanel& panel, const std::string& name) {
        for (const auto& node : panel.graph().nodes)
            if (node.name == name) return node.grad;
        return NAN;
    }
    static AutogradPanel& panelOf(Workbench& bench) { return *bench.window().findChild<AutogradPanel*>(); }
    static void write(Workbench& bench, const QString& text) {
        auto* edit = bench.find<QPlainTextEdit>("expressionEdit");
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }

   private slots:
    void init() { QSettings().clear(); }

    void backwardGoesStepByStep() {
        Workbench bench;
        QVERIFY(open(bench));
        auto& panel = panelOf(bench);
        QCOMPARE(gradOf(panel, "a"), 7.0);
        QVERIFY(bench.click("backwardNone"));
        QCOMPARE(gradOf(panel, "a"), 0.0);
        QVERIFY(!bench.isEnabled("backwardBack"));
        QVERIFY(bench.click("backwardStep"));
        QCOMPARE(gradOf(panel, "c"), 1.0);
        QCOMPARE(gradOf(panel, "a"), 0.0);
        QVERIFY(bench.textOf("backwardExplanation").contains("with respect to itself is 1"));
        QVERIFY(bench.click("backwardStep"));
        QVERIFY(bench.textOf("backwardExplanation").startsWith("Step 2 of 6: c has gradient 1."));
        QVERIFY(bench.click("backwardBack"));
        QVERIFY(bench.click("backwardAll"));
        QCOMPARE(gradOf(panel, "a"), 7.0);
        QCOMPARE(gradOf(panel, "b"), 2.0);
        QVERIFY(!bench.isEnabled("backwardStep"));
    }

    void aLeafIsDragged() {
        Workbench bench;
        QVERIFY(open(bench));
        auto& panel = panelOf(bench);
        auto* slider = bench.find<QSlider>("leaf_a");
        QVERIFY(slider && slider->isVisible() && slider->isEnabled());
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_End);  // a = 5, b = 3
        QCOMPARE(panel.graph().nodes[panel.graph().root].data, 40.0);
        QCOMPARE(gradOf(panel, "a"), 13.0);
        QCOMPARE(gradOf(panel, "b"), 5.0);
    }

    void errorsAreUnderlined_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("wrong");
        QTest::addColumn<QString>("message");
        QTest::newRow("a stray sign") << "a = 2; a + $b" << "$" << "found '$'; a number, a name or '(' was expected";
        QTest::newRow("an unknown function") << "sin(x)" << "sin" << "found 'sin'; relu, exp or log was expected";
        QTest::newRow("behind a letter of two bytes") << QString::fromUtf8("a + \u00e4") << QString::fromUtf8("\u00e4")
                                                      << QString::fromUtf8("found '\u00e4'; a number, a name or '(' was expected");
    }
    void errorsAreUnderlined() {
        QFETCH(QString, text);
        QFETCH(QString, wrong);
        QFETCH(QString, message);
        Workbench bench;
        QVERIFY(open(bench));
        bench.find<QPlainTextEdit>("expressionEdit")->setPlainText(text);
        QCOMPARE(bench.textOf("expressionError"), message);
        const auto selections = bench.find<QPlainTextEdit>("expressionEdit")->extraSelections();
        QCOMPARE(selections.size(), 1);
        QCOMPARE(selections[0].cursor.selectedText(), wrong);
        QCOMPARE(panelOf(bench).graph().nodes.size(), std::size_t{5});  // what was right stays
        write(bench, "x * x");
        QVERIFY(!bench.isShown("expressionError"));
        QVERIFY(bench.find<QPlainTextEdit>("expressionEdit")->extraSelections().isEmpty());
        QCOMPARE(panelOf(bench).graph().nodes.size(), std::size_t{2});
    }

    void theTableHasTheGraphsFigures() {
        Workbench bench;
        QVERIFY(open(bench));
        QVERIFY(bench.click("graphTableButton"));
        const auto* table = bench.find<QTableView>("graphTable");
        QVERIFY(table->isVisible());
        QCOMPARE(table->model()->rowCount(), 5);
        QCOMPARE(table->model()->index(0, 0).data().toString(), QString("a"));
        QCOMPARE(table->model()->index(0, 3).data().toString(), QString("7"));
        const QTemporaryDir folder;
        for (const QString format : {"png", "svg", "pdf", "csv"}) {
            bench.dialogs.setNextFileName(folder.filePath("graph." + format));
            bench.find<QAction>(qPrintable("exportGraph_" + format))->trigger();
            QVERIFY2(QFileInfo(folder.filePath("graph." + format)).size() > 100, qPrintable(format));
        }
        QVERIFY(bytesOf(folder.filePath("graph.csv")).startsWith("Node,Operation,Data,Gradient"));
    }

    void aNeuronIsUnfolded() {
        Workbench bench;
        QVERIFY(bench.waitForSamples());
        QVERIFY(open(bench));
        QVERIFY(bench.waitFor([&] { return bench.textOf("lossGraph").contains("2,231,939 nodes"); }));
        QVERIFY(bench.type("neuronLayerSpin", "2"));
        QVERIFY(bench.type("neuronUnitSpin", "17"));
        QVERIFY(bench.click("unfoldButton"));
        QVERIFY(bench.waitFor([&] { return bench.isShown("neuronWhere"); }));
        QVERIFY(bench.textOf("neuronWhere").startsWith("unit 17 of layer 2's MLP at token 63"));
        QVERIFY(bench.waitFor([&] { return bench.find<GraphView>("graphView")->graph().nodes.size() == 128; }));
        const auto& graph = panelOf(bench).graph();
        QCOMPARE(graph.nodes[graph.root].label, std::string("relu"));
    }
};

int main(int argc, char** argv) { return runWindowTest<TestWindowAutograd>(argc, argv); }
#include "tst_window_autograd.moc"
