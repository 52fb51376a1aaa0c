#include <QClipboard>
#include <QTableView>
#include "workbench.h"

#include <QMenu>
#include <QPointer>
#include <QSpinBox>
#include <QTableView>
#include <QThreadPool>
#include <QToolButton>

#include "ui/controllers/inspection_controller.h"
#include "ui/controllers/sampler_controller.h"
#include "ui/panels/attention_panel.h"
#include "ui/plots/heat_map_plot.h"
#include "ui/plots/scatter_plot.h"
#include "ui/plots/small_maps.h"
#include "ui/tool_bar.h"

using namespace gamegpt;
using namespace gamegpt::ui;

// What the window shows of the model, where it shows it, and how it goes away.
class TestWindowViews : public QObject {
    Q_OBJECT

    static InspectionController& inspection(Workbench& bench) {
        return *bench.window().findChild<InspectionController*>();
    }
    static bool showEmbeddings(const Workbench& bench) {
        return bench.chooseTab(QStringLiteral("Embeddings")) &&
               bench.waitFor([&] { return bench.isOnScreen("embeddingsPanel"); });
    }
    static qint64 stepIn(const QString& fact) {
        return fact.section(QLatin1Char(' '), 1, 1).remove(QLatin1Char(',')).toLongLong();
    }
    static bool waitForAttention(const Workbench& bench) {
        return bench.waitFor([&] { return bench.factOf("attentionPanel") == bench.stepFact(); });
    }

   private slots:
    void init() { QSettings().clear(); }

    void attentionFollowsTraining_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<bool>("live");
        QTest::newRow("sample, live") << QStringLiteral("Current sample") << true;
        QTest::newRow("sample") << QStringLiteral("Current sample") << false;
        QTest::newRow("document, live") << QStringLiteral("Corpus document") << true;
        QTest::newRow("document") << QStringLiteral("Corpus document") << false;
    }
    void attentionFollowsTraining() {
        QFETCH(QString, source);
        QFETCH(bool, live);
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(waitForAttention(bench));
        if (!live) QVERIFY(bench.click("liveCheck"));
        QVERIFY(bench.choose("sourceCombo", source));
        QVERIFY(bench.train(30));
        QVERIFY(bench.waitFor([&] { return stepIn(bench.factOf("attentionPanel")) > 0; }));
        const qint64 seen = stepIn(bench.factOf("attentionPanel"));
        QVERIFY(bench.waitFor([&] { return stepIn(bench.factOf("attentionPanel")) > seen; }));
        QVERIFY(bench.click("startButton"));
        QVERIFY(bench.waitForState("Paused"));
        QVERIFY(waitForAttention(bench));
    }

    void attentionOfADocument() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(waitForAttention(bench));
        std::shared_ptr<const Trace> newest;
        connect(&inspection(bench), &InspectionController::traced, this,
                [&](std::shared_ptr<const Trace> trace) { newest = std::move(trace); });
        QVERIFY(!bench.isShown("documentSpin"));
        QVERIFY(bench.choose("sourceCombo", QStringLiteral("Corpus document")));
        QVERIFY(bench.isShown("documentSpin"));
        const Corpus& corpus = *bench.training().corpus().train;
        const auto shows = [&](std::size_t document, std::size_t offset) {
            const auto tokens = corpus.document(document).subspan(offset);
            return bench.waitFor([&] {
                return newest && newest->tokens.size() == std::min<std::size_t>(64, tokens.size()) &&
                       std::equal(newest->tokens.begin(), newest->tokens.end(), tokens.begin());
            });
        };
        QVERIFY(shows(0, 0));
        QVERIFY(bench.type("documentSpin", QStringLiteral("8")));
        QVERIFY(shows(7, 0));
        QVERIFY(bench.type("offsetSpin", QStringLiteral("3")));
        QVERIFY(shows(7, 3));
        QVERIFY(bench.type("documentSpin", QStringLiteral("200")));
        QVERIFY(shows(199, 3));
    }

    void layerAndHeadPickTheMap() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(waitForAttention(bench));
        QCOMPARE(bench.find<QSpinBox>("layerSpin")->maximum(), 2);
        QCOMPARE(bench.find<QSpinBox>("headSpin")->maximum(), 4);
        const auto* panel = bench.window().findChild<AttentionPanel*>();
        auto* maps = bench.window().findChild<SmallMaps*>();
        QCOMPARE(maps->layers(), 2);
        QCOMPARE(maps->heads(), 4);
        QVERIFY(bench.find<HeatMapPlot>("attentionMap")->size() > 1);
        QVERIFY(bench.type("layerSpin", QStringLiteral("2")));
        QVERIFY(bench.type("headSpin", QStringLiteral("3")));
        QVERIFY(bench.textOf("attentionValue").startsWith(QStringLiteral("Head 2.3.")));
        QTest::mouseClick(maps, Qt::LeftButton, {}, maps->mapRect(0, 1).center());
        QCOMPARE(panel->layer(), 0);
        QCOMPARE(panel->head(), 1);
        QCOMPARE(bench.find<QSpinBox>("headSpin")->value(), 2);
        // The choice survives new steps.
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.trainAndPause());
        QVERIFY(waitForAttention(bench));
        QCOMPARE(panel->head(), 1);
    }

    void aHiddenAttentionPanelIsNotComputed() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(waitForAttention(bench));
        QVERIFY(showEmbeddings(bench));
        QVERIFY(!bench.isOnScreen("attentionPanel"));
        const QSignalSpy traces(&inspection(bench), &InspectionController::traced);
        const QSignalSpy snapshots(&bench.training(), &TrainingController::snapshotArrived);
        QVERIFY(bench.train(30));
        QVERIFY(bench.waitFor([&] { return snapshots.size() >= 4; }));
        QVERIFY(bench.click("startButton"));
        QVERIFY(bench.waitForState("Paused"));
        QVERIFY(bench.waitForSamples());
        QCOMPARE(traces.size(), 0);
        QVERIFY(bench.chooseTab(QStringLiteral("Attention")));
        QVERIFY(waitForAttention(bench));
    }

    void attentionNeedsNoSampler() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(waitForAttention(bench));
        QVERIFY(bench.click("inspectLayout"));
        QVERIFY(bench.waitFor([&] { return !bench.isOnScreen("samplerPanel"); }));
        QVERIFY(bench.click("resetButton"));
        QVERIFY(waitForAttention(bench));
        QVERIFY(bench.trainAndPause());
        QVERIFY(waitForAttention(bench));
    }

    void embeddingsTable() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(showEmbeddings(bench));
        const QAbstractItemModel& table = *bench.find<QTableView>("embeddingTable")->model();
        QVERIFY(bench.waitFor([&] { return table.rowCount() == 74; }));
        QCOMPARE(table.columnCount(), 2 + 32);
        QVERIFY(bench.choose("matrixCombo", QStringLiteral("wpe, position embeddings")));
        QCOMPARE(table.rowCount(), 64);
        QVERIFY(bench.choose("matrixCombo", QStringLiteral("lm_head, output rows")));
        QCOMPARE(table.rowCount(), 74);
        const QString norm = table.index(0, 1).data().toString();
        QVERIFY(bench.trainAndPause(60));
        QVERIFY(bench.waitFor([&] { return bench.factOf("embeddingsPanel") == bench.stepFact(); }));
        QVERIFY(table.index(0, 1).data().toString() != norm);
        QTest::keyClicks(bench.find("searchField"), QStringLiteral("BOS"));
        QVERIFY(table.rowCount() >= 1 && table.rowCount() < 74);
    }

    void embeddingsMapFillsAndFollows() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(showEmbeddings(bench));
        const auto* map = bench.window().findChild<ScatterPlot*>();
        QCOMPARE(map->size(), 0);
        QVERIFY(bench.chooseTab(QStringLiteral("Map (PCA)")));
        QVERIFY(bench.waitFor([&] { return map->size() == 74; }));
        QVERIFY(bench.choose("matrixCombo", QStringLiteral("wpe, position embeddings")));
        QVERIFY(bench.waitFor([&] { return map->size() == 64; }));
        const QSignalSpy projections(&inspection(bench), &InspectionController::projected);
        QVERIFY(bench.train(30));
        QVERIFY(bench.waitFor([&] { return projections.size() >= 3; }));
        QVERIFY(bench.click("resetButton"));
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.waitFor([&] { return map->size() == 64; }));
    }

    void hiddenEmbeddingsAreNotComputed() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(showEmbeddings(bench));
        QVERIFY(bench.chooseTab(QStringLiteral("Map (PCA)")));
        QVERIFY(bench.waitFor([&] { return bench.window().findChild<ScatterPlot*>()->size() == 74; }));
        QVERIFY(bench.click("mapTableButton"));  // the same figures as a table
        QVERIFY(bench.isShown("mapTable"));
        QCOMPARE(bench.find<QTableView>("mapTable")->model()->rowCount(), 74);
        QVERIFY(bench.click("mapTableButton"));
        QVERIFY(bench.chooseTab(QStringLiteral("Attention")));
        QVERIFY(bench.waitFor([&] { return !bench.isOnScreen("embeddingsPanel"); }));
        const QSignalSpy projections(&inspection(bench), &InspectionController::projected);
        QVERIFY(bench.trainAndPause(60));
        QVERIFY(waitForAttention(bench));
        QCOMPARE(projections.size(), 0);
        QVERIFY(showEmbeddings(bench));
        QVERIFY(bench.waitFor([&] { return projections.size() > 0; }));
    }

    void clickingASampleTracesIt() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(waitForAttention(bench));
        std::shared_ptr<const Trace> newest;
        connect(&inspection(bench), &InspectionController::traced, this,
                [&](std::shared_ptr<const Trace> trace) { newest = std::move(trace); });
        QVERIFY(bench.isShown("sample1"));
        QTest::mouseClick(bench.find("sample1"), Qt::LeftButton);
        QVERIFY(bench.waitFor([&] { return newest && newest->tokens == bench.samples()[1]; }));
    }

    void layoutsShowTheirPanels_data() {
        QTest::addColumn<QStringList>("shown");
        const QStringList inside = {"lossPanelDock", "attentionPanelDock", "embeddingsPanelDock"};
        QTest::newRow("trainLayout") << inside + QStringList{"corpusPanelDock", "trainingPanelDock", "samplerPanelDock"};
        QTest::newRow("inspectLayout") << inside + QStringList{"lensPanelDock", "weightsPanelDock", "autogradPanelDock"};
        QTest::newRow("sampleLayout") << QStringList{"nextTokenPanelDock", "comparePanelDock", "attentionPanelDock", "samplerPanelDock"};
        QTest::newRow("gameLayout") << QStringList{"lossPanelDock", "boardPanelDock", "grammarPanelDock", "arenaPanelDock", "samplerPanelDock"};
        QTest::newRow("corpusLayout") << QStringList{"corpusPanelDock", "corpusStudioPanelDock"};
    }
    void layoutsShowTheirPanels() {
        QFETCH(QStringList, shown);
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.click("sampleLayout"));
        QVERIFY(bench.click("inspectLayout"));
        QVERIFY(bench.click(QTest::currentDataTag()));
        for (const auto* dock : bench.window().findChildren<QDockWidget*>())
            QVERIFY2(!dock->isHidden() == shown.contains(dock->objectName()), qPrintable(dock->objectName()));
        const bool inFront = shown.contains("embeddingsPanelDock");
        QVERIFY(bench.waitFor([&] { return bench.isOnScreen("attentionPanel") == inFront; }));
        QVERIFY(bench.find<QToolButton>(QTest::currentDataTag())->isChecked());
    }

    void theLossHasATableAndIsCopied() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.trainAndPause(150));
        QVERIFY(bench.click("lossTableButton"));
        const auto* table = bench.find<QTableView>("lossTable");
        QVERIFY(table->isVisible());
        QCOMPARE(table->model()->rowCount(), static_cast<int>(bench.step()));
        QCOMPARE(table->model()->index(99, 0).data().toString(), QString("100"));
        QVERIFY(!table->model()->index(99, 2).data().toString().isEmpty());  // held out is measured each 100 steps
        QVERIFY(bench.click("startButton"));  // goes on while it is shown
        QVERIFY(bench.waitFor([&] { return table->model()->rowCount() > 2000; }));
        QVERIFY(bench.click("lossTableButton"));
        QVERIFY(!table->isVisible());
        bench.find<QAction>("export_copy-figures")->trigger();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith("step,loss"));
        bench.find<QAction>("export_copy-picture")->trigger();
        QVERIFY(!QGuiApplication::clipboard()->image().isNull());
    }

    void theViewMenuListsEveryPanel() {
        Workbench bench;
        const auto* menu = bench.find<QToolButton>("viewButton")->menu();
        QStringList names;
        for (const auto* action : menu->actions())
            if (action->isCheckable()) names << action->text();
        QCOMPARE(names, QStringList({"Corpus", "Training", "Loss", "Attention", "Embeddings", "Sampler", "Board", "Validity", "Model against the game", "Corpus studio", "Next token", "Compare", "Autograd", "Layers", "Weights"}));
        for (const char* theme : {"darkTheme", "lightTheme"}) {
            auto* action = bench.find<QAction>(theme);
            QVERIFY(action);
            action->trigger();
            QCOMPARE(themeFor(bench.window().palette()).dark, QLatin1String(theme) == QLatin1String("darkTheme"));
        }
    }

    void theLayoutIsRemembered() {
        {
            Workbench bench;
            QVERIFY(bench.waitForState("Ready"));
            bench.find<QDockWidget>("lossPanelDock")->toggleViewAction()->trigger();
            bench.find<QDockWidget>("samplerPanelDock")->setFloating(true);
            bench.window().resize(1300, 820);
            QVERIFY(bench.find("lossPanelDock")->isHidden());
            QVERIFY(bench.window().close());
        }
        Workbench bench;
        QVERIFY(bench.find("lossPanelDock")->isHidden());
        QVERIFY(!bench.find("corpusPanelDock")->isHidden());
        QVERIFY(bench.find<QDockWidget>("samplerPanelDock")->isFloating());
        QVERIFY(bench.click("trainLayout"));
        QVERIFY(!bench.find("lossPanelDock")->isHidden());
        QVERIFY(!bench.find<QDockWidget>("samplerPanelDock")->isFloating());
    }

    void anUnreadableLayoutIsReplaced() {
        QSettings().setValue(QStringLiteral("window/state"), QByteArray("rubbish"));
        QSettings().setValue(QStringLiteral("window/geometry"), QByteArray("rubbish"));
        const Workbench bench;
        for (const char* panel : {"corpusPanel", "trainingPanel", "lossPanel", "samplerPanel"})
            QVERIFY2(bench.isShown(panel), panel);
    }

    void theWindowGoesAwayAtAnyTime_data() {
        QTest::addColumn<QString>("when");
        for (const char* when :
             {"empty", "loading", "ready", "training", "exporting", "importing", "sampling", "embeddings", "closed"})
            QTest::newRow(when) << QString::fromLatin1(when);
    }
    void theWindowGoesAwayAtAnyTime() {
        QFETCH(QString, when);
        const QTemporaryDir folder;
        Workbench bench(when != QStringLiteral("empty"));
        const QPointer<MainWindow> window = &bench.window();
        if (when != QStringLiteral("empty") && when != QStringLiteral("loading")) QVERIFY(bench.makeEndless());
        if (when == QStringLiteral("embeddings"))
            QVERIFY(showEmbeddings(bench) && bench.chooseTab(QStringLiteral("Map (PCA)")));
        if (when != QStringLiteral("empty") && when != QStringLiteral("loading") && when != QStringLiteral("ready"))
            QVERIFY(bench.train(10));
        if (when == QStringLiteral("exporting")) {
            bench.dialogs.setNextFileName(folder.filePath(QStringLiteral("weights.txt")));
            QVERIFY(bench.click("exportWeightsButton"));
        } else if (when == QStringLiteral("importing")) {
            bench.dialogs.setNextFileName(writtenFile(folder, QStringLiteral("weights.txt"), QByteArray(1 << 20, 'w')));
            QVERIFY(bench.click("importWeightsButton"));
        } else if (when == QStringLiteral("sampling")) {
            QVERIFY(bench.type("countSpin", QStringLiteral("100")));
        } else if (when == QStringLiteral("closed")) {
            QVERIFY(bench.window().close());
        }
        bench.destroy();
        QVERIFY(!window);
        // What was still at work ends too, and its news find nobody.
        QVERIFY(QThreadPool::globalInstance()->waitForDone(20'000));
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
};

int main(int argc, char** argv) {
    return runWindowTest<TestWindowViews>(argc, argv);
}
#include "tst_window_views.moc"
