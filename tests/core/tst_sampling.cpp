#include <QtTest>

#include <atomic>

#include "core/base/error.h"
#include "core/inspect/projection.h"
#include "core/sample/generate.h"
#include "tests/core/oracle.h"

using namespace gamegpt;

class TestSampling : public QObject {
    Q_OBJECT

   private slots:
    void probabilitiesByHand() {
        std::vector<double> p;
        const std::vector<double> logits{1, 2, 3};
        probabilities(logits, 1, p);
        const double total = std::exp(-2.0) + std::exp(-1.0) + 1;
        QVERIFY(close_to(p[0], std::exp(-2.0) / total, 1e-15));
        QVERIFY(close_to(p[2], 1 / total, 1e-15));
        probabilities(logits, 0.5, p);
        QVERIFY(close_to(p[0] / p[2], std::exp(-4.0), 1e-14));
    }

    void extremeTemperaturesStayFinite_data() {
        QTest::addColumn<double>("temperature");
        for (const double t : {0.0, 1e-300, 1e-8, 0.1, 2.0, 1e8, 1e300}) QTest::addRow("%g", t) << t;
    }
    void extremeTemperaturesStayFinite() {
        QFETCH(double, temperature);
        std::vector<double> p;
        probabilities(std::vector<double>{-1000, 5, 700, 699.5}, temperature, p);
        double sum = 0;
        for (const double value : p) {
            QVERIFY(std::isfinite(value) && value >= 0);
            sum += value;
        }
        QVERIFY(close_to(sum, 1, 1e-12));
        QVERIFY(p[2] >= p[3]);
    }

    void greedyTakesTheFirstOfEquals() {
        std::vector<double> p;
        probabilities(std::vector<double>{1, 3, 3}, 0, p);
        QCOMPARE(p, (std::vector<double>{0, 1, 0}));
    }

    void samplesAreSeededAndBounded() {
        const Weights weights = Weights::initial(ModelConfig{});
        const auto decoder = make_decoder(EngineKind::fast64, weights);
        SampleSettings settings;
        settings.temperature = 1;
        settings.stop = 1;
        PythonRandom one(5);
        PythonRandom two(5);
        const auto a = generate(*decoder, settings, one);
        const auto b = generate(*decoder, settings, two);
        QCOMPARE(a, b);
        QVERIFY(a.size() <= 64 && a[0] == 0);
        for (std::size_t i = 0; i + 1 < a.size(); ++i) QVERIFY(a[i] != 1);
        settings.max_tokens = 7;
        settings.stop.reset();
        QCOMPARE(generate(*decoder, settings, one).size(), std::size_t{7});
    }

    void everyEngineDrawsTheSame() {
        const Weights weights = Weights::initial(ModelConfig{});
        SampleSettings settings;
        settings.temperature = 0.8;
        std::vector<std::vector<TokenId>> samples;
        for (const EngineKind kind : {EngineKind::fast64, EngineKind::reference}) {
            PythonRandom random(11);
            samples.push_back(generate(*make_decoder(kind, weights), settings, random));
        }
        QCOMPARE(samples[0], samples[1]);
    }

    void drawOrders() {
        const auto decoder = make_decoder(EngineKind::fast64, Weights::initial(ModelConfig{}));
        SampleSettings settings;
        settings.temperature = 1;
        settings.seed = 3;
        const auto draw = [&](int count) {
            std::vector<std::vector<TokenId>> samples;
            generate(*decoder, settings, count, [&](int, std::vector<TokenId> tokens) {
                samples.push_back(std::move(tokens));
                return true;
            });
            return samples;
        };
        PythonRandom random(3);
        const auto in_turn = draw(2);
        QCOMPARE(in_turn[0], generate(*decoder, settings, random));
        QCOMPARE(in_turn[1], generate(*decoder, settings, random));
        settings.draws = DrawOrder::per_sample;
        const auto per_sample = draw(2);
        PythonRandom fourth(4);
        QCOMPARE(per_sample[0], in_turn[0]);
        QCOMPARE(per_sample[1], generate(*decoder, settings, fourth));
    }

    void manyAtOnceAreTheSameSamples_data() {
        QTest::addColumn<double>("temperature");
        QTest::addColumn<int>("threads");
        QTest::newRow("greedy") << 0.0 << 1;
        QTest::newRow("one thread") << 1.0 << 1;
        QTest::newRow("three threads") << 1.0 << 3;
    }
    void manyAtOnceAreTheSameSamples() {
        QFETCH(double, temperature);
        QFETCH(int, threads);
        const Weights weights = Weights::initial(ModelConfig{});
        SampleSettings settings;
        settings.temperature = temperature;
        settings.stop = 1;  // ends samples at different lengths
        settings.seed = 17;
        settings.draws = DrawOrder::per_sample;
        const int count = 150;
        std::vector<std::vector<TokenId>> expected;
        generate(*make_decoder(EngineKind::fast32, weights), settings, count, [&](int, std::vector<TokenId> tokens) {
            expected.push_back(std::move(tokens));
            return true;
        });
        QCOMPARE(generate_many(weights, settings, count, threads), expected);
    }

    void manyAtOnceCanBeStopped() {
        std::atomic<int> asked = 0;
        const auto samples = generate_many(Weights::initial(ModelConfig{}), {}, 1000, 1, [&] { return ++asked < 3; });
        QCOMPARE(samples.size(), std::size_t{1000});
        QVERIFY(!samples[0].empty() && samples[999].empty());
    }

    void drawsFollowTheDistribution() {
        // Chi-square over 4 outcomes: 16.3 is passed by chance once in a thousand; the seed is fixed.
        PythonRandom random(1);
        const std::vector<double> p{0.1, 0.2, 0.3, 0.4};
        std::vector<int> counts(4);
        const int draws = 100'000;
        for (int i = 0; i < draws; ++i) ++counts[random.choices_index(p)];
        double chi = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const double expected = p[i] * draws;
            chi += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        QVERIFY(chi < 16.3);
    }

    void refusals() {
        const auto decoder = make_decoder(EngineKind::fast64, Weights::initial(ModelConfig{}));
        PythonRandom random(1);
        for (const double temperature : {-0.1, std::nan(""), std::numeric_limits<double>::infinity()}) {
            SampleSettings settings;
            settings.temperature = temperature;
            QVERIFY_EXCEPTION_THROWN(generate(*decoder, settings, random), Error);
        }
        SampleSettings settings;
        settings.max_tokens = 65;
        QVERIFY_EXCEPTION_THROWN(generate(*decoder, settings, random), Error);
        settings = {};
        settings.start = 74;
        QVERIFY_EXCEPTION_THROWN(generate(*decoder, settings, random), Error);
    }

    void principalComponentsOfAKnownMatrix() {
        // Points on a line along (3, 4) / 5 with a little spread along (-4, 3) / 5.
        std::vector<double> matrix;
        const std::vector<std::pair<double, double>> along{{-2, 0.1}, {-1, -0.2}, {0, 0.2}, {1, -0.2}, {2, 0.1}};
        for (const auto& [u, v] : along) {
            matrix.push_back(7 + (3 * u - 4 * v) / 5);
            matrix.push_back(-1 + (4 * u + 3 * v) / 5);
        }
        const Projection p = principal_components(matrix, 5, 2);
        const double total = 10 + 0.14;
        QVERIFY(close_to(p.explained_x, 10 / total, 1e-12));
        QVERIFY(close_to(p.explained_y, 0.14 / total, 1e-12));
        for (std::size_t i = 0; i < 5; ++i) {
            QVERIFY(close_to(p.x[i], along[i].first, 1e-12, 1));
            QVERIFY(close_to(std::abs(p.y[i]), std::abs(along[i].second), 1e-12, 1));
        }
        Projection turned = p;
        for (double& x : turned.x) x = -x;
        QVERIFY(close_to(principal_components(matrix, 5, 2, &turned).x[0], 2, 1e-12));
        QCOMPARE(principal_components(std::vector<double>{1, 2}, 1, 2).x, std::vector<double>{0});
    }
};

QTEST_APPLESS_MAIN(TestSampling)
#include "tst_sampling.moc"
