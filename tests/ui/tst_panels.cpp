#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <cmath>

#include "ui/panels/attention_panel.h"
#include "ui/panels/corpus_panel.h"
#include "ui/panels/embeddings_panel.h"
#include "ui/panels/loss_panel.h"
#include "ui/panels/sampler_panel.h"
#include "ui/panels/training_panel.h"
#include "ui/plots/heat_map_plot.h"
#include "ui/plots/loss_plot.h"
#include "ui/plots/small_maps.h"
#include "ui/theme.h"
#include "ui/widgets/big_number.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/token_strip.h"

using namespace gamegpt;
using namespace gamegpt::ui;

namespace {

template <class Widget>
Widget* child(const QWidget& panel, const char* name) {
    Widget* found = panel.findChild<Widget*>(QLatin1String(name));
    if (!found) qFatal("no %s", name);
    return found;
}

// As a user would: focus, select all, type, Enter.
void type(QAbstractSpinBox* spin, const QString& text) {
    spin->setFocus();
    spin->selectAll();
    QTest::keyClicks(spin, text);
    QTest::keyClick(spin, Qt::Key_Return);
}

CorpusSplit snakeCorpus(CorpusFormat format, bool heldOut) {
    const auto game = std::make_shared<const Vocabulary>(Vocabulary::game());
    auto corpus = std::make_shared<Corpus>(game, std::vector<TokenId>{0, 3, 1, 0, 3, 4, 5, 1}, std::vector<std::size_t>{0, 3, 8}, format, "Snake");
    corpus->add_warning("The wall follower supplies 49 % of all tokens.");
    return {corpus, heldOut ? corpus : nullptr};
}

std::shared_ptr<Trace> traceOf(int layers, int heads, int n) {
    auto trace = std::make_shared<Trace>();
    HeatMapPlot::Rows rows;
    for (int query = 0; query < n; ++query) rows.emplace_back(static_cast<std::size_t>(query) + 1, 1.0 / (query + 1));
    trace->attention.assign(static_cast<std::size_t>(layers), std::vector<HeatMapPlot::Rows>(static_cast<std::size_t>(heads), rows));
    return trace;
}

std::shared_ptr<ModelSnapshot> snapshotOf(std::uint64_t seed, std::int64_t step) {
    ModelConfig config;
    config.seed = seed;
    return std::make_shared<ModelSnapshot>(ModelSnapshot{1, step, Weights::initial(config), std::make_shared<const Vocabulary>(Vocabulary::game())});
}

}  // namespace

class TestPanels : public QObject {
    Q_OBJECT

   private slots:
    void initTestCase() { applyTheme(*qApp, false); }

    void everyPanelIsNamedAndSaysWhatToDo() {
        CorpusPanel corpus;
        LossPanel loss;
        AttentionPanel attention;
        EmbeddingsPanel embeddings;
        SamplerPanel sampler;
        TrainingPanel training;
        for (QWidget* panel : {static_cast<QWidget*>(&corpus), static_cast<QWidget*>(&loss), static_cast<QWidget*>(&attention),
                               static_cast<QWidget*>(&embeddings), static_cast<QWidget*>(&sampler)}) {
            panel->show();
            const auto* empty = panel->findChild<EmptyState*>();
            QVERIFY(empty && empty->isVisible());
            QVERIFY(!empty->next().isEmpty());
        }
        QCOMPARE(training.accessibleName(), QString("Training"));
        for (QWidget* panel : {static_cast<QWidget*>(&corpus), static_cast<QWidget*>(&loss), static_cast<QWidget*>(&attention),
                               static_cast<QWidget*>(&embeddings), static_cast<QWidget*>(&sampler), static_cast<QWidget*>(&training)}) {
            QVERIFY(!panel->objectName().isEmpty() && !panel->accessibleName().isEmpty());
            for (QWidget* control : panel->findChildren<QWidget*>()) {
                const bool own = qobject_cast<QAbstractButton*>(control) || qobject_cast<QComboBox*>(control) ||
                                 qobject_cast<QAbstractSpinBox*>(control) || qobject_cast<QSlider*>(control);
                if (!own || control->objectName().startsWith("qt_") || control->parent()->inherits("QTableView") ||
                    control->parent()->inherits("QTabBar") || control->parent()->inherits("QLineEdit"))
                    continue;
                QVERIFY2(!control->objectName().isEmpty(), control->metaObject()->className());
                QVERIFY2(!control->accessibleName().isEmpty(), qPrintable(control->objectName()));
                if (auto* button = qobject_cast<QAbstractButton*>(control)) QCOMPARE(button->accessibleName(), button->text());
            }
        }
    }

    void corpusShowsFactsAndAsksForChanges() {
        CorpusPanel panel;
        panel.resize(260, 700);
        panel.show();
        panel.setCorpus(snakeCorpus(CorpusFormat::episodes_json, true), "/tmp/snake.json", CorpusFormat::episodes_json, 0.1);
        QCOMPARE(child<QLabel>(panel, "documents")->text(), QString("2"));
        QCOMPARE(child<QLabel>(panel, "tokens")->text(), QString("8"));
        QCOMPARE(child<QLabel>(panel, "vocabulary")->text(), QString("74 tokens, game grammar"));
        QVERIFY(child<QLabel>(panel, "corpusWarnings")->text().contains("49 %"));
        QSignalSpy share(&panel, &CorpusPanel::heldOutShareRequested), format(&panel, &CorpusPanel::formatRequested);
        auto* heldOut = child<QDoubleSpinBox>(panel, "heldOutSpin");
        type(heldOut, "25");
        QCOMPARE(share.count(), 1);
        QCOMPARE(share[0][0].toDouble(), 0.25);
        auto* combo = child<QComboBox>(panel, "formatCombo");
        combo->setFocus();
        QTest::keyClick(combo, Qt::Key_Down);
        QCOMPARE(format.count(), 1);
        QCOMPARE(format[0][0].value<CorpusFormat>(), CorpusFormat::lines);
        auto* strip = child<TokenStrip>(panel, "vocabularyStrip");
        QVERIFY(!strip->isVisible());
        QTest::mouseClick(child<QPushButton>(panel, "expandVocabulary"), Qt::LeftButton);
        QVERIFY(strip->isVisible());
        QCOMPARE(strip->tokens().size(), std::size_t(74));
    }

    void builtInCorpusIsFixed() {
        CorpusPanel panel;
        QSignalSpy share(&panel, &CorpusPanel::heldOutShareRequested);
        panel.setCorpus(snakeCorpus(CorpusFormat::built_in, true), {}, CorpusFormat::built_in);
        QVERIFY(!child<QComboBox>(panel, "formatCombo")->isEnabled());
        QVERIFY(!child<QDoubleSpinBox>(panel, "heldOutSpin")->isEnabled());
        QCOMPARE(child<QLabel>(panel, "heldOutNote")->text(), QString("20 fresh episodes, seed 1042"));
        panel.setCorpus(snakeCorpus(CorpusFormat::lines, false), "/tmp/a.txt", CorpusFormat::lines, 0);
        QVERIFY(child<QComboBox>(panel, "formatCombo")->isEnabled());
        QCOMPARE(child<QComboBox>(panel, "formatCombo")->count(), 4);
        QCOMPARE(child<QDoubleSpinBox>(panel, "heldOutSpin")->text(), QString("none"));
        QCOMPARE(share.count(), 0);
    }

    void loadingGoesAndTheCorpusComesBack() {
        CorpusPanel panel;
        panel.show();
        panel.setCorpus(snakeCorpus(CorpusFormat::lines, true), "/tmp/a.txt", CorpusFormat::lines);
        panel.setLoading("names.txt");
        QCOMPARE(child<QLabel>(panel, "loadingText")->text(), QString("Loading names.txt\u2026"));
        QVERIFY(child<QProgressBar>(panel, "loadingProgress")->isVisible());
        panel.setLoading({});
        QVERIFY(child<QLabel>(panel, "documents")->isVisible());
        panel.setError("names.txt, line 3: not UTF-8");
        QVERIFY(child<QLabel>(panel, "corpusError")->isVisible());
    }

    void trainingCountsParametersAndFindsProblems() {
        TrainingPanel panel;
        panel.show();
        QSignalSpy changed(&panel, &TrainingPanel::settingsChanged);
        panel.setVocabularySize(74);
        auto* card = child<Card>(panel, "modelCard");
        QCOMPARE(card->fact(), QString("31,360 parameters"));
        QVERIFY(!panel.problem());
        QCOMPARE(changed.count(), 0);
        type(child<QSpinBox>(panel, "headsSpin"), "5");
        QCOMPARE(changed.count(), 1);
        QVERIFY(panel.problem()->contains("divisible"));
        QVERIFY(child<QLabel>(panel, "problemText")->isVisible());
        QCOMPARE(card->fact(), QString());
        type(child<QSpinBox>(panel, "headsSpin"), "8");
        QVERIFY(!panel.problem());
        QCOMPARE(panel.model().n_head, 8);
        auto* engine = child<QComboBox>(panel, "engineCombo");
        engine->setFocus();
        QTest::keyClick(engine, Qt::Key_Down);
        QCOMPARE(panel.train().engine, EngineKind::fast64);
    }

    void trainingKeepsWhatItDoesNotShow() {
        TrainingPanel panel;
        QSignalSpy changed(&panel, &TrainingPanel::settingsChanged);
        ModelConfig model;
        model.init_std = 0.02;
        model.seed = 9'000'000'000;
        TrainConfig train;
        train.beta1 = 0.9;
        train.seed = 7;
        train.learning_rate = 0.0123456;
        panel.setModel(model);
        panel.setTrain(train);
        QCOMPARE(panel.model(), model);
        QCOMPARE(panel.train().beta1, 0.9);
        QCOMPARE(panel.train().seed, std::uint64_t(7));
        QCOMPARE(panel.train().learning_rate, 0.0123456);
        QCOMPARE(changed.count(), 0);
        type(child<QSpinBox>(panel, "seedSpin"), "43");
        QCOMPARE(panel.model().seed, std::uint64_t(43));
        QCOMPARE(panel.train().seed, std::uint64_t(43));
    }

    void learningRateStaysLiveWhileLocked() {
        TrainingPanel panel;
        panel.show();
        panel.setLocked(true, "Locked while a run is active.");
        for (const char* name : {"layersSpin", "headsSpin", "contextSpin", "seedSpin", "batchSpin", "engineCombo"}) {
            QVERIFY(!child<QWidget>(panel, name)->isEnabled());
            QCOMPARE(child<QWidget>(panel, name)->toolTip(), QString("Locked while a run is active."));
        }
        QVERIFY(child<QLabel>(panel, "lockReason")->isVisible());
        QSignalSpy rate(&panel, &TrainingPanel::learningRateChanged), steps(&panel, &TrainingPanel::stepsChanged);
        auto* slider = child<QSlider>(panel, "learningRateSlider");
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Left);
        QCOMPARE(rate.count(), 1);
        const double now = rate[0][0].toDouble();
        QVERIFY(now > 0.009 && now < 0.01);
        QCOMPARE(panel.train().learning_rate, now);
        QCOMPARE(child<QDoubleSpinBox>(panel, "learningRateSpin")->value(), std::round(now * 1e4) / 1e4);
        type(child<QDoubleSpinBox>(panel, "learningRateSpin"), "0.02");
        QCOMPARE(rate.last()[0].toDouble(), 0.02);
        type(child<QSpinBox>(panel, "stepsSpin"), "8000");
        QCOMPARE(steps.last()[0].toLongLong(), 8000);
        panel.setLocked(false);
        QVERIFY(child<QWidget>(panel, "layersSpin")->isEnabled());
        QVERIFY(child<QWidget>(panel, "seedSpin")->toolTip().contains("initial weights"));
    }

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
        QCOMPARE(wanted.count(), 4);
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

    void samplerAsksAndShows() {
        SamplerPanel panel;
        panel.resize(320, 700);
        panel.show();
        panel.setAvailable(true);
        QSignalSpy changed(&panel, &SamplerPanel::requestChanged), clicked(&panel, &SamplerPanel::sampleClicked),
            live(&panel, &SamplerPanel::liveToggled), selected(&panel, &SamplerPanel::sampleSelected);
        QVERIFY(panel.isLive());
        auto* temperature = child<QSlider>(panel, "temperatureSlider");
        temperature->setFocus();
        QTest::keyClick(temperature, Qt::Key_Home);
        QCOMPARE(panel.request().temperature, 0.0);
        QCOMPARE(child<QLabel>(panel, "temperatureSliderNumber")->text(), QString("0.00"));
        type(child<QSpinBox>(panel, "countSpin"), "3");
        type(child<QSpinBox>(panel, "sampleSeedSpin"), "123");
        QCOMPARE(changed.count(), 3);
        QCOMPARE(panel.request(), (SampleRequest{0.0, 64, 3, 123}));
        panel.setBlockSize(32);
        QCOMPARE(panel.request().maxTokens, 32);
        panel.setBlockSize(128);
        QCOMPARE(panel.request().maxTokens, 128);
        QCOMPARE(changed.count(), 3);
        QTest::mouseClick(child<QPushButton>(panel, "sampleButton"), Qt::LeftButton);
        QCOMPARE(clicked.count(), 1);
        QTest::keyClick(child<QCheckBox>(panel, "liveCheck"), Qt::Key_Space);
        QCOMPARE(live.count(), 1);
        QCOMPARE(live[0][0].toBool(), false);

        const auto game = std::make_shared<const Vocabulary>(Vocabulary::game());
        panel.setSamples({{0, 3, 4}, {0, 5}, {0, 1}}, game, 3250, 0.5);
        panel.setBusy(true);
        QCOMPARE(child<Card>(panel, "samplerCard")->fact(), QString("step 3,250 \u00b7 sampling\u2026"));
        panel.setBusy(false);
        QCOMPARE(child<Card>(panel, "samplerCard")->fact(), QString("step 3,250"));
        auto* second = child<TokenStrip>(panel, "sample1");
        QVERIFY(second->isVisible());
        QTest::mouseClick(second, Qt::LeftButton, {}, QPoint(2, 8));
        QCOMPARE(selected.count(), 1);
        QCOMPARE(selected[0][0].toInt(), 1);
        QVERIFY(second->isSelected());
        panel.setSamples({{0, 3, 4}}, game, 3300, 0.5);
        QVERIFY(!second->isVisible());
        QCOMPARE(panel.selectedSample(), 0);
    }

    void nothingIsCutOffInTheDocks() {
        CorpusPanel corpus;
        TrainingPanel training;
        SamplerPanel sampler;
        LossPanel loss;
        AttentionPanel attention;
        EmbeddingsPanel embeddings;
        corpus.setCorpus(snakeCorpus(CorpusFormat::built_in, true), {}, CorpusFormat::built_in);
        loss.reset(74, 5000);
        attention.setTrace(traceOf(2, 4, 28), {}, 1);
        embeddings.setSnapshot(snapshotOf(1, 1));
        QVERIFY(corpus.minimumSizeHint().width() <= 260);
        QVERIFY(training.minimumSizeHint().width() <= 260);
        QVERIFY(sampler.minimumSizeHint().width() <= 320);
        for (QWidget* panel : {static_cast<QWidget*>(&loss), static_cast<QWidget*>(&attention), static_cast<QWidget*>(&embeddings)})
            QVERIFY2(panel->minimumSizeHint().width() <= 660, qPrintable(panel->objectName() + QString::number(panel->minimumSizeHint().width())));
        QVERIFY(loss.minimumSizeHint().height() + attention.minimumSizeHint().height() <= 640);
        for (QWidget* panel : {static_cast<QWidget*>(&corpus), static_cast<QWidget*>(&training)}) {
            panel->resize(260, 350);
            panel->show();
            auto* area = panel->findChild<QScrollArea*>();
            QVERIFY2(area->widget()->minimumSizeHint().width() <= area->viewport()->width(), qPrintable(panel->objectName()));
        }
    }
};

QTEST_MAIN(TestPanels)
#include "tst_panels.moc"
