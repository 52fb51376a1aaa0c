#include <QApplication>
#include <QCheckBox>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QSettings>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <functional>

#include "core/snake/episodes.h"
#include "core/train/training_loop.h"
#include "ui/controllers/training_controller.h"
#include "ui/main_window.h"
#include "ui/theme.h"
#include "ui/widgets/file_dialogs.h"

// window_cost [STEPS [ROUNDS [LAYOUT]]]
// What the window costs: seconds from Start to the last step, with all panels and live samples on screen, with all
// panels but no live samples, and without any window, in turn, in one run. Usage: window_cost [steps] [rounds]
namespace {

using namespace gamegpt;

double headless(std::int64_t steps) {
    TrainingSetup setup;
    setup.corpus = snake::built_in_corpus();
    setup.train.steps = steps;
    TrainingLoop loop(setup, [] {});
    while (loop.status().state != LoopState::ready) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    QElapsedTimer timer;
    timer.start();
    loop.run();
    while (loop.status().state != LoopState::finished) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return static_cast<double>(timer.nsecsElapsed()) * 1e-9;
}

double in_window(ui::MainWindow& window, std::int64_t steps) {
    QEventLoop wait;
    const auto until = [&](LoopState state) {
        const auto connection = QObject::connect(window.training(), &ui::TrainingController::statusChanged, &wait,
                                                 [&](const TrainingStatus& status) {
                                                     if (status.state == state) wait.quit();
                                                 });
        if (window.training()->status().state != state) wait.exec();
        QObject::disconnect(connection);
    };
    window.setSteps(steps);
    until(LoopState::ready);
    QElapsedTimer timer;
    timer.start();
    window.training()->run();
    until(LoopState::finished);
    return static_cast<double>(timer.nsecsElapsed()) * 1e-9;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QTemporaryDir settings;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    const std::int64_t steps = argc > 1 ? std::atoll(argv[1]) : 20000;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    ui::applyTheme(application, false);
    ui::FileDialogs dialogs;
    ui::MainWindow window(dialogs);
    window.resize(1440, 900);
    if (argc > 3) {
        window.chooseLayout(QString::fromLatin1(argv[3]));
    } else {  // embeddings stand behind attention at first: here both are on screen
        auto* embeddings = window.findChild<QDockWidget*>(QStringLiteral("embeddingsPanelDock"));
        window.addDockWidget(Qt::BottomDockWidgetArea, embeddings);
        embeddings->show();
    }
    window.loadBuiltInCorpus();
    window.show();
    QEventLoop loaded;
    QObject::connect(window.training(), &ui::TrainingController::snapshotArrived, &loaded, &QEventLoop::quit);
    loaded.exec();
    auto* live = window.findChild<QCheckBox*>(QStringLiteral("liveCheck"));
    std::vector<double> alone, shown, still, ratios, of_live;
    for (int i = 0; i < rounds; ++i) {
        alone.push_back(headless(steps));
        live->setChecked(true);
        shown.push_back(in_window(window, steps));
        live->setChecked(false);
        still.push_back(in_window(window, steps));
        ratios.push_back(shown.back() / alone.back());
        of_live.push_back(shown.back() / still.back());
        std::printf("%lld steps: %.3f s alone, %.3f s in the window, ratio %.3f; %.3f s without live samples\n",
                    static_cast<long long>(steps), alone.back(), shown.back(), ratios.back(), still.back());
    }
    std::printf("median: %.3f s alone, %.3f s in the window, ratio %.3f; live samples alone: ratio %.3f\n",
                median(alone), median(shown), median(ratios), median(of_live));
}
