#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>
#include <QTimer>

#include <cstdio>

#include "ui/controllers/training_controller.h"
#include "ui/main_window.h"
#include "ui/theme.h"
#include "ui/widgets/file_dialogs.h"

namespace {

// One line on stderr, and the exit code of bad input.
int refuse(const QString& message) {
    std::fprintf(stderr, "gamegpt-workbench: %s\n", qPrintable(message));
    return 2;
}

// Waits for the step, lets the panels catch up with it, and ends the program with the picture written.
void takeScreenshot(gamegpt::ui::MainWindow& window, const QString& path, qint64 atStep) {
    constexpr int catchUp = 150;  // ms
    const auto grab = [&window, path] { QApplication::exit(window.grab().save(path) ? 0 : 2); };
    auto* once = new QObject(&window);
    QObject::connect(window.training(), &gamegpt::ui::TrainingController::statusChanged, once,
                     [&window, once, grab, atStep](const gamegpt::TrainingStatus& status) {
                         if (status.state == gamegpt::LoopState::preparing || status.step < atStep) return;
                         once->deleteLater();
                         QTimer::singleShot(catchUp, &window, grab);
                     });
}

}  // namespace

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
    const QCommandLineOption corpus(QStringLiteral("corpus"),
                                    QObject::tr("Corpus to open instead of the built-in one."), QStringLiteral("file"));
    const QCommandLineOption weights(QStringLiteral("weights"), QObject::tr("Weights to import."),
                                     QStringLiteral("file"));
    const QCommandLineOption start(QStringLiteral("start"), QObject::tr("Start training at once."));
    const QCommandLineOption steps(QStringLiteral("steps"), QObject::tr("Training steps."), QStringLiteral("n"));
    const QCommandLineOption theme(QStringLiteral("theme"), QObject::tr("light or dark instead of the desktop's."),
                                   QStringLiteral("name"));
    const QCommandLineOption layout(QStringLiteral("layout"),
                                    QObject::tr("train, inspect, sample, game or corpus instead of the last one."),
                                    QStringLiteral("name"));
    const QCommandLineOption size(QStringLiteral("size"), QObject::tr("Size of the window, for example 1440x900."),
                                  QStringLiteral("wxh"));
    const QCommandLineOption screenshot(
        QStringLiteral("screenshot"),
        QObject::tr("Write a picture of the window to this file once --at-step is reached, and end."),
        QStringLiteral("file"));
    const QCommandLineOption atStep(QStringLiteral("at-step"), QObject::tr("The step of the screenshot."),
                                    QStringLiteral("n"), QStringLiteral("0"));
    parser.addOptions({corpus, weights, start, steps, theme, layout, size, screenshot, atStep});
    const bool understood = parser.parse(QApplication::arguments());
    if (parser.isSet(QStringLiteral("help"))) parser.showHelp();
    if (parser.isSet(QStringLiteral("version"))) parser.showVersion();
    if (!understood) return refuse(parser.errorText());
    if (!parser.positionalArguments().isEmpty())
        return refuse(QObject::tr("\"%1\" is not an option; a corpus is opened with --corpus")
                          .arg(parser.positionalArguments().first()));
    bool isNumber = true;
    const qint64 stepCount = parser.value(steps).toLongLong(&isNumber);
    if (parser.isSet(steps) && (!isNumber || stepCount < 1))
        return refuse(
            QObject::tr("--steps is \"%1\"; a whole number of 1 or more was expected").arg(parser.value(steps)));
    if (parser.isSet(theme) && parser.value(theme) != QLatin1String("light") &&
        parser.value(theme) != QLatin1String("dark"))
        return refuse(QObject::tr("--theme is \"%1\"; light or dark was expected").arg(parser.value(theme)));

    const QString themeName =
        parser.isSet(theme) ? parser.value(theme) : QSettings().value(QStringLiteral("theme")).toString();
    const bool dark = themeName.isEmpty() ? systemIsDark(QApplication::palette()) : themeName == QLatin1String("dark");
    applyTheme(application, dark);

    FileDialogs dialogs;
    MainWindow window(dialogs);
    if (parser.isSet(steps)) window.setSteps(stepCount);
    if (parser.isSet(weights)) window.importWeights(parser.value(weights));
    if (parser.isSet(corpus)) window.openCorpus(parser.value(corpus));
    else window.loadBuiltInCorpus();
    if (parser.isSet(start)) window.startWhenReady();
    if (const QStringList sides = parser.value(size).split(QLatin1Char('x')); sides.size() == 2)
        window.resize(sides[0].toInt(), sides[1].toInt());
    window.show();
    if (parser.isSet(layout) && !window.chooseLayout(parser.value(layout)))
        return refuse(QObject::tr("--layout is \"%1\"; train, inspect, sample, game or corpus was expected")
                          .arg(parser.value(layout)));
    if (parser.isSet(screenshot)) takeScreenshot(window, parser.value(screenshot), parser.value(atStep).toLongLong());
    return QApplication::exec();
}
