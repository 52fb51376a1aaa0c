#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <cmath>

#include "tests/ui/panel_helpers.h"
#include "ui/panels/attention_panel.h"
#include "ui/panels/embeddings_panel.h"
#include "ui/panels/loss_panel.h"
#include "ui/plots/heat_map_plot.h"
#include "ui/plots/loss_plot.h"
#include "ui/plots/small_maps.h"
#include "ui/theme.h"
#include "ui/widgets/big_number.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"

using namespace gamegpt;
using namespace gamegpt::ui;

class TestInspectPanels : public QObject {
    Q_OBJECT

   private slots:
    void initTestCase() { applyTheme(*qApp, false); }

    void lossShowsItsFourFigures() {
        LossPanel panel;
        panel.resize(700, 300);
        panel.show();
        panel.reset(74, 5000);
        std::vector<StepRecord> records;
        for (int i = 1; i <= 150; ++i) records.push_back({i, i <= 50 ? 100.0 : 0.5, 0.01, 64, {}});
        records[99].held_out = 0.509;
        records[149].held_out = 0.6;
        panel.append({records.begin(), records.begin() + 70});
        panel.append({records.begin() + 70, records.end()});
        QCOMPARE(child<BigNumber>(panel, "meanLoss")->value(), QString("0.500"));
        QCOMPARE(child<BigNumber>(panel, "heldOutLoss")->value(), QString("0.600"));
        QCOMPARE(child<BigNumber>(panel, "guessLoss")->caption(), QString("Guessing: ln 74"));
        QCOMPARE(child<BigNumber>(panel, "guessLoss")->value(), QString("4.304"));
        QCOMPARE(child<BigNumber>(panel, "bestHeldOut")->value(), QString("0.509 at 100"));
        QCOMPARE(panel.plot()->size(), 150);
        panel.setHeldOutAvailable(false);
        QVERIFY(!child<BigNumber>(panel, "heldOutLoss")->isVisible());
        panel.reset(27, 100);
        QCOMPARE(child<BigNumber>(panel, "meanLoss")->value(), QString("\u2013"));
        QCOMPARE(panel.plot()->size(), 0);
    }

    void lossToolsWork() {
        LossPanel panel;
        panel.resize(700, 300);
        panel.show();
        panel.reset(74, 100);
        panel.append({{1, 4, 0.01, 64, {}}, {2, 2, 0.01, 64, {}}});
        auto* smoothing = child<QSlider>(panel, "smoothingSlider");
        smoothing->setFocus();
        QTest::keyClick(smoothing, Qt::Key_Home);
        QCOMPARE(panel.plot()->smoothing(), 0.0);
        QCOMPARE(panel.plot()->smoothedValues().back(), 2.0);
        QCOMPARE(child<QLabel>(panel, "smoothingNumber")->text(), QString("0.000"));
        QTest::keyClick(smoothing, Qt::Key_End);
        QVERIFY(std::abs(panel.plot()->smoothing() - 0.999) < 1e-9);
        auto* follow = child<QToolButton>(panel, "followButton");
        QTest::mouseClick(follow, Qt::LeftButton);
        QVERIFY(!panel.plot()->follow());
        QTest::mouseClick(child<QToolButton>(panel, "fitButton"), Qt::LeftButton);
        QVERIFY(panel.plot()->follow() && follow->isChecked());
        QTest::mouseClick(child<QToolButton>(panel, "logButton"), Qt::LeftButton);
        QSignalSpy wanted(&panel, &LossPanel::exportRequested);
        for (QAction* action : child<QToolButton>(panel, "exportButton")->menu()->actions()) action->trigger();
        QCOMPARE(wanted.count(), 6);
        QCOMPARE(wanted[3][0].toString(), QString("csv"));
        panel.grab();
    }

    void attentionGivesTheExactValue() {
        AttentionPanel panel;
        panel.resize(660, 400);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto trace = traceOf(2, 4, 20);
        trace->attention[1][2][14][13] = 0.87142;
        QStringList labels;
        for (int i = 0; i < 20; ++i) labels << (i == 14 ? "MOVE" : i == 13 ? "INPUT_R" : "X0");
        panel.setTrace(trace, labels, 3250);
        QCOMPARE(panel.findChild<Card*>()->fact(), QString("step 3,250"));
        QCoreApplication::processEvents();
        auto* maps = child<SmallMaps>(panel, "smallMaps");
        QTest::mouseClick(maps, Qt::LeftButton, {}, maps->mapRect(1, 2).center());
        QCOMPARE(child<QSpinBox>(panel, "layerSpin")->value(), 2);
        QCOMPARE(child<QSpinBox>(panel, "headSpin")->value(), 3);
        auto* map = child<HeatMapPlot>(panel, "attentionMap");
        const QPoint cell = map->cellRect(14, 13).center().toPoint();
        QMouseEvent move(QEvent::MouseMove, cell, map->mapToGlobal(cell), Qt::NoButton, Qt::NoButton, {});
        QApplication::sendEvent(map, &move);
        QCOMPARE(child<QLabel>(panel, "attentionValue")->text(), QString("query MOVE (14) \u2192 key INPUT_R (13): 0.8714"));
        auto later = traceOf(2, 4, 20);
        later->attention[1][2][14][13] = 0.25;
        panel.setTrace(later, labels, 3300);  // the same cell's new value
        QCOMPARE(child<QLabel>(panel, "attentionValue")->text(), QString("query MOVE (14) \u2192 key INPUT_R (13): 0.2500"));
        panel.setTrace(traceOf(1, 1, 2), {"a", "b"}, 0);
        QCOMPARE(panel.layer(), 0);
        QCOMPARE(panel.head(), 0);
        panel.setTrace(nullptr, {}, 0);
        QVERIFY(panel.findChild<EmptyState*>()->isVisible());
    }

    void attentionAsksForItsSource() {
        AttentionPanel panel;
        panel.resize(660, 500);
        panel.show();
        panel.setTrace(traceOf(1, 2, 4), {}, 1);
        panel.setDocuments(200);
        panel.setDocumentLength(500);
        QSignalSpy changed(&panel, &AttentionPanel::sourceChanged);
        auto* source = child<QComboBox>(panel, "sourceCombo");
        auto* document = child<QSpinBox>(panel, "documentSpin");
        QVERIFY(!document->isVisible());
        source->setFocus();
        QTest::keyClick(source, Qt::Key_Down);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(panel.source(), AttentionPanel::Source::document);
        QVERIFY(document->isVisible());
        type(document, "12");
        type(child<QSpinBox>(panel, "offsetSpin"), "30");
        QCOMPARE(changed.count(), 3);
        QCOMPARE(panel.document(), 11);
        QCOMPARE(panel.offset(), 30);
        panel.setDocuments(3);  // by the program: no signal
        QCOMPARE(changed.count(), 3);
        QCOMPARE(panel.document(), 2);
    }

    void embeddingsSearchAndWantTheirMap() {
        EmbeddingsPanel panel;
        panel.resize(660, 400);
        panel.show();
        QSignalSpy wanted(&panel, &EmbeddingsPanel::projectionWanted);
        panel.setSnapshot(snapshotOf(1, 100));
        QCOMPARE(wanted.count(), 0);
        auto* table = child<QTableView>(panel, "embeddingTable");
        QCOMPARE(table->model()->rowCount(), 74);
        auto* search = child<QLineEdit>(panel, "searchField");
        QTest::keyClicks(search, "die_");
        QCOMPARE(table->model()->rowCount(), 2);
        panel.setSnapshot(snapshotOf(2, 200));
        QCOMPARE(table->model()->rowCount(), 2);
        QCOMPARE(panel.findChild<Card*>()->fact(), QString("step 200"));
        search->clear();
        child<QTabWidget>(panel, "embeddingTabs")->setCurrentIndex(1);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].toString(), QString("wte"));
        auto* matrix = child<QComboBox>(panel, "matrixCombo");
        matrix->setFocus();
        QTest::keyClick(matrix, Qt::Key_Down);
        QCOMPARE(wanted.last()[0].toString(), QString("wpe"));
        QCOMPARE(table->model()->rowCount(), 64);
        Projection projection;
        projection.x.assign(64, 0.0);
        projection.y.assign(64, 0.0);
        panel.setProjection("wpe", projection, 200);
        panel.setProjection("wte", {}, 200);  // late: another matrix is shown
        panel.grab();
        panel.clear();
        QVERIFY(panel.findChild<EmptyState*>()->isVisible());
    }
};

QTEST_MAIN(TestInspectPanels)
#include "tst_inspect_panels.moc"
