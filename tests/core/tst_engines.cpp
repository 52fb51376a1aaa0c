#include <QtTest>

#include "core/base/error.h"
#include "core/base/python_random.h"
#include "core/engine/decoder.h"
#include "core/engine/engine.h"
#include "core/engine/kernels.h"
#include "core/engine/reference_engine.h"
#include "core/engine/trace.h"
#include "tests/core/oracle.h"

using namespace gamegpt;

namespace {

std::vector<std::vector<TokenId>> random_windows(const ModelConfig& config, const std::vector<int>& predictions) {
    PythonRandom random(7);
    std::vector<std::vector<TokenId>> windows;
    for (const int n : predictions) {
        std::vector<TokenId> window;
        for (int t = 0; t <= n; ++t) window.push_back(static_cast<TokenId>(random.randbelow(static_cast<std::uint64_t>(config.vocab_size))));
        windows.push_back(window);
    }
    return windows;
}

// Larger weights than a fresh model's, so that attention is far from uniform and relu cuts both ways.
Weights lively_weights(ModelConfig config) {
    config.init_std = 0.4;
    return Weights::initial(config);
}

template <class Real>
std::pair<double, std::vector<Real>> run(EngineKind kind, const Weights& weights, std::span<const Window> windows) {
    const std::vector<Real> parameters(weights.values().begin(), weights.values().end());
    std::vector<Real> gradients(parameters.size(), Real{7});  // must be overwritten
    const auto engine = make_engine<Real>(kind, weights.config());
    const double loss = engine->loss_and_gradients(parameters, windows, gradients);
    // A second call on used scratch gives the same bits.
    std::vector<Real> again(parameters.size());
    if (engine->loss_and_gradients(parameters, windows, again) != loss || again != gradients) return {-1, {}};
    return {loss, gradients};
}

}  // namespace

class TestEngines : public QObject {
    Q_OBJECT

   private slots:
    void initTestCase() { qInfo("kernels for %s", kernels::instruction_set()); }

    void parity_data() {
        QTest::addColumn<int>("vocab");
        QTest::addColumn<int>("layers");
        QTest::addColumn<int>("embedding");
        QTest::addColumn<int>("block");
        QTest::addColumn<int>("heads");
        QTest::addColumn<std::vector<int>>("predictions");
        QTest::newRow("one prediction") << 11 << 1 << 8 << 4 << 1 << std::vector<int>{1};
        QTest::newRow("one layer, one head, whole block") << 11 << 1 << 8 << 12 << 1 << std::vector<int>{12};
        QTest::newRow("two layers, heads of one") << 5 << 2 << 8 << 9 << 8 << std::vector<int>{7};
        QTest::newRow("three layers, odd width") << 13 << 3 << 15 << 20 << 5 << std::vector<int>{17};
        QTest::newRow("four layers, eight heads") << 30 << 4 << 32 << 33 << 8 << std::vector<int>{33};
        QTest::newRow("a batch of several lengths") << 17 << 2 << 12 << 24 << 3 << std::vector<int>{24, 1, 16, 17, 5};
        QTest::newRow("the seed's shape") << 74 << 2 << 32 << 64 << 4 << std::vector<int>{64};
    }
    void parity() {
        QFETCH(int, vocab);
        QFETCH(int, layers);
        QFETCH(int, embedding);
        QFETCH(int, block);
        QFETCH(int, heads);
        QFETCH(std::vector<int>, predictions);
        const Weights weights = lively_weights({vocab, layers, embedding, block, heads, 3, 0.08});
        const auto tokens = random_windows(weights.config(), predictions);
        const std::vector<Window> windows(tokens.begin(), tokens.end());

        const auto [expected_loss, expected] = run<double>(EngineKind::reference, weights, windows);
        const auto [loss64, gradients64] = run<double>(EngineKind::fast64, weights, windows);
        const auto [loss32, gradients32] = run<float>(EngineKind::fast32, weights, windows);
        QVERIFY(close_to(loss64, expected_loss, 1e-10));
        QVERIFY(close_to(loss32, expected_loss, 2e-4));
        for (const ParameterEntry& entry : weights.layout().entries()) {
            // A gradient that is a difference of larger ones cannot be better than those: measured against its matrix.
            double largest = 0;
            for (std::size_t i = entry.offset; i < entry.offset + entry.size(); ++i)
                largest = std::max(largest, std::abs(expected[i]));
            for (std::size_t i = entry.offset; i < entry.offset + entry.size(); ++i) {
                QVERIFY2(close_to(gradients64[i], expected[i], 1e-10, largest * 1e-2), entry.name.c_str());
                QVERIFY2(close_to(static_cast<double>(gradients32[i]), expected[i], 2e-3, largest), entry.name.c_str());
            }
        }
    }

    void referenceAgreesWithFiniteDifferences() {
        const Weights weights = lively_weights({7, 2, 6, 5, 2, 3, 0.08});
        const auto tokens = random_windows(weights.config(), {5, 3});
        const std::vector<Window> windows(tokens.begin(), tokens.end());
        const auto engine = make_engine<double>(EngineKind::reference, weights.config());
        std::vector<double> parameters(weights.values().begin(), weights.values().end());
        std::vector<double> gradients(parameters.size());
        engine->loss_and_gradients(parameters, windows, gradients);
        const double h = 1e-5;
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            const double at = parameters[i];
            parameters[i] = at + h;
            const double above = engine->loss(parameters, windows);
            parameters[i] = at - h;
            const double below = engine->loss(parameters, windows);
            parameters[i] = at;
            QVERIFY(close_to(gradients[i], (above - below) / (2 * h), 1e-6, 1e-2));
        }
    }

    void oracleInitialWeights() {
        const Weights weights = Weights::initial(ModelConfig{});
        const auto expected = oracle("initial_weights_seed42.json");
        QCOMPARE(weights.values().size(), std::size_t{31360});
        std::size_t i = 0;
        for (const auto& name : expected["order"]) QCOMPARE(weights.layout().entries()[i++].name, name.get<std::string>());
        QCOMPARE(i, weights.layout().entries().size());
        QCOMPARE(weights.values()[0], -0.011527226366234268);
        QCOMPARE(weights.values()[1], -0.013832288026521545);
        QCOMPARE(weights.values()[2], -0.008905268925412997);
        for (const auto& [name, figures] : expected["first20"].items())
            for (std::size_t k = 0; k < figures.size(); ++k) QCOMPARE(weights.view(name)[k], figures[k].get<double>());
        for (const auto& [name, figures] : expected["last3"].items())
            for (std::size_t k = 0; k < 3; ++k) {
                const auto view = weights.view(name);
                QCOMPARE(view[view.size() - 3 + k], figures[k].get<double>());
            }
    }

    void oracleLogits_data() { engines(); }
    void oracleLogits() {
        QFETCH(int, engine);
        const auto kind = static_cast<EngineKind>(engine);
        const double bound = kind == EngineKind::fast32 ? 2e-4 : 1e-9;
        const auto expected = oracle("logits_initial_weights.json");
        const auto tokens = expected["tokens"].get<std::vector<TokenId>>();
        const auto n = expected["n"].get<std::size_t>();
        const Weights weights = Weights::initial(ModelConfig{});
        const Window all(tokens);
        const Trace result = trace(weights, all.first(std::min(tokens.size(), n)), kind);
        for (const auto& [key, at] : expected.items()) {
            if (!key.starts_with("logits")) continue;
            for (const auto& [position, logits] : at.items())
                for (std::size_t i = 0; i < logits.size(); ++i)
                    QVERIFY(close_to(result.logits.at(std::stoul(position))[i], logits[i], bound, 1.0));
        }
        for (std::size_t t = 0; t + 1 < tokens.size() && t < result.logits.size(); ++t) {
            double sum = 0;
            for (const double logit : result.logits[t]) sum += std::exp(logit);
            QVERIFY(close_to(std::log(sum) - result.logits[t][static_cast<std::size_t>(tokens[t + 1])], expected["nll"][t], bound));
        }
    }

    void oracleGradients_data() { engines(); }
    void oracleGradients() {
        QFETCH(int, engine);
        const auto kind = static_cast<EngineKind>(engine);
        if (kind == EngineKind::fast32) {
            check_oracle_gradients<float>(kind, 1e-3);
        } else {
            check_oracle_gradients<double>(kind, 1e-9);
        }
    }

    void decoderAgreesWithTheWholeSequence_data() { parity_data(); }
    void decoderAgreesWithTheWholeSequence() {
        QFETCH(int, vocab);
        QFETCH(int, layers);
        QFETCH(int, embedding);
        QFETCH(int, block);
        QFETCH(int, heads);
        QFETCH(std::vector<int>, predictions);
        const Weights weights = lively_weights({vocab, layers, embedding, block, heads, 3, 0.08});
        const auto tokens = random_windows(weights.config(), predictions)[0];
        const Window window(tokens);
        std::vector<double> nll(tokens.size() - 1);
        make_engine<double>(EngineKind::fast64, weights.config())->loss(weights.values(), std::span(&window, 1), nll);
        const Trace exact = trace(weights, window.first(window.size() - 1), EngineKind::reference);
        const Trace fast = trace(weights, window.first(window.size() - 1), EngineKind::fast64);
        for (std::size_t t = 0; t < nll.size(); ++t) {
            double sum = 0;
            for (std::size_t i = 0; i < fast.logits[t].size(); ++i) {
                QVERIFY(close_to(fast.logits[t][i], exact.logits[t][i], 1e-10, 1.0));
                sum += std::exp(fast.logits[t][i]);
            }
            QVERIFY(close_to(std::log(sum) - fast.logits[t][static_cast<std::size_t>(tokens[t + 1])], nll[t], 1e-10, 1.0));
        }
        QCOMPARE(fast.residual.size(), std::size_t(1 + 2 * layers));
        for (std::size_t depth = 0; depth < fast.residual.size(); ++depth)
            for (std::size_t t = 0; t < nll.size(); ++t)
                for (std::size_t i = 0; i < std::size_t(embedding); ++i)
                    QVERIFY(close_to(fast.residual[depth][t].at(i), exact.residual[depth][t].at(i), 1e-10, 1.0));
        for (std::size_t l = 0; l < fast.attention.size(); ++l)
            for (std::size_t h = 0; h < fast.attention[l].size(); ++h)
                for (std::size_t t = 0; t < fast.attention[l][h].size(); ++t) {
                    QCOMPARE(fast.attention[l][h][t].size(), t + 1);
                    double sum = 0;
                    for (std::size_t k = 0; k <= t; ++k) {
                        QVERIFY(close_to(fast.attention[l][h][t][k], exact.attention[l][h][t][k], 1e-10, 1.0));
                        sum += fast.attention[l][h][t][k];
                    }
                    QVERIFY(close_to(sum, 1, 1e-12));
                }
    }

    void refusals() {
        const ModelConfig config{5, 1, 4, 3, 2, 1, 0.08};
        const std::vector<double> parameters(ParameterLayout(config).size());
        const auto engine = make_engine<double>(EngineKind::fast64, config);
        const auto loss = [&](const std::vector<TokenId>& tokens) {
            const Window window(tokens);
            return engine->loss(parameters, std::span(&window, 1));
        };
        QVERIFY(std::isfinite(loss({0, 1, 2, 3})));
        QVERIFY_EXCEPTION_THROWN(loss({0}), Error);
        QVERIFY_EXCEPTION_THROWN(loss({0, 1, 2, 3, 4}), Error);
        QVERIFY_EXCEPTION_THROWN(loss({0, 5}), Error);
        QVERIFY_EXCEPTION_THROWN(loss({-1, 0}), Error);
        QVERIFY_EXCEPTION_THROWN(engine->loss(parameters, {}), Error);
        QVERIFY_EXCEPTION_THROWN(make_engine<float>(EngineKind::reference, config), Error);
        const auto decoder = make_decoder(EngineKind::fast32, Weights::initial(config));
        QVERIFY_EXCEPTION_THROWN(decoder->step(5), Error);
        for (int i = 0; i < 3; ++i) decoder->step(0);
        QVERIFY_EXCEPTION_THROWN(decoder->step(0), Error);
        decoder->reset();
        decoder->step(0);
        QCOMPARE(decoder->position(), 1);
    }

    void configRefusesWhatDoesNotFit_data() {
        QTest::addColumn<int>("layers");
        QTest::addColumn<int>("embedding");
        QTest::addColumn<int>("heads");
        QTest::addColumn<QString>("message");
        QTest::newRow("not divisible") << 2 << 30 << 4 << "n_embd (30) must be divisible by n_head (4)";
        QTest::newRow("no layer") << 0 << 32 << 4 << "n_layer is 0";
        QTest::newRow("no head") << 1 << 32 << 0 << "n_head is 0";
    }
    void configRefusesWhatDoesNotFit() {
        QFETCH(int, layers);
        QFETCH(int, embedding);
        QFETCH(int, heads);
        QFETCH(QString, message);
        try {
            ModelConfig{74, layers, embedding, 64, heads, 42, 0.08}.validate();
            QFAIL("was accepted");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains(message), error.what());
        }
    }

   private:
    static void engines() {
        QTest::addColumn<int>("engine");
        QTest::newRow("float") << static_cast<int>(EngineKind::fast32);
        QTest::newRow("double") << static_cast<int>(EngineKind::fast64);
        QTest::newRow("reference") << static_cast<int>(EngineKind::reference);
    }

    template <class Real>
    void check_oracle_gradients(EngineKind kind, double bound) {
        const auto expected = oracle("gradients_initial_weights.json");
        const auto tokens = expected["tokens"].get<std::vector<TokenId>>();
        const Window window(tokens);
        const Weights weights = Weights::initial(ModelConfig{});
        const auto [loss, gradients] = run<Real>(kind, weights, std::span(&window, 1));
        QVERIFY(close_to(loss, expected["loss"], bound));
        for (const ParameterEntry& entry : weights.layout().entries()) {
            double squares = 0;
            for (std::size_t i = entry.offset; i < entry.offset + entry.size(); ++i)
                squares += static_cast<double>(gradients[i]) * static_cast<double>(gradients[i]);
            QVERIFY2(close_to(std::sqrt(squares), expected["l2"][entry.name], bound), entry.name.c_str());
            for (const auto& [key, table] : expected.items()) {
                if (!key.starts_with("first")) continue;
                for (std::size_t i = 0; i < table[entry.name].size(); ++i)
                    QVERIFY2(close_to(static_cast<double>(gradients[entry.offset + i]), table[entry.name][i], bound, 1e-3),
                             entry.name.c_str());
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestEngines)
#include "tst_engines.moc"
