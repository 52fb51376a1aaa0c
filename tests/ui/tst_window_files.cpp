#include "workbench.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>
#include <QProcess>

using namespace gamegpt;
using namespace gamegpt::ui;

// Corpora from files, opened, dropped and named on the command line.
class TestWindowFiles : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString written(const QString& name, const QByteArray& bytes) const { return writtenFile(m_folder, name, bytes); }

    static bool open(Workbench& bench, const QString& path) {
        bench.dialogs.setNextFileName(path);
        return bench.click("openCorpusButton");
    }
    static QString nameIn(const Workbench& bench) {
        return bench.find("corpusPanel")->findChild<QLabel*>("corpusName")->text();
    }
    static bool waitForCorpus(const Workbench& bench, const QString& name) {
        return bench.waitFor([&] { return nameIn(bench) == name; }) && bench.waitForState("Ready");
    }
    static QString vocabularyIn(const Workbench& bench) {
        return bench.find("corpusPanel")->findChild<QLabel*>("vocabulary")->text();
    }
    static bool waitForError(const Workbench& bench) {
        return bench.waitFor([&] { return !bench.dialogs.lastError().isEmpty(); });
    }

   private slots:
    void init() { QSettings().clear(); }

    void cancelledDialogsDoNothing() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.train(10));
        const QString run = bench.textOf("runNumber");
        const QString name = nameIn(bench);
        for (const char* button : {"openCorpusButton", "importWeightsButton", "exportWeightsButton"})
            QVERIFY(bench.click(button));
        QCOMPARE(bench.dialogs.lastTitle(), QStringLiteral("Export Weights"));
        QVERIFY(bench.waitForStep(bench.step() + 20));
        QCOMPARE(bench.state(), QStringLiteral("Training"));
        QCOMPARE(bench.textOf("runNumber"), run);
        QCOMPARE(nameIn(bench), name);
        QCOMPARE(bench.textOf("newsLabel"), QString());
        QCOMPARE(bench.dialogs.lastError(), QString());
    }

    void aTextIsLearntInItsOwnVocabulary() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        const QString path = written(QStringLiteral("names.txt"), namesText());
        bench.dialogs.setNextFileName(path);
        QVERIFY(bench.press(Qt::Key_O, Qt::ControlModifier));
        QCOMPARE(bench.dialogs.lastTitle(), QStringLiteral("Open Corpus"));
        QVERIFY(waitForCorpus(bench, QStringLiteral("names.txt")));
        const auto& vocabulary = bench.training().corpus().train->vocabulary();
        QCOMPARE(vocabulary.kind(), Vocabulary::Kind::characters);
        QCOMPARE(vocabularyIn(bench), QStringLiteral("%1 tokens, characters").arg(vocabulary.size()));
        QCOMPARE(bench.training().snapshot()->weights.config().vocab_size, static_cast<int>(vocabulary.size()));
        QCOMPARE(bench.textOf("corpusName"), QStringLiteral("names.txt"));
        QVERIFY(bench.type("stepsSpin", QStringLiteral("10000000")));  // the preset's would be done in a blink
        QVERIFY(bench.trainAndPause(60));
        QVERIFY(bench.waitForSamples());
        for (const auto& sample : bench.samples())
            QVERIFY(QRegularExpression(QStringLiteral("^[a-z]*$"))
                        .match(QString::fromStdString(vocabulary.text(sample)))
                        .hasMatch());
    }

    void theFormatCanBeChangedByHand() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(!bench.isEnabled("formatCombo"));
        QVERIFY(open(bench, written(QStringLiteral("words.txt"), "red green blue\nblue red\ngreen green red\nblue\n")));
        QVERIFY(waitForCorpus(bench, QStringLiteral("words.txt")));
        QCOMPARE(bench.find<QComboBox>("formatCombo")->currentText(), QStringLiteral("text, a document a line"));
        QVERIFY(vocabularyIn(bench).endsWith(QStringLiteral("characters")));
        QVERIFY(bench.choose("formatCombo", QStringLiteral("token names, a document a line")));
        QVERIFY(bench.waitFor([&] { return vocabularyIn(bench) == QStringLiteral("4 tokens, words"); }));
        QVERIFY(bench.waitForState("Ready"));
        QCOMPARE(bench.training().model().vocab_size, 4);
        QVERIFY(bench.type("stepsSpin", QStringLiteral("10000000")));  // the preset's would be done in a blink
        QVERIFY(bench.trainAndPause());

        // A format that the file is not in changes nothing, and the panel says what is loaded.
        QVERIFY(bench.choose("formatCombo", QStringLiteral("episodes JSON")));
        QVERIFY(waitForError(bench));
        QVERIFY2(bench.dialogs.lastError().contains(QStringLiteral("words.txt")),
                 qPrintable(bench.dialogs.lastError()));
        QCOMPARE(bench.state(), QStringLiteral("Paused"));
        QCOMPARE(bench.find<QComboBox>("formatCombo")->currentText(), QStringLiteral("token names, a document a line"));
        QVERIFY(bench.isShown("corpusError"));
        QVERIFY(bench.textOf("corpusError").contains(QStringLiteral("words.txt")));
    }

    void theHeldOutShareCanBeChanged() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(!bench.isEnabled("heldOutSpin"));
        QVERIFY(open(bench, written(QStringLiteral("names.txt"), namesText())));
        QVERIFY(waitForCorpus(bench, QStringLiteral("names.txt")));
        QCOMPARE(bench.textOf("documents"), QStringLiteral("36"));
        QCOMPARE(bench.textOf("heldOutNote"), QStringLiteral("4 documents"));
        QVERIFY(bench.type("heldOutSpin", QStringLiteral("25")));
        QVERIFY(bench.waitFor([&] { return bench.textOf("documents") == QStringLiteral("30"); }));
        QCOMPARE(bench.textOf("heldOutNote"), QStringLiteral("10 documents"));
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.isShown("heldOutLoss"));
        QVERIFY(bench.type("heldOutSpin", QStringLiteral("0")));
        QVERIFY(bench.waitFor([&] { return bench.textOf("documents") == QStringLiteral("40"); }));
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(!bench.isShown("heldOutLoss"));
        QVERIFY(bench.type("stepsSpin", QStringLiteral("10000000")));  // the preset's would be done in a blink
        QVERIFY(bench.trainAndPause());
    }

    void badCorporaLeaveTheRunAsItIs_data() {
        QTest::addColumn<QString>("path");
        QTest::newRow("missing") << m_folder.filePath(QStringLiteral("missing.txt"));
        QTest::newRow("folder") << m_folder.path();
        const std::pair<const char*, QByteArray> files[] = {
            {"empty.txt", {}},
            {"blank.txt", " \n\n"},
            {"binary.txt", QByteArray("\x7f"
                                      "ELF\x02\x01\x01\0\0\0\xff\xfe",
                                      12)},
            {"not-utf8.txt", "caf\xe9\n"},
            {"truncated.json", "[[0, 3, 4], [0, 5"},
            {"out-of-range.json", "[[0, 3, 4], [0, 99999999]]"},
            {"negative.json", "[[0, -3, 4]]"},
            {"wrong-type.json", "[[0, \"three\", 4]]"},
            {"fractions.json", "[[0, 1.5]]"},
            {"object.json", "{\"episodes\": [[0, 1]]}"},
            {"no-documents.json", "[]"},
        };
        for (const auto& [name, bytes] : files) QTest::newRow(name) << written(QLatin1String(name), bytes);
    }
    void badCorporaLeaveTheRunAsItIs() {
        QFETCH(QString, path);
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.train(10));
        const QString run = bench.textOf("runNumber"), name = nameIn(bench), vocabulary = vocabularyIn(bench);
        const qint64 step = bench.step();
        QVERIFY(open(bench, path));
        QVERIFY(waitForError(bench));
        const QString error = bench.dialogs.lastError();
        QCOMPARE(bench.dialogs.lastTitle(), QStringLiteral("Open Corpus"));
        QVERIFY2(error.contains(QFileInfo(path).fileName()), qPrintable(error));
        QVERIFY2(error.size() < 500, qPrintable(error));
        QVERIFY(bench.isShown("corpusError"));
        QCOMPARE(bench.textOf("corpusError"), error);
        QVERIFY(bench.isShown("documents"));
        QVERIFY(bench.waitForStep(step + 20));
        QCOMPARE(bench.state(), QStringLiteral("Training"));
        QCOMPARE(bench.textOf("runNumber"), run);
        QCOMPARE(nameIn(bench), name);
        QCOMPARE(vocabularyIn(bench), vocabulary);
        QVERIFY(!bench.isEnabled("formatCombo"));
    }

    void aCorpusCanBeDropped() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(written(QStringLiteral("dropped.txt"), namesText()))});
        QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&bench.window(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&bench.window(), &drop);
        QVERIFY(drop.isAccepted());
        QVERIFY(waitForCorpus(bench, QStringLiteral("dropped.txt")));
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.trainAndPause());
    }

    void onlyOneFileCanBeDropped_data() {
        QTest::addColumn<QList<QUrl>>("urls");
        const QUrl file = QUrl::fromLocalFile(QStringLiteral("/tmp/a.txt"));
        QTest::newRow("two") << QList<QUrl>{file, file};
        QTest::newRow("none") << QList<QUrl>{};
        QTest::newRow("web page") << QList<QUrl>{QUrl(QStringLiteral("https://example.org/a.txt"))};
    }
    void onlyOneFileCanBeDropped() {
        QFETCH(QList<QUrl>, urls);
        Workbench bench;
        QMimeData data;
        data.setUrls(urls);
        QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&bench.window(), &enter);
        QVERIFY(!enter.isAccepted());
    }

    void badCommandLineFilesDoNotStartARun_data() {
        QTest::addColumn<QString>("corpus");
        QTest::addColumn<QString>("weights");
        QTest::newRow("weights") << written(QStringLiteral("names.txt"), namesText())
                                 << m_folder.filePath(QStringLiteral("none.txt"));
        QTest::newRow("corpus") << m_folder.filePath(QStringLiteral("none.txt")) << QString();
    }
    void badCommandLineFilesDoNotStartARun() {
        QFETCH(QString, corpus);
        QFETCH(QString, weights);
        Workbench bench(false);
        if (!weights.isEmpty()) bench.window().importWeights(weights);
        bench.window().openCorpus(corpus);
        bench.window().startWhenReady();
        QVERIFY(waitForError(bench));
        // Nor does what the user opens next.
        QVERIFY(open(bench, written(QStringLiteral("next.txt"), namesText())));
        QVERIFY(waitForCorpus(bench, QStringLiteral("next.txt")));
        QVERIFY(bench.click("stepButton"));
        QVERIFY(bench.waitForState("Paused"));
        QCOMPARE(bench.step(), 1);
    }

    void program_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("part");
        QTest::newRow("help") << QStringList{QStringLiteral("--help")} << 0 << QStringLiteral("--corpus");
        QTest::newRow("steps: words") << QStringList{QStringLiteral("--steps"), QStringLiteral("many")} << 2
                                      << QStringLiteral("\"many\"");
        QTest::newRow("steps: negative") << QStringList{QStringLiteral("--steps=-5")} << 2 << QStringLiteral("\"-5\"");
    }
    void program() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QString, part);
        QProcess process;
        prepare(process);
        process.start(QStringLiteral(GAMEGPT_BIN_DIR "/gamegpt-workbench"), arguments);
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), code);
        const QByteArray answer = code == 0 ? process.readAllStandardOutput() : process.readAllStandardError();
        QVERIFY2(answer.contains(part.toUtf8()), answer.constData());
        if (code != 0) QCOMPARE(answer.count('\n'), 1);
    }

    void programStartsARun() {
        QProcess process;
        prepare(process);
        process.start(QStringLiteral(GAMEGPT_BIN_DIR "/gamegpt-workbench"),
                      {QStringLiteral("--start"), QStringLiteral("--steps"), QStringLiteral("50")});
        QVERIFY(process.waitForStarted(10'000));
        QVERIFY(!process.waitForFinished(1500));
        QCOMPARE(process.state(), QProcess::Running);
        process.terminate();
        QVERIFY(process.waitForFinished(10'000));
        const QByteArray errors = process.readAllStandardError();
        QVERIFY2(errors.isEmpty(), errors.constData());
    }

 private:
    void prepare(QProcess& process) const {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("QT_LOGGING_RULES"), QStringLiteral("*.warning=false;*.info=false"));
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_folder.path());
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_folder.path());
        process.setProcessEnvironment(environment);
    }
};

int main(int argc, char** argv) {
    return runWindowTest<TestWindowFiles>(argc, argv);
}
#include "tst_window_files.moc"
