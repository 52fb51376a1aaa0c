#include <QtTest>

#include "core/base/error.h"
#include "core/grammar/brackets.h"
#include "core/grammar/sums.h"
#include "core/play/arena.h"
#include "core/play/judged_samples.h"
#include "core/sample/sliding_window.h"
#include "core/snake/episodes.h"
#include "core/snake/referee.h"
#include "core/train/trainer.h"
#include "tests/core/oracle.h"

using namespace gamegpt;
Q_DECLARE_METATYPE(std::shared_ptr<const Corpus>)

static ModelConfig smallModel(const Corpus& corpus) {
    ModelConfig config;
    config.vocab_size = static_cast<int>(corpus.vocabulary().size());
    config.n_layer = 1;
    config.n_embd = 16;
    config.n_head = 2;
    return config;
}

static Weights trained(const std::shared_ptr<const Corpus>& corpus, std::int64_t steps) {
    TrainConfig train;
    train.steps = steps;
    train.held_out_every = 0;
    const auto trainer = make_trainer(smallModel(*corpus), train, {corpus, nullptr});
    for (std::int64_t i = 0; i < steps; ++i) trainer->step();
    return trainer->weights();
}

static SampleSettings settingsFor(const Corpus& corpus) {
    SampleSettings settings = sample_settings_for(corpus.vocabulary());
    settings.temperature = 1;
    settings.draws = DrawOrder::per_sample;
    return settings;
}

class TestPlay : public QObject {
    Q_OBJECT

   private slots:
    void decodersRewind_data() {
        QTest::addColumn<int>("engine");
        QTest::newRow("float") << static_cast<int>(EngineKind::fast32);
        QTest::newRow("double") << static_cast<int>(EngineKind::fast64);
        QTest::newRow("reference") << static_cast<int>(EngineKind::reference);
    }
    void decodersRewind() {
        QFETCH(int, engine);
        const auto decoder = make_decoder(static_cast<EngineKind>(engine), Weights::initial(ModelConfig{}));
        const std::vector<TokenId> tokens = {0, 3, 4, 20, 30, 7, 53};
        std::vector<double> expected;
        for (const TokenId token : tokens) {
            const auto logits = decoder->step(token);
            expected.assign(logits.begin(), logits.end());
        }
        for (int i = 0; i < 20; ++i) decoder->step(11);
        decoder->rewind(3);
        QCOMPARE(decoder->position(), 3);
        std::vector<double> again;
        for (std::size_t i = 3; i < tokens.size(); ++i) {
            const auto logits = decoder->step(tokens[i]);
            again.assign(logits.begin(), logits.end());
        }
        QCOMPARE(again, expected);
        decoder->rewind(7);
        QVERIFY_EXCEPTION_THROWN(decoder->rewind(8), Error);
        QVERIFY_EXCEPTION_THROWN(decoder->rewind(-1), Error);
    }

    void sequencesAreTakenUpAtAnchors_data() {
        QTest::addColumn<QVector<int>>("tokens");
        QTest::addColumn<int>("block");
        QTest::addColumn<int>("at");
        // Anchors are 8, better, and 9. Of a block of 16, 4 to 12 tokens may be kept.
        QVector<int> plain(20, 0);
        const auto with = [&](std::initializer_list<std::pair<int, int>> anchors) {
            QVector<int> tokens = plain;
            for (const auto& [at, anchor] : anchors) tokens[at] = anchor;
            return tokens;
        };
        QTest::newRow("no anchor") << plain << 16 << 12;
        QTest::newRow("the better one, though earlier") << with({{10, 8}, {15, 9}}) << 16 << 10;
        QTest::newRow("the last of the better ones") << with({{10, 8}, {13, 8}, {15, 9}}) << 16 << 13;
        QTest::newRow("too far back") << with({{7, 8}, {15, 9}}) << 16 << 15;
        QTest::newRow("just within") << with({{8, 8}, {15, 9}}) << 16 << 8;
        QTest::newRow("too near the end") << with({{19, 8}, {16, 9}}) << 16 << 16;
        QTest::newRow("a block of one") << with({{18, 8}}) << 1 << 19;
        QTest::newRow("a block of two") << with({{19, 8}}) << 2 << 19;
    }
    void sequencesAreTakenUpAtAnchors() {
        QFETCH(QVector<int>, tokens);
        QFETCH(int, block);
        QFETCH(int, at);
        const std::vector<TokenId> sequence(tokens.begin(), tokens.end());
        QCOMPARE(take_up_at(sequence, block, std::vector<TokenId>{8, 9}), static_cast<std::size_t>(at));
    }

    void theWindowIsWhatADecoderWouldSee() {
        const Weights weights = Weights::initial(ModelConfig{});
        const auto decoder = make_decoder(EngineKind::fast32, weights);
        const auto fresh = make_decoder(EngineKind::fast32, weights);
        SlidingWindow window(*decoder, {3});
        PythonRandom random(4);
        for (int i = 0; i < 65; ++i) window.step(static_cast<TokenId>(i == 40 ? 3 : 4 + random.randbelow(70)));
        QCOMPARE(decoder->position(), 25);  // from the anchor on
        const auto logits = window.step(5);
        std::vector<double> expected;
        for (std::size_t i = 40; i < 66; ++i) {
            const auto of_fresh = fresh->step(window.tokens()[i]);
            expected.assign(of_fresh.begin(), of_fresh.end());
        }
        QVERIFY(std::equal(logits.begin(), logits.end(), expected.begin()));
        window.undo();
        QCOMPARE(window.tokens().size(), std::size_t{65});
    }

    void longSamplesAreSeededOnAnyThreads() {
        const auto corpus = snake::built_in_corpus().train;
        const Weights weights = Weights::initial(smallModel(*corpus));
        SampleSettings settings = settingsFor(*corpus);
        play::go_beyond(settings, *play::snake_grammar(), 300);
        settings.stop.reset();
        DrawStatistics one, three;
        const auto samples = generate_many(weights, settings, 20, 1, {}, &one);
        QCOMPARE(generate_many(weights, settings, 20, 3, {}, &three), samples);
        QCOMPARE(one.entropy, three.entropy);
        for (const auto& sample : samples) QCOMPARE(sample.size(), std::size_t{300});
        PythonRandom random(settings.seed + 7);
        QCOMPARE(generate(*make_decoder(EngineKind::fast32, weights), settings, random), samples[7]);
        settings.slide = false;
        QVERIFY_EXCEPTION_THROWN(generate_many(weights, settings, 1, 1), Error);
    }

    void entropyIsThatOfTheDraws() {
        const auto corpus = snake::built_in_corpus().train;
        const Weights weights = Weights::initial(smallModel(*corpus));
        SampleSettings settings = settingsFor(*corpus);
        settings.temperature = 0.3;
        DrawStatistics statistics;
        PythonRandom random(1);
        const auto sample = generate(*make_decoder(EngineKind::fast64, weights), settings, random, &statistics);
        QCOMPARE(statistics.draws, sample.size() - 1);
        const auto decoder = make_decoder(EngineKind::fast64, weights);
        double entropy = 0;
        std::vector<double> p;
        for (std::size_t i = 0; i + 1 < sample.size(); ++i) {
            probabilities(decoder->step(sample[i]), settings.temperature, p);
            for (const double value : p)
                if (value > 0) entropy -= value * std::log(value);
        }
        QVERIFY(close_to(statistics.entropy, entropy, 1e-10));
        settings.temperature = 0;
        DrawStatistics greedy;
        generate(*make_decoder(EngineKind::fast64, weights), settings, random, &greedy);
        QCOMPARE(greedy.entropy, 0.0);
    }

    void constrainedSamplesAreValid_data() {
        QTest::addColumn<std::shared_ptr<const Corpus>>("corpus");
        QTest::addColumn<int>("steps");
        QTest::addColumn<double>("temperature");
        QTest::addColumn<int>("length");  // 0: the context
        const auto rows = [](const char* name, const std::shared_ptr<const Corpus>& corpus) {
            for (const int steps : {0, 300}) {
                const char* state = steps == 0 ? "untrained" : "trained";
                QTest::addRow("%s, %s, within the context", name, state) << corpus << steps << 1.0 << 0;
                QTest::addRow("%s, %s, greedy", name, state) << corpus << steps << 0.0 << 0;
                QTest::addRow("%s, %s, beyond it", name, state) << corpus << steps << 1.0 << 2000;
            }
        };
        rows("snake", snake::collect({}));
        rows("snake 6 x 6", snake::collect({.rules = {6, 60, 5}}));
        rows("brackets", brackets::collect({.kinds = 4}));
        rows("sums", sums::collect({}));
    }
    void constrainedSamplesAreValid() {
        QFETCH(std::shared_ptr<const Corpus>, corpus);
        QFETCH(int, steps);
        QFETCH(double, temperature);
        QFETCH(int, length);
        const auto grammar = play::grammar_of(*corpus);
        const Weights weights = steps == 0 ? Weights::initial(smallModel(*corpus)) : trained(corpus, steps);
        SampleSettings settings = settingsFor(*corpus);
        settings.temperature = temperature;
        play::constrain(settings, grammar);
        if (length > 0) play::go_beyond(settings, *grammar, length);
        const play::JudgedSamples judged = play::draw_and_judge(weights, *grammar, settings, 1000, 2);
        QCOMPARE(judged.verdicts.size(), std::size_t{1000});
        for (const play::Rate& rate : judged.rates) QCOMPARE(rate.count, std::size_t{1000});
        QVERIFY((judged.mean_entropy > 0) == (temperature > 0));
    }

    void aConstraintRefusesAnotherStart() {
        const auto corpus = snake::built_in_corpus().train;
        SampleSettings settings = settingsFor(*corpus);
        play::constrain(settings, play::snake_grammar());
        settings.start = 5;
        QVERIFY_EXCEPTION_THROWN(generate_many(Weights::initial(ModelConfig{}), settings, 1, 1), Error);
    }

    void intervalsOfRates() {
        // Wilson's interval for 8 of 10, to three figures, as in the literature: 0.490 to 0.943.
        const play::Rate rate{8, 10};
        QVERIFY(close_to(rate.lower(), 0.490, 1e-3) && close_to(rate.upper(), 0.943, 1e-3));
        QCOMPARE((play::Rate{0, 10}.lower()), 0.0);
        QVERIFY(close_to(play::Rate{0, 10}.upper(), 0.2775, 1e-3));
        QCOMPARE((play::Rate{10, 10}.upper()), 1.0);
        QVERIFY(close_to(play::Rate{10, 10}.lower(), 0.7225, 1e-3));
        QCOMPARE((play::Rate{}.lower()), 0.0);
        QCOMPARE((play::Rate{}.upper()), 1.0);
        QCOMPARE((play::Rate{}.share()), 0.0);
    }

    void theSweepDrawsAtEachTemperature() {
        const auto corpus = snake::built_in_corpus().train;
        const auto grammar = play::grammar_of(*corpus);
        const Weights weights = Weights::initial(smallModel(*corpus));
        const SampleSettings settings = settingsFor(*corpus);
        std::vector<double> seen;
        std::vector<double> entropies;
        play::sweep(weights, *grammar, settings, std::vector<double>{0.1, 1, 2}, 40, 2,
                    [&](double temperature, const play::JudgedSamples& judged) {
                        seen.push_back(temperature);
                        entropies.push_back(judged.mean_entropy);
                        return judged.verdicts.size() == 40 && seen.size() < 2;
                    });
        QCOMPARE(seen, (std::vector<double>{0.1, 1}));
        QVERIFY(entropies[0] < entropies[1]);
        QCOMPARE(play::sweep_temperatures().size(), std::size_t{20});
        QCOMPARE(play::sweep_temperatures().back(), 2.0);
        bool any = false;
        play::sweep(weights, *grammar, settings, std::vector<double>{1}, 40, 1,
                    [&](double, const play::JudgedSamples&) { return any = true; }, [] { return false; });
        QVERIFY(!any);
    }

    void modelsPlayLegalGames_data() {
        QTest::addColumn<bool>("constrained");
        QTest::addColumn<double>("temperature");
        QTest::newRow("legal inputs") << true << 0.5;
        QTest::newRow("greedy") << true << 0.0;
        QTest::newRow("free") << false << 1.0;
    }
    void modelsPlayLegalGames() {
        QFETCH(bool, constrained);
        QFETCH(double, temperature);
        const Weights weights = trained(snake::built_in_corpus().train, 300);
        const snake::GameRules rules{10, 60, 16};
        int calls = 0;
        const auto results = play::compare(weights, 10, 100, {constrained, temperature, 5}, rules, [&](int done) {
            ++calls;
            return done == calls;
        });
        QCOMPARE(calls, 40);
        QCOMPARE(results.size(), std::size_t{4});
        QCOMPARE(results[0].player, std::string("model"));
        QCOMPARE(results[3].player, std::string("wall follower"));
        for (const play::PlayerResults& player : results) {
            QCOMPARE(player.games.size(), std::size_t{10});
            for (std::size_t i = 0; i < player.games.size(); ++i) {
                const play::GameResult& game = player.games[i];
                const auto played = snake::replay(game.tokens, rules);
                QVERIFY(played.legal());
                QCOMPARE(played.ticks, game.ticks);
                QCOMPARE(played.complete, game.end != play::GameResult::End::forfeit);
                if (player.player != "model" || constrained) QVERIFY(game.end != play::GameResult::End::forfeit);
                QVERIFY(std::equal(game.tokens.begin(), game.tokens.begin() + 12, results[0].games[i].tokens.begin()));
            }
        }
        const play::GameResult one = play::play_game(weights, 103, {constrained, temperature, 8}, rules);
        QCOMPARE(one.tokens, results[0].games[3].tokens);
        QVERIFY(results[2].mean_score() >= results[2].best_score() / 10.0);
        QVERIFY(results[0].mean_ticks() > 0 || !constrained);
    }

    void theArenaCanBeLeftAndRefuses() {
        const Weights weights = Weights::initial(ModelConfig{});
        const auto left = play::compare(weights, 5, 1, {}, {}, [](int done) { return done < 3; });
        std::size_t games = 0;
        for (const auto& player : left) games += player.games.size();
        QVERIFY(games >= 3 && games < 20);
        ModelConfig other;
        other.vocab_size = 73;
        QVERIFY_EXCEPTION_THROWN(play::compare(Weights::initial(other), 1, 1, {}), Error);
        QVERIFY_EXCEPTION_THROWN(play::play_game(weights, 1, {true, -1, 1}), Error);
        QVERIFY_EXCEPTION_THROWN(play::play_game(weights, 1, {}, {12, 200, 16}), Error);
    }
};

QTEST_APPLESS_MAIN(TestPlay)
#include "tst_play.moc"
