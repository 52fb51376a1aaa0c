#include "workbench.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>

#include "ui/controllers/inspection_controller.h"
#include "ui/models/figures_model.h"
#include "ui/panels/attention_panel.h"
#include "ui/plots/heat_map_plot.h"
#include "ui/plots/lines_plot.h"
#include "ui/plots/small_maps.h"

using namespace gamegpt;
using namespace gamegpt::ui;

// What the panels say of the inside of a model, worked as people do.
class TestWindowInspect : public QObject {
    Q_OBJECT

    // A trained model at rest, in the layout for looking inside.
    static bool prepare(Workbench& bench, qint64 steps = 20) {
        return bench.makeEndless() && bench.trainAndPause(steps) && bench.click("inspectLayout") &&
               bench.waitFor([&] { return bench.factOf("attentionPanel") == bench.stepFact(); });
    }
    static QString cell(const Workbench& bench, const char* table, int row, int column) {
        return bench.find<QTableView>(table)->model()->index(row, column).data().toString();
    }
    static int rows(const Workbench& bench, const char* table) {
        return bench.find<QTableView>(table)->model()->rowCount();
    }

   private slots:
    void init() { QSettings().clear(); }

    void pointingLightsAllThree() {
        Workbench bench;
        QVERIFY(prepare(bench));
        auto* map = bench.find<HeatMapPlot>("attentionMap");
        auto* maps = bench.find<SmallMaps>("smallMaps");
        auto* strip = bench.find<TokenStrip>("attentionStrip");
        const auto* panel = bench.find<AttentionPanel>("attentionPanel");
        QTest::qWait(100);  // the layout settles
        QVERIFY(map->size() >= 6);
        QCOMPARE(static_cast<int>(strip->tokens().size()), map->size());
        const auto place = [map](int query, int key) {
            const QPointF centre = map->cellRect(query, key).center();
            return QPoint(int(centre.x()), int(centre.y()));
        };
        // The large map.
        QTest::mouseMove(map, place(5, 2));
        QCOMPARE(maps->pointedQuery(), 5);
        QCOMPARE(maps->pointedKey(), 2);
        QCOMPARE(strip->marked(), 5);
        QCOMPARE(strip->pointed(), 2);
        const QString said = bench.textOf("attentionValue");
        QVERIFY2(said.contains(QStringLiteral("(5)")) && said.contains(QStringLiteral("(2)")), qPrintable(said));
        // A small map: another pair.
        const QRect small = maps->mapRect(0, 0);
        const int query = 20 * map->size() / small.height();
        QTest::mouseMove(maps, small.topLeft() + QPoint(0, 20));
        QCOMPARE(maps->pointedQuery(), query);
        QCOMPARE(strip->pointed(), 0);
        QCOMPARE(strip->marked(), query);
        // Away: back to the chosen query, the last token.
        QTest::mouseMove(maps, QPoint(0, maps->height() - 1));
        QTest::mouseMove(maps, QPoint(maps->width() - 1, maps->height() - 1));
        QTRY_COMPARE(maps->pointedQuery(), -1);
        QCOMPARE(strip->marked(), map->size() - 1);
        // The strip: a click asks for a query, pointing names the key.
        QTest::mouseClick(strip, Qt::LeftButton, {}, strip->tokenRect(4).center());
        QCOMPARE(panel->query(), 4);
        QCOMPARE(strip->marked(), 4);
        QCOMPARE(strip->shades().size(), std::size_t{5});
        QTest::mouseMove(strip, strip->tokenRect(1).center());
        QCOMPARE(maps->pointedQuery(), 4);
        QCOMPARE(maps->pointedKey(), 1);
        QVERIFY(bench.textOf("stripCaption").contains(QStringLiteral("(4)")));
        // A click in the map chooses too.
        QTest::mouseClick(map, Qt::LeftButton, {}, place(3, 1));
        QCOMPARE(panel->query(), 3);
    }

    void headsAreMeasuredAndSorted() {
        Workbench bench;
        QVERIFY(prepare(bench, 60));
        QVERIFY(bench.chooseTab(QStringLiteral("All heads")));
        QVERIFY(bench.waitFor([&] { return rows(bench, "headsTable") == 9; }));  // and what equal weights would show
        auto* table = bench.find<QTableView>("headsTable");
        const QAbstractItemModelTester tester(table->model());
        QVERIFY(bench.textOf("headsCaption").contains(QStringLiteral("20 documents")));
        QVERIFY(!table->model()->index(0, 1).data(Qt::ToolTipRole).toString().isEmpty());
        QHeaderView* header = table->horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          QPoint(header->sectionViewportPosition(2) + 10, header->height() / 2));
        for (int row = 1; row < 9; ++row)
            QVERIFY(table->model()->index(row - 1, 2).data(FiguresModel::sortRole).toDouble() <=
                    table->model()->index(row, 2).data(FiguresModel::sortRole).toDouble());
        // A click on a row selects its head.
        int row = 0;
        while (cell(bench, "headsTable", row, 0) != QStringLiteral("2.3")) ++row;
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(row, 0)).center());
        QCOMPARE(bench.find<QSpinBox>("layerSpin")->value(), 2);
        QCOMPARE(bench.find<QSpinBox>("headSpin")->value(), 3);
        QVERIFY(bench.type("headDocumentsSpin", QStringLiteral("3")));
        QVERIFY(bench.waitFor([&] { return bench.textOf("headsCaption").contains(QStringLiteral("of 3 documents")); }));
    }

    void ablationSaysSo() {
        Workbench bench;
        QVERIFY(prepare(bench, 60));
        QVERIFY(!bench.isShown("ablationLine"));
        QVERIFY(bench.chooseTab(QStringLiteral("Switch off")));
        const Weights before = bench.training().snapshot()->weights;
        QVERIFY(bench.click("headOff_1_2"));
        QVERIFY(bench.isShown("ablationLine"));
        QVERIFY(bench.waitFor([&] { return bench.textOf("ablationText").contains(QStringLiteral("loss")); }));
        QVERIFY2(bench.textOf("ablationText").startsWith(QStringLiteral("Head 1.2 is off: loss ")),
                 qPrintable(bench.textOf("ablationText")));
        QVERIFY(bench.click("mlpOff_2"));
        QVERIFY(bench.click("attentionOff_1"));
        const QString expected = QStringLiteral("Head 1.2, the attention of layer 1 and the MLP of layer 2 are off: loss ");
        QVERIFY(bench.waitFor([&] { return bench.textOf("ablationText").startsWith(expected); }));
        QVERIFY(bench.textOf("ablationText").contains(QStringLiteral("held-out")));
        QVERIFY(bench.isShown("withSample") && bench.isShown("withoutSample"));
        QVERIFY(bench.find<TokenStrip>("withSample")->tokens() != bench.find<TokenStrip>("withoutSample")->tokens());
        QCOMPARE(rows(bench, "ablationNextTable"), 8);
        // It says so on every tab.
        QVERIFY(bench.chooseTab(QStringLiteral("Map")));
        QVERIFY(bench.isShown("ablationLine"));
        QVERIFY(bench.click("allOnButton"));
        QVERIFY(!bench.isShown("ablationLine"));
        QVERIFY(!bench.find<QToolButton>("headOff_1_2")->isChecked());
        QVERIFY(std::ranges::equal(before.values(), bench.training().snapshot()->weights.values()));
    }

    void aTypedText() {
        Workbench bench;
        QVERIFY(prepare(bench));
        QVERIFY(bench.choose("sourceCombo", QStringLiteral("Typed text")));
        QTest::keyClicks(bench.find("typedText"), QStringLiteral("SNAP PLAYER X3"));
        const auto* map = bench.find<HeatMapPlot>("attentionMap");
        QVERIFY(bench.waitFor([&] { return map->size() == 4; }));  // behind BOS
        QVERIFY(!bench.isShown("typedProblem"));
        QTest::keyClicks(bench.find("typedText"), QStringLiteral(" FLY"));
        QVERIFY(bench.waitFor([&] { return bench.isShown("typedProblem"); }));
        QVERIFY(bench.textOf("typedProblem").contains(QStringLiteral("FLY")));
    }

    void layersTable() {
        Workbench bench;
        QVERIFY(prepare(bench, 60));
        QVERIFY(bench.chooseTab(QStringLiteral("Layers")));
        const auto length = int(bench.find<TokenStrip>("attentionStrip")->tokens().size());
        QVERIFY(bench.waitFor([&] { return rows(bench, "lensTable") == length && length > 0; }));
        auto* table = bench.find<QTableView>("lensTable");
        const QAbstractItemModelTester tester(table->model());
        QCOMPARE(table->model()->columnCount(), 7);
        QVERIFY(cell(bench, "lensTable", 0, 2).endsWith(QLatin1Char('%')));
        QCOMPARE(cell(bench, "lensTable", 0, 5), cell(bench, "lensTable", 1, 1));  // what came next is the next token
        QCOMPARE(table->model()->index(0, 4).data(Qt::ToolTipRole).toString().count(QLatin1Char('\n')), 4);
        auto* strip = bench.find<TokenStrip>("lensStrip");
        QTest::mouseMove(strip, strip->tokenRect(3).center());
        QVERIFY(bench.textOf("lensLossText").contains(QStringLiteral("at 3")));
        QVERIFY(bench.textOf("lensLossText").contains(cell(bench, "lensTable", 2, 6)));
        QTest::mouseClick(strip, Qt::LeftButton, {}, strip->tokenRect(3).center());
        QCOMPARE(table->currentIndex().row(), 2);
        QVERIFY(bench.chooseTab(QStringLiteral("Averages")));
        const auto* plot = bench.find<LinesPlot>("lensPlot");
        QVERIFY(bench.waitFor([&] { return plot->size() > 0; }));
        QCOMPARE(plot->lines(), 3);
        const int last = rows(bench, "lensCategoryTable") - 1;
        QCOMPARE(cell(bench, "lensCategoryTable", last, 0), QStringLiteral("all"));
        const QTemporaryDir folder;
        for (const char* format : {"csv", "png", "svg", "pdf"}) {
            const QString path = folder.filePath(QStringLiteral("layers.") + QLatin1String(format));
            bench.dialogs.setNextFileName(path);
            bench.find<QAction>(qPrintable(QStringLiteral("exportLens_") + QLatin1String(format)))->trigger();
            QVERIFY2(bytesOf(path).size() > 100, format);
        }
    }

    void rowsBesideEachOther() {
        Workbench bench;
        QVERIFY(prepare(bench, 60));
        QVERIFY(bench.chooseTab(QStringLiteral("Embeddings")));
        QVERIFY(bench.chooseTab(QStringLiteral("Similarity")));
        auto* map = bench.find<HeatMapPlot>("similarityMap");
        QVERIFY(bench.waitFor([&] { return map->size() == 74 && rows(bench, "nearestTable") == 20; }));
        QCOMPARE(bench.textOf("nearestText"), QStringLiteral("Nearest to BOS"));
        for (int row = 1; row < 20; ++row)
            QVERIFY(cell(bench, "nearestTable", row - 1, 1).toDouble() >= cell(bench, "nearestTable", row, 1).toDouble());
        QTest::qWait(100);
        const QPointF centre = map->cellRect(2, 0).center();
        QTest::mouseClick(map, Qt::LeftButton, {}, QPoint(int(centre.x()), int(centre.y())));
        QVERIFY(bench.waitFor([&] { return bench.textOf("nearestText") == QStringLiteral("Nearest to TICK"); }));
        // Every matrix is there; rows of others are numbered.
        QCOMPARE(bench.find<QComboBox>("matrixCombo")->count(), 15);
        QVERIFY(bench.choose("matrixCombo", QStringLiteral("layer1.mlp_fc2")));
        QVERIFY(bench.waitFor([&] { return map->size() == 32; }));
        // The table chooses too.
        QVERIFY(bench.chooseTab(QStringLiteral("Table")));
        QVERIFY(bench.textOf("scaleText").startsWith(QStringLiteral("32 rows of 128")));
        auto* table = bench.find<QTableView>("embeddingTable");
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(5, 0)).center());
        QVERIFY(bench.chooseTab(QStringLiteral("Similarity")));
        QVERIFY(bench.waitFor([&] {
            return bench.textOf("nearestText") == QStringLiteral("Nearest to ") + cell(bench, "embeddingTable", 5, 0);
        }));
    }

    void theMapHasATable() {
        Workbench bench;
        QVERIFY(prepare(bench, 60));
        QVERIFY(bench.chooseTab(QStringLiteral("Attention")));
        QVERIFY(bench.chooseTab(QStringLiteral("Figures")));
        QVERIFY(bench.waitFor([&] { return rows(bench, "attentionTable") > 0; }));
        double sum = 0;  // of the query 2: its row of the table sums to 1
        for (int row = 3; row < 6; ++row) {
            QCOMPARE(cell(bench, "attentionTable", row, 0), QStringLiteral("2"));
            sum += cell(bench, "attentionTable", row, 4).toDouble();
        }
        QVERIFY(std::abs(sum - 1) < 2e-4);
        QVERIFY(bench.click("attentionAutoScale"));
        double largest = 0;
        for (int row = 1; row < rows(bench, "attentionTable"); ++row)
            largest = std::max(largest, cell(bench, "attentionTable", row, 4).toDouble());
        QVERIFY(std::abs(bench.find<HeatMapPlot>("attentionMap")->top() - largest) < 1e-4);
    }

    void weightsOverTheSteps() {
        Workbench bench;
        QVERIFY(prepare(bench, 60));
        QVERIFY(bench.chooseTab(QStringLiteral("Weights")));
        QVERIFY(bench.waitFor([&] { return rows(bench, "weightsTable") == 15; }));
        const QAbstractItemModelTester tester(bench.find<QTableView>("weightsTable")->model());
        QCOMPARE(cell(bench, "weightsTable", 0, 0), QStringLiteral("wte"));
        QCOMPARE(cell(bench, "weightsTable", 0, 1), QStringLiteral("74 \u00d7 32"));
        QCOMPARE(cell(bench, "weightsTable", 0, 5), QStringLiteral("\u2013"));  // nothing to compare with
        QVERIFY(!bench.textOf("weightsHealth").isEmpty());
        const auto* plot = bench.find<LinesPlot>("weightsPlot");
        QCOMPARE(plot->size(), 1);
        QVERIFY(bench.trainAndPause(200));
        QVERIFY(bench.waitFor([&] { return bench.factOf("weightsPanel") == bench.stepFact() && plot->size() >= 2; }));
        QVERIFY(cell(bench, "weightsTable", 0, 5).toDouble() > 0);
        QCOMPARE(plot->lines(), 15);
        QVERIFY(bench.choose("weightsQuantityCombo", QStringLiteral("Dead units, %")));
        QCOMPARE(plot->lines(), 2);
        QVERIFY(cell(bench, "weightsTable", 0, 7).toDouble() > 0);  // the gradient's norm
        QVERIFY(bench.choose("weightsQuantityCombo", QStringLiteral("Norm of the gradient")));
        QCOMPARE(plot->lines(), 15);
        QVERIFY(bench.choose("weightsQuantityCombo", QStringLiteral("Histogram of the gradient")));
        QCOMPARE(plot->size(), 80);
        QVERIFY(bench.choose("weightsQuantityCombo", QStringLiteral("Histogram")));
        QCOMPARE(plot->size(), 80);
        const QTemporaryDir folder;
        bench.dialogs.setNextFileName(folder.filePath(QStringLiteral("weights.csv")));
        bench.find<QAction>("exportWeightsPlot_csv")->trigger();
        QCOMPARE(bytesOf(folder.filePath(QStringLiteral("weights.csv"))).count('\n'), 81);
        QVERIFY(bench.click("resetButton"));
        QVERIFY(bench.waitFor([&] { return plot->size() != 80 || bench.factOf("weightsPanel") == bench.stepFact(); }));
    }

    void hiddenPanelsCostNothing() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        const auto& inspection = *bench.window().findChild<InspectionController*>();
        const QSignalSpy heads(&inspection, &InspectionController::headsMeasured);
        const QSignalSpy effects(&inspection, &InspectionController::ablated);
        const QSignalSpy lenses(&inspection, &InspectionController::lensRead);
        const QSignalSpy averages(&inspection, &InspectionController::lensAveraged);
        const QSignalSpy weights(&inspection, &InspectionController::weightsMeasured);
        const QSignalSpy rowPairs(&inspection, &InspectionController::rowsCompared);
        const QSignalSpy snapshots(&bench.training(), &TrainingController::snapshotArrived);
        QVERIFY(bench.train(30));
        QVERIFY(bench.waitFor([&] { return snapshots.size() >= 4; }));
        QVERIFY(bench.click("startButton"));
        QVERIFY(bench.waitForState("Paused"));
        QCOMPARE(heads.size() + effects.size() + lenses.size() + averages.size() + weights.size() + rowPairs.size(), 0);
    }
};

int main(int argc, char** argv) {
    return runWindowTest<TestWindowInspect>(argc, argv);
}
#include "tst_window_inspect.moc"
