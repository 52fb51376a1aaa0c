#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>

#include <cstdio>

#include "ui/main_window.h"
#include "ui/theme.h"
#include "ui/widgets/file_dialogs.h"

int main(int argc, char** argv) {
    using namespace gamegpt::ui;
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("GameGPT"));
    QApplication::setApplicationName(QStringLiteral("gamegpt-workbench"));
    QApplication::setApplicationDisplayName(QObject::tr("GameGPT Workbench"));
    QApplication::setApplicationVersion(QStringLiteral(GAMEGPT_VERSION));

    QCommandLineParser parser;
    parser.setApplicationDescription(QObject::tr("Train and understand very small transformers."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption corpus(QStringLiteral("corpus"), QObject::tr("Corpus to open instead of the built-in one."), QStringLiteral("file"));
    const QCommandLineOption weights(QStringLiteral("weights"), QObject::tr("Weights to import."), QStringLiteral("file"));
    const QCommandLineOption start(QStringLiteral("start"), QObject::tr("Start training at once."));
    const QCommandLineOption steps(QStringLiteral("steps"), QObject::tr("Training steps."), QStringLiteral("n"));
    const QCommandLineOption theme(QStringLiteral("theme"), QObject::tr("light or dark instead of the desktop's."), QStringLiteral("name"));
    parser.addOptions({corpus, weights, start, steps, theme});
    parser.process(application);

    bool stepsUnderstood = true;
    const qint64 stepCount = parser.value(steps).toLongLong(&stepsUnderstood);
    if (parser.isSet(steps) && (!stepsUnderstood || stepCount < 0)) {
        std::fprintf(stderr, "gamegpt-workbench: --steps is \"%s\"; a whole number of 0 or more was expected\n",
                     qPrintable(parser.value(steps)));
        return 2;
    }

    const QString themeName = parser.isSet(theme) ? parser.value(theme) : QSettings().value(QStringLiteral("theme")).toString();
    const bool dark = themeName.isEmpty() ? systemIsDark(QApplication::palette()) : themeName == QLatin1String("dark");
    applyTheme(application, dark);

    FileDialogs dialogs;
    MainWindow window(dialogs);
    if (parser.isSet(steps)) window.setSteps(stepCount);
    if (parser.isSet(weights)) window.importWeights(parser.value(weights));
    if (parser.isSet(corpus)) window.openCorpus(parser.value(corpus));
    else window.loadBuiltInCorpus();
    if (parser.isSet(start)) window.startWhenReady();
    window.show();
    return QApplication::exec();
}
