// Samples that begin with a prompt, run through filters, and the figures of their tokens.

#include <QtTest>

#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/play/judged_samples.h"
#include "core/sample/prompt.h"
#include "core/sample/token_figures.h"

using namespace gamegpt;

class TestPrompts : public QObject {
    Q_OBJECT

   private:
    const Weights weights = [] {
        ModelConfig config;
        config.vocab_size = 12;
        config.block_size = 16;
        config.n_embd = 16;
        config.init_std = 0.4;
        return Weights::initial(config);
    }();
    SampleSettings settings = [] {
        SampleSettings s;
        s.temperature = 0.9;
        s.draws = DrawOrder::per_sample;
        return s;
    }();
    std::vector<std::vector<TokenId>> one_by_one(const SampleSettings& with, int count) const {
        std::vector<std::vector<TokenId>> samples;
        generate(*make_decoder(EngineKind::fast32, weights), with, count, [&](int, std::vector<TokenId> tokens) {
            samples.push_back(std::move(tokens));
            return true;
        });
        return samples;
    }

   private slots:
    void textsBeginBehindTheStart() {
        const Vocabulary game = Vocabulary::game();
        QVERIFY(prompt_tokens(game, "") == std::vector<TokenId>());
        QVERIFY(prompt_tokens(game, "SNAP PLAYER") == (std::vector<TokenId>{0, 3, 4}));
        QVERIFY(prompt_tokens(game, "BOS SNAP") == (std::vector<TokenId>{0, 3}));
        QVERIFY_EXCEPTION_THROWN(prompt_tokens(game, "SNAP CAT"), Error);
        const Vocabulary text(Vocabulary::Kind::characters, {"a", "b", "\n"}, {}, {});
        QVERIFY(prompt_tokens(text, "ba") == (std::vector<TokenId>{1, 0}));
    }

    void promptsMakeRoom_data() {
        QTest::addColumn<int>("prompt");
        QTest::addColumn<int>("length");
        QTest::addColumn<int>("becomes");
        QTest::addColumn<bool>("slides");
        QTest::newRow("short") << 3 << 0 << 16 << false;
        QTest::newRow("within the length") << 3 << 8 << 8 << false;
        QTest::newRow("as long as the length") << 4 << 4 << 8 << false;
        QTest::newRow("as long as the context") << 16 << 0 << 32 << true;
        QTest::newRow("longer") << 40 << 16 << 56 << true;
    }
    void promptsMakeRoom() {
        QFETCH(int, prompt);
        QFETCH(int, length);
        SampleSettings with = settings;
        with.max_tokens = length;
        begin_with(with, std::vector<TokenId>(static_cast<std::size_t>(prompt), 2), weights.config());
        QTEST(with.max_tokens, "becomes");
        QTEST(with.slide, "slides");
        with.validate(weights.config());
    }

    // Of a token that the grammar allowed alone there is nothing to be uncertain about.
    void figuresKnowTheGrammar() {
        ModelConfig config;
        config.init_std = 0.4;
        const Weights game = Weights::initial(config);
        SampleSettings with = sample_settings_for(Vocabulary::game());
        with.temperature = 1;
        with.draws = DrawOrder::per_sample;
        const auto decoder = make_decoder(EngineKind::fast32, game);
        const auto free = generate_many(game, with, 1, 1).front();
        QVERIFY(token_figures(*decoder, free, with)[1].probability < 1);
        play::constrain(with, play::snake_grammar({}));
        const auto tokens = generate_many(game, with, 1, 1).front();
        const auto figures = token_figures(*decoder, tokens, with);
        QCOMPARE(tokens[1], 3);  // SNAP
        QCOMPARE(figures[1].probability, 1.0);
        QCOMPARE(figures[1].entropy, 0.0);
        QCOMPARE(figures[1].best[1].probability, 0.0);
        for (const TokenFigures& figure : figures) QVERIFY(figure.probability > 0);
    }

    void manyAtOnceAreTheSame_data() {
        QTest::addColumn<int>("prompt");
        QTest::addColumn<int>("length");
        QTest::addColumn<bool>("slide");
        QTest::addColumn<bool>("filtered");
        QTest::newRow("a prompt") << 5 << 0 << false << false;
        QTest::newRow("filters") << 1 << 0 << false << true;
        QTest::newRow("both") << 7 << 12 << false << true;
        QTest::newRow("a prompt as long as the context") << 16 << 24 << true << true;
        QTest::newRow("a prompt longer than the context") << 40 << 50 << true << false;
    }
    void manyAtOnceAreTheSame() {
        QFETCH(int, prompt);
        QFETCH(int, length);
        QFETCH(bool, slide);
        QFETCH(bool, filtered);
        SampleSettings with = settings;
        for (int i = 0; i < prompt; ++i) with.prompt.push_back(i * 7 % 12);
        with.max_tokens = length;
        with.slide = slide;
        if (filtered) with.filters = {.repetition_penalty = 1.3, .top_k = 8, .top_p = 0.95, .min_p = 0.02};
        const auto samples = generate_many(weights, with, 20, 2);
        QCOMPARE(samples, one_by_one(with, 20));
        for (const auto& sample : samples) {
            QVERIFY(std::equal(with.prompt.begin(), with.prompt.end(), sample.begin()));
            QCOMPARE(static_cast<int>(sample.size()), length > 0 ? length : 16);
        }
    }

    void aPromptOfTheStartAloneChangesNothing() {
        SampleSettings with = settings;
        with.prompt = {with.start};
        QCOMPARE(one_by_one(with, 5), one_by_one(settings, 5));
    }

    void topKOfOneIsGreedy() {
        SampleSettings greedy = settings, one = settings;
        greedy.temperature = 0;
        one.filters.top_k = 1;
        QCOMPARE(one_by_one(one, 3), one_by_one(greedy, 3));
    }

    void aGreedySampleMindsTheRepetitionPenalty() {
        SampleSettings greedy = settings;
        greedy.temperature = 0;
        greedy.filters.repetition_penalty = 3;
        const auto tokens = one_by_one(greedy, 1)[0];
        bool differs = false;
        for (std::size_t i = 1; i < tokens.size(); ++i) {
            auto logits = next_logits(*make_decoder(EngineKind::fast32, weights), std::span(tokens).first(i));
            const auto best = std::max_element(logits.begin(), logits.end()) - logits.begin();
            const std::set<TokenId> seen(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(i));
            for (const TokenId token : seen) {
                double& logit = logits[static_cast<std::size_t>(token)];
                logit = logit > 0 ? logit / 3 : logit * 3;
            }
            QCOMPARE(tokens[i], static_cast<TokenId>(std::max_element(logits.begin(), logits.end()) - logits.begin()));
            differs = differs || tokens[i] != best;
        }
        QVERIFY(differs);  // the penalty mattered
    }

    void figuresAreThoseOfTheDistributions() {
        SampleSettings with = settings;
        with.filters.top_k = 7;
        const auto tokens = one_by_one(with, 1)[0];
        const auto decoder = make_decoder(EngineKind::fast32, weights);
        const auto figures = token_figures(*decoder, tokens, with);
        QCOMPARE(figures.size(), tokens.size());
        QCOMPARE(figures[0].probability, 1.0);
        for (std::size_t i = 1; i < tokens.size(); ++i) {
            std::vector<double> p;
            filtered_probabilities(next_logits(*decoder, std::span(tokens).first(i)), with.temperature, with.filters, {}, p);
            QCOMPARE(figures[i].probability, p[static_cast<std::size_t>(tokens[i])]);
            QVERIFY(figures[i].probability > 0);  // it was drawn
            QVERIFY(figures[i].rank >= 1 && figures[i].rank <= 7);
            QCOMPARE(figures[i].entropy, entropy(p));
            QCOMPARE(figures[i].best[0].probability, *std::max_element(p.begin(), p.end()));
            for (std::size_t k = 1; k < 5; ++k) QVERIFY(figures[i].best[k - 1].probability >= figures[i].best[k].probability);
            if (figures[i].rank <= 5) QCOMPARE(figures[i].best[static_cast<std::size_t>(figures[i].rank) - 1].token, tokens[i]);
        }
    }

    void figuresGoOnBeyondTheContext() {
        SampleSettings with = settings;
        with.slide = true;
        with.max_tokens = 60;
        const auto tokens = one_by_one(with, 1)[0];
        const auto figures = token_figures(*make_decoder(EngineKind::fast32, weights), tokens, with);
        QCOMPARE(figures.size(), std::size_t{60});
        for (const TokenFigures& figure : figures) QVERIFY(figure.probability > 0);
    }

    void refusals_data() {
        QTest::addColumn<int>("prompt");
        QTest::addColumn<int>("token");
        QTest::addColumn<QString>("message");
        QTest::newRow("too long") << 17 << 1 << "the prompt has 17 tokens; at most 16 were expected";
        QTest::newRow("unknown token") << 3 << 12 << "token ID 12 is outside the vocabulary of 12 tokens";
    }
    void refusals() {
        QFETCH(int, prompt);
        QFETCH(int, token);
        QFETCH(QString, message);
        SampleSettings with = settings;
        with.prompt.assign(static_cast<std::size_t>(prompt), token);
        try {
            generate_many(weights, with, 1, 1);
            QFAIL("was taken");
        } catch (const Error& error) {
            QCOMPARE(QString(error.what()), message);
        }
    }
};

QTEST_APPLESS_MAIN(TestPrompts)
#include "tst_prompts.moc"
