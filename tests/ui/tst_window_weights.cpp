#include "workbench.h"

#include <QSpinBox>

#include "core/formats/weights_text.h"

using namespace gamegpt;
using namespace gamegpt::ui;

// Weights that leave the window and come back.
class TestWindowWeights : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString written(const QString& name, const QByteArray& bytes) const { return writtenFile(m_folder, name, bytes); }

    // A weights file of a fresh model.
    QString weightsFile(const QString& name, int vocabulary, int layers = 2) const {
        ModelConfig config;
        config.vocab_size = vocabulary;
        config.n_layer = layers;
        config.seed = 7;
        save_weights_text(Weights::initial(config), m_folder.filePath(name).toStdString());
        return m_folder.filePath(name);
    }

    static bool waitForError(const Workbench& bench) {
        return bench.waitFor([&] { return !bench.dialogs.lastError().isEmpty(); });
    }
    static bool waitForNews(const Workbench& bench, const QString& beginning) {
        return bench.waitFor([&] { return bench.textOf("newsLabel").startsWith(beginning); });
    }

   private slots:
    void init() { QSettings().clear(); }

    void exportedWeightsGiveTheSameSamplesAgain() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.trainAndPause(40));
        QVERIFY(bench.waitForSamples());
        const auto samples = bench.samples();
        const QString path = m_folder.filePath(QStringLiteral("mid-pause.txt"));
        bench.dialogs.setNextFileName(path);
        QVERIFY(bench.click("exportWeightsButton"));
        QCOMPARE(bench.dialogs.lastTitle(), QStringLiteral("Export Weights"));
        QCOMPARE(bench.dialogs.lastSuggestion(), QStringLiteral("weights.txt"));
        QVERIFY(waitForNews(bench, QStringLiteral("Weights of step ")));
        QVERIFY(bench.textOf("newsLabel").contains(path));
        QCOMPARE(load_weights_text(path.toStdString(), 4).config().vocab_size, 74);

        QVERIFY(bench.click("resetButton"));
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.waitForSamples());
        QVERIFY(bench.samples() != samples);

        bench.dialogs.setNextFileName(path);
        QVERIFY(bench.click("importWeightsButton"));
        QVERIFY(waitForNews(bench, QStringLiteral("Weights read from ") + path));
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.waitForSamples());
        QVERIFY(bench.samples() == samples);
        QCOMPARE(bench.step(), 0);
        QVERIFY(!bench.isEnabled("layersSpin"));
        QVERIFY(bench.find("layersSpin")->toolTip().contains(QStringLiteral("imported")));
        QVERIFY(bench.trainAndPause(5));
        QVERIFY(bench.click("resetButton"));
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.isEnabled("layersSpin"));
        QCOMPARE(bench.dialogs.lastError(), QString());
    }

    void exportWhileRunningWritesOneStep() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.train(10));
        const qint64 before = bench.step();
        const QString path = m_folder.filePath(QStringLiteral("running.txt"));
        bench.dialogs.setNextFileName(path);
        QVERIFY(bench.press(Qt::Key_E, Qt::ControlModifier));
        QVERIFY(waitForNews(bench, QStringLiteral("Weights of step ")));
        QCOMPARE(bench.state(), QStringLiteral("Training"));
        const qint64 step =
            bench.textOf("newsLabel").section(QLatin1Char(' '), 3, 3).remove(QLatin1Char(',')).toLongLong();
        QVERIFY(step > 0 && step <= bench.step() + 1);
        QVERIFY(step + 1000 > before);
        QCOMPARE(load_weights_text(path.toStdString(), 4).config().n_layer, 2);
    }

    void anExportIsOfTheRunItWasAskedIn() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.train(30));
        QVERIFY(bench.waitFor([&] { return bench.training().snapshot()->step > 0; }));
        const QString path = m_folder.filePath(QStringLiteral("before-reset.txt"));
        bench.dialogs.setNextFileName(path);
        QVERIFY(bench.click("exportWeightsButton"));
        QVERIFY(bench.click("resetButton"));
        QVERIFY(waitForNews(bench, QStringLiteral("Weights of step ")));
        QVERIFY(!bench.textOf("newsLabel").startsWith(QStringLiteral("Weights of step 0 ")));
        QVERIFY(bench.waitForState("Ready"));
    }

    void exportIntoAMissingFolderSaysSo() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        const QString path = m_folder.filePath(QStringLiteral("no/such/folder/weights.txt"));
        bench.dialogs.setNextFileName(path);
        QVERIFY(bench.click("exportWeightsButton"));
        QVERIFY(waitForError(bench));
        QVERIFY2(bench.dialogs.lastError().contains(path), qPrintable(bench.dialogs.lastError()));
        QCOMPARE(bench.dialogs.lastTitle(), QStringLiteral("Export Weights"));
        QVERIFY(bench.trainAndPause());
    }

    void aFailedExportLeavesTheOldFileWhole() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        // A folder of that name cannot be replaced by a file.
        const QString path = m_folder.filePath(QStringLiteral("taken"));
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("taken")));
        const QString inside = written(QStringLiteral("taken/old.txt"), "old");
        const QStringList before =
            QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
        bench.dialogs.setNextFileName(path);
        QVERIFY(bench.click("exportWeightsButton"));
        QVERIFY(waitForError(bench));
        QVERIFY2(bench.dialogs.lastError().contains(path), qPrintable(bench.dialogs.lastError()));
        QCOMPARE(bytesOf(inside), QByteArray("old"));
        QCOMPARE(QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden), before);
    }

    void weightsOfAnotherVocabularyAreRefused() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.train(10));
        const QString run = bench.textOf("runNumber");
        bench.dialogs.setNextFileName(weightsFile(QStringLiteral("thirty.txt"), 30));
        QVERIFY(bench.click("importWeightsButton"));
        QVERIFY(waitForError(bench));
        QCOMPARE(bench.dialogs.lastTitle(), QStringLiteral("Import Weights"));
        for (const char* part : {"thirty.txt", " 30 ", " 74"})
            QVERIFY2(bench.dialogs.lastError().contains(QLatin1String(part)), qPrintable(bench.dialogs.lastError()));
        QVERIFY(bench.waitForStep(bench.step() + 20));
        QCOMPARE(bench.textOf("runNumber"), run);
        QCOMPARE(bench.state(), QStringLiteral("Training"));
    }

    void badWeightsLeaveTheRunAsItIs_data() {
        QTest::addColumn<QString>("path");
        const QByteArray whole = bytesOf(weightsFile(QStringLiteral("whole.txt"), 74));
        QTest::newRow("missing") << m_folder.filePath(QStringLiteral("missing-weights.txt"));
        QTest::newRow("folder") << m_folder.path();
        QTest::newRow("empty") << written(QStringLiteral("empty-weights.txt"), {});
        QTest::newRow("truncated") << written(QStringLiteral("half.txt"), whole.left(whole.size() / 2));
        QTest::newRow("words") << written(QStringLiteral("words-weights.txt"), namesText());
        QTest::newRow("binary") << written(QStringLiteral("binary-weights.txt"), QByteArray(1000, '\0'));
        QTest::newRow("not a number") << written(QStringLiteral("nan.txt"), QByteArray(whole).replace(6, 10, "nan"));
    }
    void badWeightsLeaveTheRunAsItIs() {
        QFETCH(QString, path);
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.trainAndPause());
        const QString run = bench.textOf("runNumber"), step = bench.textOf("stepLabel");
        bench.dialogs.setNextFileName(path);
        QVERIFY(bench.press(Qt::Key_I, Qt::ControlModifier));
        QVERIFY(waitForError(bench));
        QVERIFY2(bench.dialogs.lastError().contains(QFileInfo(path).fileName()), qPrintable(bench.dialogs.lastError()));
        QCOMPARE(bench.textOf("runNumber"), run);
        QCOMPARE(bench.textOf("stepLabel"), step);
        QCOMPARE(bench.state(), QStringLiteral("Paused"));
        QVERIFY(bench.trainAndPause());
    }

    void importedWeightsBringTheirShape() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        bench.dialogs.setNextFileName(weightsFile(QStringLiteral("three.txt"), 74, 3));
        QVERIFY(bench.click("importWeightsButton"));
        QVERIFY(waitForNews(bench, QStringLiteral("Weights read from ")));
        QCOMPARE(bench.find<QSpinBox>("layersSpin")->value(), 3);
        QCOMPARE(bench.training().model().n_layer, 3);
        QVERIFY(bench.waitForState("Ready"));
        // Steps and learning rate may change without losing what was imported.
        const QString run = bench.textOf("runNumber");
        QVERIFY(bench.type("stepsSpin", QStringLiteral("7000")));
        QVERIFY(bench.type("learningRateSpin", QStringLiteral("0.005")));
        QCOMPARE(bench.textOf("runNumber"), run);
        QVERIFY(bench.training().isImported());
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.trainAndPause());
    }

    void commandLineWeightsAreWhatIsTrained() {
        Workbench bench(false);
        bench.window().setSteps(60);
        bench.window().importWeights(weightsFile(QStringLiteral("one.txt"), 74, 1));
        bench.window().loadBuiltInCorpus();
        bench.window().startWhenReady();
        QVERIFY(bench.waitForState("Finished"));
        QCOMPARE(bench.textOf("stepLabel"), QStringLiteral("60 / 60"));
        QCOMPARE(bench.training().model().n_layer, 1);
        QVERIFY(bench.training().isImported());
    }
};

int main(int argc, char** argv) {
    return runWindowTest<TestWindowWeights>(argc, argv);
}
#include "tst_window_weights.moc"
