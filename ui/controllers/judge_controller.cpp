#include "ui/controllers/judge_controller.h"

#include <QCoreApplication>
#include <QPointer>

namespace gamegpt::ui {

namespace {

// Room for a game of Snake to end: 200 ticks with their snapshots.
constexpr int roomBeyond = 2048;

SampleSettings settingsOf(const ModelSnapshot& snapshot, const std::shared_ptr<const play::Grammar>& grammar,
                          const JudgeRequest& request, bool constrained, bool beyond) {
    SampleSettings settings = sample_settings_for(*snapshot.vocabulary);
    settings.temperature = request.temperature;
    settings.seed = request.seed;
    settings.draws = DrawOrder::per_sample;
    if (constrained) play::constrain(settings, grammar);
    if (beyond) play::go_beyond(settings, *grammar, std::max(roomBeyond, snapshot.weights.config().block_size));
    return settings;
}

}  // namespace

JudgeController::JudgeController(QObject* parent)
    : QObject(parent),
      m_find([this](Outcome<std::shared_ptr<const play::Grammar>> outcome) {
          m_grammar = outcome.value.value_or(nullptr);
          emit grammarFound();
      }),
      m_ways([this](Outcome<JudgedWays> outcome) {
          emit waysBusyChanged(false);
          if (outcome.value) emit waysCompared(*outcome.value);
          else emit failed(outcome.error);
      }),
      m_milestone([this](Outcome<Judged> outcome) {
          if (outcome.value) emit milestoneJudged(outcome.value->step, outcome.value->judged);
          else emit failed(outcome.error);
          judgeNext();
      }),
      m_sweep([this](Outcome<bool> outcome) {
          emit sweepEnded(false);
          if (!outcome.value) emit failed(outcome.error);
      }) {}

void JudgeController::setCorpus(std::shared_ptr<const Corpus> corpus) {
    cancel();
    m_grammar.reset();
    m_find.cancel();
    m_find.run(
        [corpus = std::move(corpus)](const auto&) { return attempt([&] { return play::grammar_of(*corpus); }); });
}

void JudgeController::compareWays(std::shared_ptr<const ModelSnapshot> snapshot, const JudgeRequest& request) {
    if (!m_grammar) return;
    emit waysBusyChanged(true);
    m_ways.run([snapshot = std::move(snapshot), request, grammar = m_grammar](const auto& cancelled) {
        return attempt([&] {
            JudgedWays result{{}, snapshot->run, snapshot->step, request.temperature};
            const auto goOn = [&] { return !cancelled->load(); };
            for (const bool constrained : {false, true})
                for (const bool beyond : {false, true})
                    result.ways.push_back(
                        {constrained, beyond,
                         play::draw_and_judge(snapshot->weights, *grammar,
                                              settingsOf(*snapshot, grammar, request, constrained, beyond),
                                              request.count, 1, goOn)});
            return result;
        });
    });
}

void JudgeController::cancelWays() {
    m_ways.cancel();
    emit waysBusyChanged(false);
}

void JudgeController::judgeMilestones(const std::vector<std::shared_ptr<const ModelSnapshot>>& milestones,
                                      const JudgeRequest& request) {
    for (const auto& milestone : milestones) m_waiting.push_back({milestone, request});
    if (!m_milestone.isRunning()) judgeNext();
}

void JudgeController::judgeNext() {
    if (m_waiting.empty() || !m_grammar) return;
    Milestone next = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_milestone.run([next = std::move(next), grammar = m_grammar](const auto& cancelled) {
        return attempt([&] {
            return Judged{next.snapshot->step,
                          play::draw_and_judge(next.snapshot->weights, *grammar,
                                               settingsOf(*next.snapshot, grammar, next.request, false, false),
                                               next.request.count, 1, [&] { return !cancelled->load(); })};
        });
    });
}

void JudgeController::startSweep(std::shared_ptr<const ModelSnapshot> snapshot, const JudgeRequest& request) {
    if (!m_grammar) return;
    const quint64 number = ++m_sweepNumber;
    emit sweepBegan(snapshot->step);
    const QPointer<JudgeController> self(this);
    m_sweep.run([snapshot = std::move(snapshot), request, grammar = m_grammar, number, self](const auto& cancelled) {
        return attempt([&] {
            const std::vector<double> temperatures = play::sweep_temperatures();
            play::sweep(
                snapshot->weights, *grammar, settingsOf(*snapshot, grammar, request, false, false), temperatures,
                request.count, 1,
                [&](double temperature, play::JudgedSamples judged) {
                    QMetaObject::invokeMethod(
                        QCoreApplication::instance(),
                        [self, number, temperature, judged = std::move(judged)] {
                            if (self && self->m_sweepNumber == number) emit self->sweepPoint(temperature, judged);
                        },
                        Qt::QueuedConnection);
                    return !cancelled->load();
                },
                [&] { return !cancelled->load(); });
            return true;
        });
    });
}

void JudgeController::cancelSweep() {
    if (!isSweeping()) return;
    ++m_sweepNumber;
    m_sweep.cancel();
    emit sweepEnded(true);
}

void JudgeController::cancel() {
    m_waiting.clear();
    m_milestone.cancel();
    if (m_ways.isRunning()) cancelWays();
    cancelSweep();
}

}  // namespace gamegpt::ui
