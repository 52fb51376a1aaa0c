#include <QtTest>

#include "core/base/error.h"
#include "core/snake/episodes.h"
#include "core/train/evaluate.h"
#include "core/train/presets.h"
#include "core/train/trainer.h"
#include "core/train/window_sampler.h"
#include "tests/core/oracle.h"

using namespace gamegpt;

namespace {

const CorpusSplit& built_in() {
    static const CorpusSplit corpus = snake::built_in_corpus();
    return corpus;
}

TrainConfig config_with(EngineKind engine) {
    TrainConfig config;
    config.engine = engine;
    return config;
}

std::shared_ptr<const Corpus> corpus_of(std::vector<std::vector<TokenId>> documents) {
    std::vector<TokenId> tokens;
    std::vector<std::size_t> offsets{0};
    for (const auto& document : documents) {
        tokens.insert(tokens.end(), document.begin(), document.end());
        offsets.push_back(tokens.size());
    }
    return std::make_shared<const Corpus>(std::make_shared<const Vocabulary>(Vocabulary::numbers(5)), tokens, offsets,
                                          CorpusFormat::episodes_json, "made up");
}

}  // namespace

class TestTrainer : public QObject {
    Q_OBJECT

   private slots:
    void windowsOfTheOriginal() {
        // SEED: (episode, start, length) of the first windows.
        const std::vector<std::array<std::size_t, 3>> expected{{163, 228, 65}, {6, 5, 65}, {70, 0, 56}, {62, 457, 65}, {35, 52, 65}};
        WindowSampler sampler(built_in().train, 64, 42);
        for (const auto& [episode, start, length] : expected) {
            std::vector<TokenId> window;
            sampler.next(window);
            QCOMPARE(window, built_in().train->document(episode).subspan(start, length).to_vector());
        }
    }

    void documentsWithNothingToPredictAreLeftOut() {
        WindowSampler sampler(corpus_of({{1}, {0, 1, 2}, {}, {3}}), 8, 1);
        std::vector<TokenId> window;
        for (int i = 0; i < 20; ++i) {
            sampler.next(window);
            QCOMPARE(window.size(), std::size_t{3});
        }
        QVERIFY_EXCEPTION_THROWN(WindowSampler(corpus_of({{1}, {}}), 8, 1), Error);
    }

    void lossesInTrainingOrder_data() {
        QTest::addColumn<int>("engine");
        QTest::addColumn<double>("bound");
        QTest::newRow("float") << static_cast<int>(EngineKind::fast32) << 2e-4;
        QTest::newRow("double") << static_cast<int>(EngineKind::fast64) << 1e-9;
        QTest::newRow("reference") << static_cast<int>(EngineKind::reference) << 1e-9;
    }
    void lossesInTrainingOrder() {
        QFETCH(int, engine);
        QFETCH(double, bound);
        const auto trainer = make_trainer(ModelConfig{}, config_with(static_cast<EngineKind>(engine)), built_in());
        for (const auto& expected : oracle("losses_training_order.json")) {
            const StepRecord record = trainer->step();
            QCOMPARE(record.step, expected["step"].get<std::int64_t>());
            QCOMPARE(record.tokens, expected["n"].get<int>());
            QVERIFY(close_to(record.loss, expected["loss"], bound));
        }
    }

    void learningRates_data() {
        QTest::addColumn<int>("schedule");
        QTest::addColumn<qint64>("steps");
        QTest::addColumn<qint64>("horizon");
        QTest::addColumn<qint64>("step");
        QTest::addColumn<double>("expected");
        const int linear = static_cast<int>(Schedule::linear);
        const int cosine = static_cast<int>(Schedule::cosine);
        QTest::newRow("the original's first") << linear << qint64{100} << qint64{0} << qint64{1} << 0.01 * (1 - 1 / 5000.0);
        QTest::newRow("the original's last") << linear << qint64{5000} << qint64{0} << qint64{5000} << 0.01 * (1 - 5000 / 5001.0);
        QTest::newRow("longer run") << linear << qint64{20000} << qint64{0} << qint64{10000} << 0.005;
        QTest::newRow("given horizon") << linear << qint64{100} << qint64{200} << qint64{100} << 0.005;
        QTest::newRow("constant") << static_cast<int>(Schedule::constant) << qint64{100} << qint64{0} << qint64{99} << 0.01;
        QTest::newRow("warm-up") << cosine << qint64{5000} << qint64{0} << qint64{50} << 0.005;
        QTest::newRow("cosine top") << cosine << qint64{5000} << qint64{0} << qint64{100} << 0.01;
        QTest::newRow("cosine middle") << cosine << qint64{5000} << qint64{0} << qint64{2550} << 0.01 * 0.55;
        QTest::newRow("cosine end") << cosine << qint64{5000} << qint64{0} << qint64{5000} << 0.001;
    }
    void learningRates() {
        QFETCH(int, schedule);
        QFETCH(qint64, steps);
        QFETCH(qint64, horizon);
        QFETCH(qint64, step);
        QFETCH(double, expected);
        TrainConfig config;
        config.schedule = static_cast<Schedule>(schedule);
        config.steps = steps;
        config.horizon = horizon;
        QVERIFY(close_to(config.learning_rate_at(step), expected, 1e-12));
    }

    void sameSeedSameBits() {
        for (const EngineKind engine : {EngineKind::fast32, EngineKind::fast64}) {
            TrainConfig config = config_with(engine);
            config.batch = 3;
            const auto one = make_trainer(ModelConfig{}, config, built_in());
            const auto two = make_trainer(ModelConfig{}, config, built_in());
            for (int i = 0; i < 50; ++i) QCOMPARE(one->step().loss, two->step().loss);
            const Weights a = one->weights();
            const Weights b = two->weights();
            QVERIFY(std::equal(a.values().begin(), a.values().end(), b.values().begin()));
        }
    }

    // Five thousand steps of the original's training in double end where its own do: 0.457 nats per token.
    void theOriginalsResult() {
        const auto trainer = make_trainer(ModelConfig{}, config_with(EngineKind::fast64), built_in());
        for (int i = 0; i < 5000; ++i) trainer->step();
        const Evaluation result = evaluate(trainer->weights(), *built_in().train);
        QCOMPARE(result.tokens, std::size_t{101'961});
        QVERIFY2(std::abs(result.nats_per_token - 0.457) <= 0.03, qPrintable(QString::number(result.nats_per_token)));
        QVERIFY(close_to(result.perplexity, std::exp(result.nats_per_token), 1e-12));
    }

    void heldOutLossIsMeasuredAndNeverTrainedOn() {
        TrainConfig config = config_with(EngineKind::fast32);
        config.held_out_every = 10;
        CorpusSplit without = built_in();
        without.held_out = nullptr;
        const auto with_held_out = make_trainer(ModelConfig{}, config, built_in());
        const auto plain = make_trainer(ModelConfig{}, config, without);
        for (int i = 1; i <= 40; ++i) {
            const StepRecord record = with_held_out->step();
            QCOMPARE(record.held_out.has_value(), i % 10 == 0);
            const StepRecord same = plain->step();
            QCOMPARE(record.loss, same.loss);
            QVERIFY(!same.held_out);
        }
        QVERIFY(with_held_out->held_out_loss() < 4.4);
        QVERIFY(std::isnan(plain->held_out_loss()));
    }

    void aLossThatIsNotANumberEndsTheRunWithTheWeightsKept() {
        TrainConfig config = config_with(EngineKind::fast32);
        Weights weights = Weights::initial(ModelConfig{});
        weights.values()[0] = std::numeric_limits<double>::infinity();
        for (double& value : weights.view("lm_head")) value = std::numeric_limits<double>::infinity();
        const auto trainer = make_trainer(ModelConfig{}, config, built_in(), weights);
        try {
            trainer->step();
            QFAIL("went on");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains("step 1"), error.what());
        }
        QCOMPARE(trainer->steps_done(), std::int64_t{0});
    }

    void presets_() {
        for (const Preset& preset : presets()) {
            ModelConfig model;
            model.seed = 7;
            TrainConfig train;
            train.engine = EngineKind::fast64;
            apply(preset, model, train);
            model.validate();
            train.validate();
            QCOMPARE(matching_preset(model, train), &preset);
            QCOMPARE(model.seed, std::uint64_t{7});
            QCOMPARE(train.engine, EngineKind::fast64);
            ++train.batch;
            QVERIFY(!matching_preset(model, train));
        }
        QCOMPARE(matching_preset(ModelConfig{}, TrainConfig{}), &presets()[0]);
        QCOMPARE(&preset_for(*built_in().train), &presets()[0]);
        QCOMPARE(&preset_for(*corpus_of({{0, 1}})), &presets()[1]);
    }

    void refusals() {
        ModelConfig model;
        model.vocab_size = 30;
        try {
            make_trainer(model, {}, built_in());
            QFAIL("was accepted");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains("30 tokens") && QString(error.what()).contains("74"), error.what());
        }
        TrainConfig config;
        config.batch = 0;
        QVERIFY_EXCEPTION_THROWN(make_trainer(ModelConfig{}, config, built_in()), Error);
        config = {};
        config.learning_rate = std::nan("");
        QVERIFY_EXCEPTION_THROWN(make_trainer(ModelConfig{}, config, built_in()), Error);
    }

    void evaluationStopsWhenTold() {
        const Evaluation result = evaluate(Weights::initial(ModelConfig{}), *built_in().train, EngineKind::fast32,
                                           [](double) { return false; });
        QVERIFY(result.tokens > 0 && result.tokens < 5000);
    }
};

QTEST_APPLESS_MAIN(TestTrainer)
#include "tst_trainer.moc"
