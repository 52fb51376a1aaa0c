// Holds the #include lines of core/, ui/ and app/ to the table in DESIGN.md: which way includes may point.

#include <QDir>
#include <QDirIterator>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QtTest>

// The folders of core that each folder of core may include, itself and base aside.
static const QMap<QString, QSet<QString>> coreArrows = {
    {"base", {}},
    {"autograd", {}},
    {"corpus", {}},
    {"snake", {"corpus"}},
    {"grammar", {"corpus"}},
    {"model", {}},
    {"engine", {"model", "corpus", "autograd"}},
    {"train", {"engine", "model", "corpus"}},
    {"sample", {"engine", "model", "corpus"}},
    {"inspect", {"engine", "model", "corpus"}},
    {"formats", {"model", "corpus"}},
    {"play", {"snake", "grammar", "sample", "engine", "model", "corpus"}},
    {"runs", {"train", "model", "corpus"}},
};

static QStringList sourcesBelow(const QString& folder) {
    QStringList sources;
    QDirIterator files(QStringLiteral(GAMEGPT_SOURCE_DIR "/") + folder, {"*.h", "*.cpp"}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) sources << QDir(GAMEGPT_SOURCE_DIR).relativeFilePath(files.next());
    sources.sort();
    return sources;
}

// "core/base/error.h", "QString", "QtTest/QtTest", ...
static QStringList includesOf(const QString& source) {
    QFile file(QStringLiteral(GAMEGPT_SOURCE_DIR "/") + source);
    if (!file.open(QIODevice::ReadOnly)) qFatal("cannot read %s", qPrintable(source));
    static const QRegularExpression include("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]", QRegularExpression::MultilineOption);
    QStringList includes;
    for (auto match = include.globalMatch(QString::fromUtf8(file.readAll())); match.hasNext();)
        includes << match.next().captured(1);
    return includes;
}

static bool isQt(const QString& include) {
    static const QRegularExpression qt("^(Q[A-Z]|Qt[A-Z]|qcustomplot)");
    return qt.match(include).hasMatch();
}

// Why `source` may not include `include`; empty if it may.
static QString objection(const QString& source, const QString& include) {
    const QStringList from = source.split('/');
    const QStringList to = include.split('/');
    if (include.startsWith("qcustomplot") && !(source.startsWith("ui/plots/") && source.endsWith(".cpp")))
        return "only ui/plots/*.cpp include QCustomPlot";
    if (to[0] == "app" && from[0] != "app") return "only app includes app";
    if (to[0] == "tests") return "nothing includes tests";
    if (from[0] == "core") {
        if (isQt(include)) return "core knows no Qt";
        if (to[0] == "ui") return "core does not include ui";
        if (from.size() < 3 || to[0] != "core") return {};  // core/game_gpt.h is the front door and may include all
        if (to.size() < 3) return "core's folders do not include its front door";
        if (to[1] == from[1] || to[1] == "base") return {};
        if (!coreArrows.contains(from[1])) return "the folder is not in coreArrows";
        if (!coreArrows[from[1]].contains(to[1])) return from[1] + " does not include " + to[1];
        if (to[1] == "autograd" && from[1] == "engine" && !from[2].startsWith("reference_"))
            return "only the reference engine is built on autograd";
    }
    if (from[0] == "app" && from[1] == "cli" && (isQt(include) || to[0] == "ui")) return "the command line knows no Qt";
    if (source.startsWith("ui/panels/") && include.startsWith("ui/panels/")) {
        const auto stem = [](const QString& path) { return QFileInfo(path).completeBaseName(); };
        if (!stem(source).startsWith(stem(include))) return "panels do not include each other";
    }
    return {};
}

class TestLayers : public QObject {
    Q_OBJECT

   private slots:
    void includesPointDown_data() {
        QTest::addColumn<QString>("source");
        for (const QString folder : {"core", "ui", "app"})
            for (const QString& source : sourcesBelow(folder)) QTest::newRow(qPrintable(source)) << source;
    }
    void includesPointDown() {
        QFETCH(QString, source);
        for (const QString& include : includesOf(source)) {
            const QString why = objection(source, include);
            QVERIFY2(why.isEmpty(), qPrintable(source + " includes " + include + ": " + why));
        }
    }

    void objects_data() {  // the check itself: what it must refuse and what it must not
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("include");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("Qt in core") << "core/base/error.h" << "QString" << false;
        QTest::newRow("ui in core") << "core/train/trainer.h" << "ui/theme.h" << false;
        QTest::newRow("base everywhere") << "core/sample/generate.h" << "core/base/python_random.h" << true;
        QTest::newRow("up an arrow") << "core/corpus/corpus.h" << "core/snake/game.h" << false;
        QTest::newRow("down an arrow") << "core/snake/codec.h" << "core/corpus/game_tokens.h" << true;
        QTest::newRow("autograd below the reference") << "core/engine/reference_engine.cpp" << "core/autograd/value.h" << true;
        QTest::newRow("autograd elsewhere") << "core/engine/fast_engine.cpp" << "core/autograd/value.h" << false;
        QTest::newRow("the front door") << "core/game_gpt.h" << "core/train/trainer.h" << true;
        QTest::newRow("through the front door") << "core/train/trainer.h" << "core/game_gpt.h" << false;
        QTest::newRow("plots plot") << "ui/plots/loss_plot.cpp" << "qcustomplot.h" << true;
        QTest::newRow("a plot's header does not") << "ui/plots/loss_plot.h" << "qcustomplot.h" << false;
        QTest::newRow("a panel's own header") << "ui/panels/loss_panel.cpp" << "ui/panels/loss_panel.h" << true;
        QTest::newRow("another panel's header") << "ui/panels/loss_panel.cpp" << "ui/panels/corpus_panel.h" << false;
        QTest::newRow("Qt on the command line") << "app/cli/train.cpp" << "QString" << false;
        QTest::newRow("app in ui") << "ui/main_window.cpp" << "app/cli/train.h" << false;
    }
    void objects() {
        QFETCH(QString, source);
        QFETCH(QString, include);
        QFETCH(bool, allowed);
        QCOMPARE(objection(source, include).isEmpty(), allowed);
    }
};

QTEST_APPLESS_MAIN(TestLayers)
#include "tst_layers.moc"
