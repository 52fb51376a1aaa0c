#include <QtTest>

#include <atomic>
#include <future>

#include "core/snake/episodes.h"
#include "core/train/training_loop.h"

using namespace gamegpt;

namespace {

TrainingSetup setup_of(std::int64_t steps) {
    TrainingSetup setup;
    setup.run = 7;
    setup.train.steps = steps;
    setup.train.held_out_every = 0;
    setup.corpus = snake::built_in_corpus();
    return setup;
}

// A loop with everything it said so far.
struct Watched {
    explicit Watched(const TrainingSetup& setup) : loop(setup, [this] { ++wakes; }) {}

    bool reach(LoopState state) {
        return QTest::qWaitFor([&] {
            const auto news = loop.drain();
            records.insert(records.end(), news.begin(), news.end());
            return loop.status().state == state;
        }, 20000);
    }
    bool reach_step(std::int64_t step) {
        return QTest::qWaitFor([&] {
            const auto news = loop.drain();
            records.insert(records.end(), news.begin(), news.end());
            return loop.status().step >= step;
        }, 20000);
    }

    std::atomic<int> wakes{0};
    std::vector<StepRecord> records;
    TrainingLoop loop;
};

}  // namespace

class TestTrainingLoop : public QObject {
    Q_OBJECT

   private slots:
    void runsToTheEndWithoutLosingARecord() {
        Watched watched(setup_of(500));
        QVERIFY(watched.reach(LoopState::ready));
        QCOMPARE(watched.loop.snapshot()->step, std::int64_t{0});
        QCOMPARE(watched.loop.snapshot()->run, std::uint64_t{7});
        watched.loop.run();
        QVERIFY(watched.reach(LoopState::finished));
        QVERIFY(watched.reach(LoopState::finished));  // drains what came with the last state
        QCOMPARE(watched.records.size(), std::size_t{500});
        for (std::size_t i = 0; i < watched.records.size(); ++i) QCOMPARE(watched.records[i].step, static_cast<std::int64_t>(i) + 1);
        QCOMPARE(watched.loop.snapshot()->step, std::int64_t{500});
        QVERIFY(watched.loop.status().steps_per_second > 0);
        QVERIFY(watched.wakes < 600);
    }

    void milestonesAreOfTheStepsThatWereAskedFor() {
        Watched watched(setup_of(90));
        watched.loop.set_milestones(20);
        watched.loop.run();
        QVERIFY(watched.reach(LoopState::finished));
        const auto milestones = watched.loop.drain_milestones();
        std::vector<std::int64_t> steps;
        for (const auto& milestone : milestones) steps.push_back(milestone->step);
        QCOMPARE(steps, (std::vector<std::int64_t>{20, 40, 60, 80}));
        QVERIFY(watched.loop.drain_milestones().empty());

        const TrainingSetup setup = setup_of(90);  // the third is what a trainer has after 60 steps
        const auto trainer = make_trainer(setup.model, setup.train, setup.corpus);
        for (int i = 0; i < 60; ++i) trainer->step();
        const Weights expected = trainer->weights();
        QVERIFY(std::ranges::equal(milestones[2]->weights.values(), expected.values()));
    }

    void pausesSnapshotsAndSlicesDoNotChangeTheBits() {
        const TrainingSetup setup = setup_of(120);
        const auto trainer = make_trainer(setup.model, setup.train, setup.corpus);
        for (int i = 0; i < 120; ++i) trainer->step();
        const Weights expected = trainer->weights();

        Watched watched(setup);
        QVERIFY(watched.reach(LoopState::ready));
        watched.loop.step_once();
        QVERIFY(watched.reach(LoopState::paused));
        QCOMPARE(watched.loop.status().step, std::int64_t{1});
        for (std::int64_t target : {20, 40, 60}) {
            watched.loop.run();
            QVERIFY(watched.reach_step(target));
            watched.loop.request_snapshot();
            watched.loop.pause();
            QVERIFY(QTest::qWaitFor([&] { return watched.loop.status().state != LoopState::running; }));
            if (watched.loop.status().state == LoopState::paused) {
                QCOMPARE(watched.loop.snapshot()->step, watched.loop.status().step);
            }
        }
        watched.loop.run();
        QVERIFY(watched.reach(LoopState::finished));
        const Weights& weights = watched.loop.snapshot()->weights;
        QVERIFY(std::equal(weights.values().begin(), weights.values().end(), expected.values().begin()));
    }

    void stopThenMoreStepsThenOn() {
        Watched watched(setup_of(1'000'000));
        QVERIFY(watched.reach(LoopState::ready));
        watched.loop.run();
        QVERIFY(watched.reach_step(50));
        watched.loop.stop();
        QVERIFY(watched.reach(LoopState::stopped));
        const std::int64_t stopped_at = watched.loop.status().step;
        QTest::qWait(50);
        QCOMPARE(watched.loop.status().step, stopped_at);
        watched.loop.set_steps(stopped_at + 10);
        watched.loop.run();
        QVERIFY(watched.reach(LoopState::finished));
        QCOMPARE(watched.loop.status().step, stopped_at + 10);
        watched.loop.run();  // no steps left: ignored
        QTest::qWait(20);
        QCOMPARE(watched.loop.status().state, LoopState::finished);
        watched.loop.set_steps(stopped_at + 20);
        watched.loop.run();
        QVERIFY(watched.reach_step(stopped_at + 20));
    }

    void theLearningRateChangesBetweenTwoSteps() {
        TrainingSetup setup = setup_of(1000);
        setup.train.schedule = Schedule::constant;
        Watched watched(setup);
        QVERIFY(watched.reach(LoopState::ready));
        watched.loop.step_once();
        QVERIFY(watched.reach_step(1));
        QVERIFY(watched.reach(LoopState::paused));
        watched.loop.set_learning_rate(0.002);
        watched.loop.step_once();
        QVERIFY(watched.reach_step(2));
        QVERIFY(watched.reach(LoopState::paused));
        QCOMPARE(watched.records.at(0).learning_rate, 0.01);
        QCOMPARE(watched.records.at(1).learning_rate, 0.002);
    }

    void aSnapshotCanBeAskedForAtAnyTime() {
        Watched watched(setup_of(1'000'000));
        QVERIFY(watched.reach(LoopState::ready));
        watched.loop.run();
        QVERIFY(watched.reach_step(10));
        const std::int64_t at = watched.loop.status().step;
        watched.loop.request_snapshot();
        QVERIFY(QTest::qWaitFor([&] { return watched.loop.snapshot()->step >= at; }));
    }

    void aSetupThatCannotTrainFailsWithASentence() {
        TrainingSetup setup = setup_of(10);
        setup.model.vocab_size = 12;
        Watched watched(setup);
        QVERIFY(watched.reach(LoopState::failed));
        QVERIFY2(QString::fromStdString(watched.loop.status().error).contains("12 tokens"), watched.loop.status().error.c_str());
        watched.loop.run();  // ignored
    }

    void anErrorWhileTrainingKeepsTheLastSnapshot() {
        TrainingSetup setup = setup_of(1000);
        setup.initial = Weights::initial(setup.model);
        for (double& value : setup.initial->view("lm_head")) value = 1e300;  // infinite in float
        Watched watched(setup);
        QVERIFY(watched.reach(LoopState::ready));
        watched.loop.run();
        QVERIFY(watched.reach(LoopState::failed));
        QVERIFY(watched.loop.snapshot());
        QVERIFY2(watched.loop.status().error.find("learning rate") != std::string::npos, watched.loop.status().error.c_str());
    }

    void destroyingARunningLoopIsQuick() {
        auto watched = std::make_unique<Watched>(setup_of(1'000'000));
        QVERIFY(watched->reach(LoopState::ready));
        watched->loop.run();
        QVERIFY(watched->reach_step(5));
        watched.reset();
    }
};

QTEST_GUILESS_MAIN(TestTrainingLoop)
#include "tst_training_loop.moc"
