#include <QApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/sample/token_figures.h"
#include "core/snake/episodes.h"
#include "core/train/training_loop.h"
#include "ui/panels/next_token_panel.h"
#include "ui/theme.h"

// What a move of the temperature slider costs: milliseconds from the new settings to the repainted next-token panel of
// 640 x 800 pixels, all filters on, beside a training that runs and without it. Usage: next_token_cost [redraws]
namespace {

using namespace gamegpt;

void wait_for(const TrainingLoop& loop, const std::function<bool(const TrainingStatus&)>& condition) {
    while (!condition(loop.status())) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void measure(const char* name, ui::NextTokenPanel& panel, int redraws) {
    std::vector<double> costs;
    for (int i = 0; i < redraws; ++i) {
        const double temperature = 1 + 0.99 * std::sin(i * 0.05);
        QElapsedTimer timer;
        timer.start();
        panel.setFilters(temperature, {1.1, 50, 0.98, 0.001});
        panel.repaint();
        costs.push_back(static_cast<double>(timer.nsecsElapsed()) * 1e-6);
        QApplication::processEvents();
    }
    std::sort(costs.begin(), costs.end());
    const auto at = [&](double share) { return costs[static_cast<std::size_t>(share * (costs.size() - 1))]; };
    std::printf("%s: median %.2f ms, p99 %.2f ms, most %.2f ms (%d redraws)\n", name, at(0.5), at(0.99), at(1), redraws);
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    ui::applyTheme(application, false);
    const int redraws = argc > 1 ? std::max(std::atoi(argv[1]), 1) : 2000;
    TrainingSetup setup;
    setup.corpus = snake::built_in_corpus();
    setup.train.steps = 1'000'000'000;
    TrainingLoop loop(setup, [] {});
    wait_for(loop, [](const TrainingStatus& status) { return status.state == LoopState::ready; });
    loop.run();
    wait_for(loop, [](const TrainingStatus& status) { return status.step >= 3000; });
    loop.request_snapshot();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const auto snapshot = loop.snapshot();

    SampleSettings settings = sample_settings_for(*snapshot->vocabulary);
    settings.draws = DrawOrder::per_sample;
    const auto tokens = generate_many(snapshot->weights, settings, 1, 1).front();
    ui::NextTokenPanel panel;
    panel.resize(640, 800);
    panel.show();
    panel.setSequence(tokens, snapshot->vocabulary, static_cast<int>(tokens.size()) - 1);
    const auto decoder = make_decoder(EngineKind::fast32, snapshot->weights);
    panel.setLogits(panel.prefix(), next_logits(*decoder, panel.prefix()), snapshot->step);
    QApplication::processEvents();

    measure("while training", panel, redraws);
    loop.pause();
    wait_for(loop, [](const TrainingStatus& status) { return status.state != LoopState::running; });
    measure("paused", panel, redraws);
}
