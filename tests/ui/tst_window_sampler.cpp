#include "ui/controllers/sampler_controller.h"
#include "workbench.h"

using namespace gamegpt;
using namespace gamegpt::ui;

// Samples: the same ones for the same seed, temperature and weights; live, or when asked for.
class TestWindowSampler : public QObject {
    Q_OBJECT

   private slots:
    void init() { QSettings().clear(); }

    void theTemperatureMorphsTheSameSamples_data() {
        QTest::addColumn<bool>("training");
        QTest::newRow("paused") << false;
        QTest::newRow("while training") << true;
    }
    void theTemperatureMorphsTheSameSamples() {
        QFETCH(bool, training);
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.train(30));
        if (!training) {
            QVERIFY(bench.click("startButton"));
            QVERIFY(bench.waitForState("Paused"));
            QVERIFY(bench.waitForSamples());
        }
        std::vector<std::pair<double, std::vector<std::vector<TokenId>>>> drawn;
        connect(bench.window().findChild<SamplerController*>(), &SamplerController::drawn, this,
                [&](const Samples& samples) { drawn.emplace_back(samples.settings.temperature, samples.sequences); });
        const auto at = [&](Qt::Key key, double temperature) {
            drawn.clear();
            if (!bench.pressIn("temperatureSlider", key)) return std::vector<std::vector<TokenId>>();
            if (!bench.waitFor([&] { return !drawn.empty() && drawn.back().first == temperature; }))
                return std::vector<std::vector<TokenId>>();
            return drawn.back().second;
        };
        const auto greedy = at(Qt::Key_Home, 0);
        QCOMPARE(greedy.size(), std::size_t{5});
        QCOMPARE(bench.textOf("temperatureSliderNumber"), QStringLiteral("0.00"));
        for (const auto& sample : greedy) QVERIFY(sample == greedy.front());
        const auto wild = at(Qt::Key_End, 2);
        QCOMPARE(wild.size(), std::size_t{5});
        QVERIFY(wild != greedy);
        QVERIFY(wild[0] != wild[1]);
        if (training) {
            QVERIFY(bench.waitForStep(bench.step() + 10));
            QCOMPARE(bench.state(), QStringLiteral("Training"));
            return;
        }
        QVERIFY(bench.samples() == wild);
        QVERIFY(at(Qt::Key_Home, 0) == greedy);
        QVERIFY(at(Qt::Key_End, 2) == wild);
        const auto near = at(Qt::Key_Left, 1.99);
        QCOMPARE(near.size(), std::size_t{5});
        QVERIFY(bench.type("sampleSeedSpin", QStringLiteral("43")));
        // Sample i has the generator of seed + i: the second sample becomes the first.
        QVERIFY(bench.waitFor([&] { return bench.samples().front() == near[1]; }));
    }

    void countAndLengthShapeTheSamples() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.waitForSamples());
        QVERIFY(bench.type("countSpin", QStringLiteral("3")));
        QVERIFY(bench.waitFor([&] { return bench.samples().size() == 3; }));
        QVERIFY(bench.type("lengthSpin", QStringLiteral("7")));
        QVERIFY(bench.waitFor([&] {
            const auto samples = bench.samples();
            return std::all_of(samples.begin(), samples.end(), [](const auto& sample) { return sample.size() <= 7; });
        }));
        QVERIFY(bench.type("countSpin", QStringLiteral("6")));
        QVERIFY(bench.waitFor([&] { return bench.samples().size() == 6; }));
    }

    void samplesFollowTraining() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.waitForSamples());
        const auto untrained = bench.samples();
        QVERIFY(bench.train(30));
        QVERIFY(bench.waitFor([&] { return bench.samples() != untrained; }));
        QCOMPARE(bench.state(), QStringLiteral("Training"));
    }

    void withoutLiveOnlyTheSampleButtonDraws() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.waitForSamples());
        QCOMPARE(bench.samplerFact(), QStringLiteral("step 0"));
        QVERIFY(bench.click("liveCheck"));
        const QSignalSpy draws(bench.window().findChild<SamplerController*>(), &SamplerController::busyChanged);
        const QSignalSpy snapshots(&bench.training(), &TrainingController::snapshotArrived);
        QVERIFY(bench.train(30));
        QVERIFY(bench.waitFor([&] { return snapshots.size() >= 4; }));
        QVERIFY(bench.pressIn("temperatureSlider", Qt::Key_End));
        QVERIFY(bench.click("startButton"));
        QVERIFY(bench.waitForState("Paused"));
        QCOMPARE(draws.size(), 0);
        QCOMPARE(bench.samplerFact(), QStringLiteral("step 0"));

        QVERIFY(bench.click("sampleButton"));
        QVERIFY(bench.waitForSamples());
        QVERIFY(draws.size() > 0);
        QVERIFY(bench.samplerFact() != QStringLiteral("step 0"));
        const qint64 step = bench.step();
        QVERIFY(bench.click("stepButton"));
        QVERIFY(bench.waitForStep(step + 1));
        QVERIFY(bench.click("liveCheck"));
        QVERIFY(bench.waitForSamples());
    }
};

int main(int argc, char** argv) { return runWindowTest<TestWindowSampler>(argc, argv); }
#include "tst_window_sampler.moc"
