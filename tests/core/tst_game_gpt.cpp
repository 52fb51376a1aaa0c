#include <QtTest>

#include "core/base/error.h"
#include "core/game_gpt.h"
#include "core/snake/episodes.h"
#include "tests/core/oracle.h"

using namespace gamegpt;

class TestGameGpt : public QObject {
    Q_OBJECT

   private slots:
    void defaults() {
        GameGpt model;
        QCOMPARE(model.config().head_dim(), 8);
        QCOMPARE(model.params().size(), std::size_t{31360});
        QCOMPARE(model.params()[0], -0.011527226366234268);
        QCOMPARE(model.state_dict("layer1.mlp_fc2").size(), std::size_t{32 * 128});
        QCOMPARE(model.state_dict_entries().size(), std::size_t{15});
        QCOMPARE(model.step_count(), std::int64_t{0});
        QVERIFY_EXCEPTION_THROWN(GameGpt(74, 2, 30, 64, 4), Error);
        QVERIFY_EXCEPTION_THROWN(model.state_dict("layer9.attn_wq"), Error);
    }

    void lossesOfTheOriginal_data() {
        QTest::addColumn<int>("engine");
        QTest::newRow("double") << static_cast<int>(EngineKind::fast64);
        QTest::newRow("reference") << static_cast<int>(EngineKind::reference);
    }
    void lossesOfTheOriginal() {
        QFETCH(int, engine);
        const auto corpus = snake::built_in_corpus().train;
        GameGpt model;
        for (const auto& expected : oracle("losses_episodes_in_order.json")) {
            const double loss = model.train_step(corpus->document(expected["episode"].get<std::size_t>()).to_vector(), 0.01, 0.85, 0.99,
                                                 1e-8, static_cast<EngineKind>(engine));
            QCOMPARE(model.step_count(), expected["step"].get<std::int64_t>());
            QVERIFY(close_to(loss, expected["loss"], 1e-9));
        }
        QVERIFY(model.m()[0] != 0 && model.v()[0] > 0);
    }

    void nothingToPredictChangesNothing() {
        GameGpt model;
        const double before = model.params()[5];
        QCOMPARE(model.train_step(std::vector<TokenId>{3}), 0.0);
        QCOMPARE(model.train_step({}), 0.0);
        QCOMPARE(model.step_count(), std::int64_t{0});
        QCOMPARE(model.params()[5], before);
    }

    void forwardWithCaches() {
        const auto expected = oracle("logits_initial_weights.json");
        const auto tokens = expected["tokens"].get<std::vector<TokenId>>();
        const GameGpt model;
        auto keys = model.make_cache();
        auto values = model.make_cache();
        for (int t = 0; t < 16; ++t) {
            const std::vector<double> logits = model.forward(tokens[static_cast<std::size_t>(t)], t, keys, values);
            const auto& figures = expected["logits_positions_0_1_15_63"];
            if (const auto key = std::to_string(t); figures.contains(key))
                for (std::size_t i = 0; i < logits.size(); ++i) QVERIFY(close_to(logits[i], figures[key][i], 1e-9, 1));
        }
        QCOMPARE(keys[1].size(), std::size_t{16});
        QVERIFY_EXCEPTION_THROWN(model.forward(74, 0, keys, values), Error);
        QVERIFY_EXCEPTION_THROWN(model.forward(0, 64, keys, values), Error);
        GameGpt::Cache none;
        QVERIFY_EXCEPTION_THROWN(model.forward(0, 0, none, values), Error);
    }

    void weightsGoOutAndComeBack() {
        QTemporaryDir folder;
        const std::string path = folder.filePath("weights.txt").toStdString();
        GameGpt trained;
        const auto corpus = snake::built_in_corpus().train;
        for (std::size_t i = 0; i < 5; ++i) trained.train_step(corpus->document(i).to_vector());
        trained.save_weights(path);
        GameGpt other(74, 2, 32, 64, 4, 7);
        other.load_weights(path);
        PythonRandom one(9);
        PythonRandom two(9);
        QCOMPARE(trained.sample(0, 1, one), other.sample(0, 1, two));

        GameGpt smaller(74, 1, 32, 64, 4, 7);
        const double before = smaller.params()[0];
        QVERIFY_EXCEPTION_THROWN(smaller.load_weights(path), Error);
        QCOMPARE(smaller.params()[0], before);
    }

    void samplesEndAtEosOrAtTheirLength() {
        const GameGpt model;
        PythonRandom random(1);
        const auto sample = model.sample(0, 1, random, 0.0, 10);
        QVERIFY(sample.size() <= 10);
        QCOMPARE(sample[0], 0);
    }
};

QTEST_APPLESS_MAIN(TestGameGpt)
#include "tst_game_gpt.moc"
