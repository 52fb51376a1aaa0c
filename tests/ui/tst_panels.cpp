#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>

#include <cmath>

#include "tests/ui/panel_helpers.h"
#include "ui/panels/attention_panel.h"
#include "ui/panels/corpus_panel.h"
#include "ui/panels/embeddings_panel.h"
#include "ui/panels/loss_panel.h"
#include "ui/panels/sampler_panel.h"
#include "ui/panels/training_panel.h"
#include "ui/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/token_strip.h"

using namespace gamegpt;
using namespace gamegpt::ui;

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
        panel.setCorpus(snakeCorpus(CorpusFormat::episodes_json, true), "/tmp/snake.json", CorpusFormat::episodes_json);
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
        CorpusPanel::Choices choices;
        choices.separateHeldOut = true;
        panel.setChoices(choices);
        panel.setCorpus(snakeCorpus(CorpusFormat::built_in, true), {}, CorpusFormat::built_in);
        QVERIFY(!child<QComboBox>(panel, "formatCombo")->isEnabled());
        QVERIFY(!child<QDoubleSpinBox>(panel, "heldOutSpin")->isEnabled());
        QCOMPARE(child<QLabel>(panel, "heldOutNote")->text(), QString("20 fresh episodes, seed 1042"));
        choices.separateHeldOut = false;
        choices.heldOutShare = 0;
        panel.setChoices(choices);
        panel.setCorpus(snakeCorpus(CorpusFormat::lines, false), "/tmp/a.txt", CorpusFormat::lines);
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
        const std::vector<std::vector<TokenId>> three{{0, 3, 4}, {0, 5}, {0, 1}}, one{{0, 3, 4}};
        panel.setSamples({three, game, 3250, 0.5});
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
        panel.setSamples({one, game, 3300, 0.5});
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
