#include "workbench.h"

#include <QProgressBar>

using namespace gamegpt;
using namespace gamegpt::ui;

// The main job: a run from Start to Reset and its settings, worked through the real buttons.
class TestMainWindow : public QObject {
    Q_OBJECT

    // What people read on a control or beside it.
    static QString labelOf(const Workbench& bench, const char* objectName) {
        auto* control = bench.find(objectName);
        if (const auto* button = qobject_cast<QAbstractButton*>(control)) return button->text().remove(QChar(0x2026));
        for (const auto* label : control->window()->findChildren<QLabel*>())
            if (label->buddy() == control) return label->text();
        return {};
    }

   private slots:
    void init() { QSettings().clear(); }

    void controlsAreNamed_data() {
        QTest::addColumn<QString>("name");
        const std::pair<const char*, const char*> controls[] = {
            {"startButton", "Start"},
            {"stepButton", "Step"},
            {"stopButton", "Stop"},
            {"resetButton", "Reset"},
            {"openCorpusButton", "Open Corpus"},
            {"exportWeightsButton", "Export Weights"},
            {"importWeightsButton", "Import Weights"},
            {"temperatureSlider", "Temperature"},
            {"lengthSpin", "Length"},
            {"countSpin", "Count"},
            {"sampleSeedSpin", "Seed"},
            {"sampleButton", "Sample"},
            {"liveCheck", "Live"},
            {"learningRateSpin", "Learning rate"},
            {"scheduleCombo", "Schedule"},
            {"batchSpin", "Batch"},
            {"engineCombo", "Engine"},
            {"stepsSpin", "Steps"},
            {"layersSpin", "Layers"},
            {"embeddingSpin", "Embedding"},
            {"headsSpin", "Heads"},
            {"contextSpin", "Context"},
            {"seedSpin", "Seed"},
            {"layerSpin", "Layer"},
            {"headSpin", "Head"},
            {"sourceCombo", "Source"},
            {"formatCombo", "Format"},
            {"heldOutSpin", "Held out"},
            {"smoothingSlider", "Smoothing"},
            {"logButton", "Log axis"},
            {"followButton", "Follow"},
        };
        for (const auto& [objectName, name] : controls) QTest::newRow(objectName) << QString::fromLatin1(name);
    }
    void controlsAreNamed() {
        QFETCH(QString, name);
        const Workbench bench;
        const char* objectName = QTest::currentDataTag();
        QVERIFY(bench.find(objectName));
        QCOMPARE(bench.find(objectName)->accessibleName(), name);
        const QString label = labelOf(bench, objectName);
        QVERIFY2(!label.isEmpty() && name.startsWith(label), qPrintable(label));  // what is seen is what is said
    }

    void panelsAreNamed_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"corpus", "training", "loss", "attention", "embeddings", "sampler"})
            QTest::newRow(name) << QString(QLatin1String(name)).replace(0, 1, QChar::fromLatin1(name[0]).toUpper());
    }
    void panelsAreNamed() {
        QFETCH(QString, name);
        Workbench bench;
        const QByteArray panel = QByteArray(QTest::currentDataTag()) + "Panel";
        QVERIFY(bench.find(panel));
        QCOMPARE(bench.find(panel)->accessibleName(), name);
        const auto* dock = bench.find<QDockWidget>(panel + "Dock");
        QVERIFY(dock);
        QCOMPARE(dock->windowTitle(), name);
        QCOMPARE(dock->widget(), bench.find(panel));
    }

    void aFreshWindowIsReadyForTheBuiltInCorpus() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QCOMPARE(bench.textOf("documents"), QStringLiteral("200"));
        QCOMPARE(bench.find("corpusPanel")->findChild<QLabel*>("vocabulary")->text(),
                 QStringLiteral("74 tokens, game grammar"));
        QCOMPARE(bench.find<Card>("modelCard")->fact(), QStringLiteral("31,360 parameters"));
        QCOMPARE(bench.textOf("stepLabel"), QStringLiteral("0 / 5,000"));
        QCOMPARE(bench.textOf("runNumber"), QStringLiteral("run 1"));
        QVERIFY(bench.isEnabled("startButton") && bench.isEnabled("stepButton") && bench.isEnabled("resetButton"));
        QVERIFY(!bench.isEnabled("stopButton"));
        QVERIFY(bench.waitForSamples());
        QCOMPARE(bench.samples().size(), std::size_t{5});
    }

    void withoutACorpusNothingCanBeTrained() {
        const Workbench bench(false);
        QCOMPARE(bench.state(), QStringLiteral("Preparing"));
        for (const char* name :
             {"startButton", "stepButton", "stopButton", "resetButton", "exportWeightsButton", "sampleButton"})
            QVERIFY2(!bench.isEnabled(name), name);
        QVERIFY(bench.isEnabled("openCorpusButton"));
    }

    void startPauseResumeStepStopReset() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        const QString run = bench.textOf("runNumber");
        QVERIFY(bench.train(20));
        QCOMPARE(bench.textOf("startButton"), QStringLiteral("Pause"));
        QCOMPARE(bench.find("startButton")->accessibleName(), QStringLiteral("Pause"));
        QVERIFY(!bench.isEnabled("stepButton"));

        QVERIFY(bench.click("startButton"));
        QVERIFY(bench.waitForState("Paused"));
        const qint64 paused = bench.step();
        QVERIFY(paused >= 20);
        QCOMPARE(bench.find("startButton")->accessibleName(), QStringLiteral("Resume"));
        // A paused run stands still: what comes next is the very next step.
        QVERIFY(bench.waitForSamples());
        QVERIFY(bench.click("stepButton"));
        QVERIFY(bench.waitForStep(paused + 1));
        QCOMPARE(bench.step(), paused + 1);
        QCOMPARE(bench.state(), QStringLiteral("Paused"));

        QVERIFY(bench.train(10));
        QVERIFY(bench.click("stopButton"));
        QVERIFY(bench.waitForState("Stopped"));
        QVERIFY(!bench.isEnabled("stopButton"));
        QCOMPARE(bench.find("startButton")->accessibleName(), QStringLiteral("Resume"));
        QVERIFY(bench.train(10));
        QCOMPARE(bench.textOf("runNumber"), run);

        QVERIFY(bench.click("resetButton"));
        QVERIFY(bench.waitForState("Ready"));
        QCOMPARE(bench.step(), 0);
        QCOMPARE(bench.find("startButton")->accessibleName(), QStringLiteral("Start"));
        QVERIFY(bench.textOf("runNumber") != run);
        QVERIFY(bench.isEnabled("layersSpin"));
        QCOMPARE(bench.textOf("lossLabel"), QString());
    }

    void keysDoWhatTheButtonsDo() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.press(Qt::Key_F10));
        QVERIFY(bench.waitForState("Paused"));
        QCOMPARE(bench.step(), 1);
        QVERIFY(bench.press(Qt::Key_F5));
        QVERIFY(bench.waitForState("Training"));
        QVERIFY(bench.press(Qt::Key_F5));
        QVERIFY(bench.waitForState("Paused"));
        QVERIFY(bench.press(Qt::Key_F5, Qt::ShiftModifier));
        QVERIFY(bench.waitForState("Stopped"));
        QVERIFY(bench.press(Qt::Key_R, Qt::ControlModifier));
        QVERIFY(bench.waitForState("Ready"));
        QCOMPARE(bench.step(), 0);
    }

    void statusSaysHowFarAndHowFast() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.type("stepsSpin", QStringLiteral("20000")));
        QVERIFY(bench.train(40));
        const auto matches = [&](const char* label, const char* pattern) {
            return bench.waitFor(
                [&] { return QRegularExpression(QLatin1String(pattern)).match(bench.textOf(label)).hasMatch(); });
        };
        QVERIFY(matches("stepLabel", "^[\\d,]+ / 20,000$"));
        QVERIFY(matches("stepsPerSecondLabel", "^[\\d,.]+ steps/s$"));
        QVERIFY(matches("tokensPerSecondLabel", "^[\\d,]+ tokens/s$"));
        QVERIFY(matches("timeLeftLabel", "^.*\\d+ (s|min \\d\\d s|h \\d\\d min) left$"));
        QVERIFY(matches("lossLabel", "^loss \\d\\.\\d{3}$"));
        QVERIFY(bench.click("startButton"));
        QVERIFY(bench.waitForState("Paused"));
        QCOMPARE(bench.find<QProgressBar>("progressBar")->value(), static_cast<int>(1000 * bench.step() / 20000));
    }

    void aRunEndsAndGoesOnWithMoreSteps() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.type("stepsSpin", QStringLiteral("60")));
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.click("startButton"));
        QVERIFY(bench.waitForState("Finished"));
        QCOMPARE(bench.textOf("stepLabel"), QStringLiteral("60 / 60"));
        QVERIFY(bench.textOf("timeLeftLabel").startsWith(QStringLiteral("in ")));
        QCOMPARE(bench.find<QProgressBar>("progressBar")->value(), 1000);
        QVERIFY(!bench.isEnabled("startButton"));
        QVERIFY(!bench.isEnabled("stepButton"));

        const QString run = bench.textOf("runNumber");
        QVERIFY(bench.type("stepsSpin", QStringLiteral("90")));
        QCOMPARE(bench.textOf("stepLabel"), QStringLiteral("60 / 90"));
        QCOMPARE(bench.textOf("runNumber"), run);
        QVERIFY(bench.isEnabled("startButton"));
        QCOMPARE(bench.textOf("startButton"), QStringLiteral("Resume"));
        QVERIFY(bench.click("startButton"));
        QVERIFY(bench.waitFor([&] { return bench.textOf("stepLabel") == QStringLiteral("90 / 90"); }));
        QVERIFY(bench.waitForState("Finished"));
    }

    void settingsMakeANewModel() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        const std::pair<const char*, const char*> changes[] = {
            {"layersSpin", "3"}, {"embeddingSpin", "16"}, {"contextSpin", "32"}};
        QString before = bench.find<Card>("modelCard")->fact();
        for (const auto& [field, value] : changes) {
            const QString run = bench.textOf("runNumber");
            QVERIFY(bench.type(field, QLatin1String(value)));
            QVERIFY2(bench.find<Card>("modelCard")->fact() != before, field);
            before = bench.find<Card>("modelCard")->fact();
            QVERIFY2(bench.textOf("runNumber") != run, field);
            QVERIFY(bench.waitForState("Ready"));
        }
        QCOMPARE(bench.training().model().n_layer, 3);
        QCOMPARE(bench.training().snapshot()->weights.config().n_embd, 16);
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.trainAndPause());
    }

    void headsThatDoNotDivideSayWhy() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        const QString toolTip = bench.find("startButton")->toolTip();
        QVERIFY(bench.type("headsSpin", QStringLiteral("5")));
        QVERIFY(!bench.isEnabled("startButton"));
        QVERIFY(!bench.isEnabled("stepButton"));
        QVERIFY(bench.isShown("problemText"));
        QCOMPARE(bench.textOf("problemText"), QStringLiteral("Embedding (32) must be divisible by Heads (5)."));
        QVERIFY(bench.find("startButton")->toolTip().startsWith(bench.textOf("problemText")));
        QVERIFY(bench.press(Qt::Key_F5));

        QVERIFY(bench.type("headsSpin", QStringLiteral("8")));
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(!bench.isShown("problemText"));
        QCOMPARE(bench.find("startButton")->toolTip(), toolTip);
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.trainAndPause());
    }

    void settingsAreLockedWhileARunIsActive() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        const auto locked = {"layersSpin", "embeddingSpin", "headsSpin",     "contextSpin",
                             "seedSpin",   "batchSpin",     "scheduleCombo", "engineCombo"};
        QVERIFY(bench.train(5));
        for (const char* name : locked) {
            QVERIFY2(!bench.isEnabled(name), name);
            QCOMPARE(bench.find(name)->toolTip(), QStringLiteral("Locked while a run is active. Reset to change."));
        }
        QVERIFY(bench.isEnabled("learningRateSpin") && bench.isEnabled("stepsSpin"));
        QVERIFY(bench.click("startButton"));
        QVERIFY(bench.waitForState("Paused"));
        for (const char* name : locked) QVERIFY2(!bench.isEnabled(name), name);
        QVERIFY(bench.click("resetButton"));
        QVERIFY(bench.waitForState("Ready"));
        for (const char* name : locked) {
            QVERIFY2(bench.isEnabled(name), name);
            QVERIFY(!bench.find(name)->toolTip().startsWith(QStringLiteral("Locked")));
        }
    }

    void learningRateChangesLive() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.choose("scheduleCombo", QStringLiteral("constant")));
        QVERIFY(bench.waitForState("Ready"));
        double newest = 0;
        connect(&bench.training(), &TrainingController::recordsArrived, this,
                [&](const std::vector<StepRecord>& records) { newest = records.back().learning_rate; });
        QVERIFY(bench.train(5));
        QCOMPARE(newest, 0.01);
        const QString run = bench.textOf("runNumber");
        const qint64 step = bench.step();
        QVERIFY(bench.type("learningRateSpin", QStringLiteral("0.002")));
        QVERIFY(bench.waitFor([&] { return newest == 0.002; }));
        QCOMPARE(bench.textOf("runNumber"), run);
        QVERIFY(bench.step() >= step);
        QCOMPARE(bench.find<Card>("trainingCard")->fact(), QStringLiteral("last step 0.0020"));
    }

    void anImpossibleLearningRateDoesNotEndTheRun() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.train(5));
        QVERIFY(bench.type("learningRateSpin", QStringLiteral("0")));
        QVERIFY(bench.waitForStep(bench.step() + 20));
        QCOMPARE(bench.state(), QStringLiteral("Training"));
        QVERIFY(bench.isEnabled("startButton"));
        QVERIFY(bench.type("learningRateSpin", QStringLiteral("0.005")));
        QVERIFY(bench.waitForStep(bench.step() + 20));
        QCOMPARE(bench.state(), QStringLiteral("Training"));
    }
};

int main(int argc, char** argv) {
    return runWindowTest<TestMainWindow>(argc, argv);
}
#include "tst_main_window.moc"
