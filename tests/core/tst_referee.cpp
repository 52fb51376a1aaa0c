#include <QtTest>

#include "core/base/error.h"
#include "core/snake/agents.h"
#include "core/snake/episodes.h"
#include "core/snake/film.h"
#include "core/snake/referee.h"
#include "core/snake/rules_of.h"
#include "core/snake/validity.h"
#include "tests/core/slow_replay.h"

using namespace gamegpt;
using namespace gamegpt::snake;
Q_DECLARE_METATYPE(GameRules)

static std::vector<TokenId> documentOf(const Corpus& corpus, std::size_t i) {
    const auto document = corpus.document(i);
    return {document.begin(), document.end()};
}

static void addRules() {
    QTest::addColumn<GameRules>("rules");
    QTest::newRow("the original's") << GameRules{};
    QTest::newRow("2 x 2") << GameRules{2, 200, 4};
    QTest::newRow("3 x 3, a snapshot a tick") << GameRules{3, 50, 1};
    QTest::newRow("6 x 6, 500 ticks") << GameRules{6, 500, 7};
    QTest::newRow("7 x 7") << GameRules{7, 40, 16};
    QTest::newRow("9 x 9, no snapshots") << GameRules{9, 20, 1000};
}

// A game by these rules in which something was changed, at a place where it is likely to matter.
static std::vector<TokenId> damaged(std::vector<TokenId> tokens, PythonRandom& random) {
    const std::size_t at = random.choice_index(tokens.size());
    switch (random.choice_index(4)) {
        case 0: tokens[at] = static_cast<TokenId>(random.randbelow(game_tokens::count)); break;
        case 1: tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(at)); break;
        case 2: tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(at), tokens[at]); break;
        default: tokens.resize(at); break;
    }
    return tokens;
}

class TestReferee : public QObject {
    Q_OBJECT

   private slots:
    void generatedGamesAreLegal_data() { addRules(); }
    void generatedGamesAreLegal() {
        QFETCH(GameRules, rules);
        const bool original = rules == GameRules{};
        const auto corpus = collect({.episodes = original ? 10'000 : 1'000, .seed = 7, .rules = rules});
        for (std::size_t i = 0; i < corpus->documents(); ++i) {
            const auto tokens = documentOf(*corpus, i);
            const Replay played = replay(tokens, rules);
            QVERIFY2(played.legal() && played.complete, qPrintable(QString("episode %1").arg(i)));
            const Film shown = film(tokens, rules);
            QCOMPARE(shown.frames.size(), static_cast<std::size_t>(played.ticks) + 1);
            // The original's tier knows no end by a full board, where there is no new food.
            const bool won = shown.frames.back().state.status == Status::won;
            QVERIFY(validity(tokens).full() != won);
        }
        QCOMPARE(rules_of(*corpus).board_size, rules.board_size);
    }

    void rulesAreFound_data() {
        QTest::addColumn<GameRules>("rules");
        QTest::newRow("2, whose games are all short") << GameRules{2, 200, 3};
        for (int board = 3; board <= 10; ++board) QTest::addRow("%d", board) << GameRules{board, 60, 5};
        QTest::newRow("few ticks") << GameRules{10, 5, 16};
        QTest::newRow("snapshots at every tick") << GameRules{10, 200, 1};
        QTest::newRow("a long game") << GameRules{10, 400, 30};
    }
    void rulesAreFound() {
        QFETCH(GameRules, rules);
        const GameRules found = rules_of(*collect({.episodes = 200, .seed = 3, .rules = rules}));
        QCOMPARE(found.board_size, rules.board_size);
        QCOMPARE(found.tick_limit, rules.tick_limit);
        QCOMPARE(found.snapshot_interval, rules.snapshot_interval);
    }

    void damagedGamesDoNotBendTheRules() {
        namespace t = game_tokens;
        const auto game = std::make_shared<const Vocabulary>(Vocabulary::game());
        const auto found = [&](const std::vector<std::vector<TokenId>>& documents) {
            std::vector<TokenId> tokens;
            std::vector<std::size_t> offsets = {0};
            for (const auto& document : documents) {
                tokens.insert(tokens.end(), document.begin(), document.end());
                offsets.push_back(tokens.size());
            }
            return rules_of(Corpus(game, tokens, offsets, CorpusFormat::episodes_json, "games"));
        };
        std::vector<TokenId> start = encode_start(Game(1).state());
        auto ended = start;
        ended.insert(ended.end(), {t::tick, t::input, t::move, t::x + 5, t::y + 4, t::eos});
        auto extra = start;
        extra.insert(extra.end(), start.begin() + 1, start.end());
        extra.insert(extra.end(), {t::tick, t::input, t::move, t::x + 5, t::y + 4});
        QVERIFY(found({ended}) == GameRules{});
        QVERIFY(found({extra}) == GameRules{});
        QVERIFY(found({ended, extra, {t::bos, t::snap}, {t::eos}}) == GameRules{});
        QVERIFY(found({{t::wall}}) == GameRules{});
        QCOMPARE(found({ended, ended, ended}).tick_limit, std::int64_t{1});
    }

    void agreesWithTheSlowReplay_data() { addRules(); }
    void agreesWithTheSlowReplay() {
        QFETCH(GameRules, rules);
        const auto corpus = collect({.episodes = 20, .seed = 5, .rules = rules});
        PythonRandom random(9);
        for (int i = 0; i < 100; ++i) {
            auto tokens = documentOf(*corpus, random.choice_index(corpus->documents()));
            tokens.resize(std::min<std::size_t>(tokens.size(), 150));
            for (std::size_t n = random.choice_index(3); n > 0 && !tokens.empty(); --n)
                tokens = damaged(std::move(tokens), random);
            const slow::Replay expected = slow::replay(tokens, rules);
            const Film shown = film(tokens, rules);
            Referee referee(rules);
            std::size_t at = 0;
            while (at < tokens.size() && referee.push(tokens[at])) ++at;
            QCOMPARE(at, expected.legal);
            const auto legal = referee.legal();
            QVERIFY(std::equal(legal.begin(), legal.end(), expected.next.begin(), expected.next.end()));
            QCOMPARE(shown.first_error.has_value(), at < tokens.size());
            QCOMPARE(shown.frames.size(), expected.states.size());
            for (std::size_t f = 0; f < shown.frames.size(); ++f) QVERIFY(shown.frames[f].state == expected.states[f]);
            const slow::Tiers tiers = slow::tiers(tokens);
            const Validity judged = validity(tokens);
            QCOMPARE(judged.structural, tiers.structural);
            QCOMPARE(judged.physical, tiers.physical);
            QCOMPARE(judged.rules, tiers.rules);
        }
    }

    void endsInTimeIfThereIsRoom_data() {
        QTest::addColumn<GameRules>("rules");
        QTest::addColumn<int>("room");
        for (const int room : {64, 100, 150, 400}) QTest::addRow("%d tokens", room) << GameRules{} << room;
        QTest::newRow("a snapshot a tick") << GameRules{10, 200, 1} << 150;
        QTest::newRow("6 x 6") << GameRules{6, 30, 16} << 50;
    }
    void endsInTimeIfThereIsRoom() {
        QFETCH(GameRules, rules);
        QFETCH(int, room);
        for (std::uint64_t seed = 0; seed < 300; ++seed) {
            PythonRandom random(seed);
            Referee referee(rules);
            std::vector<TokenId> tokens;
            while (!referee.complete()) {
                QVERIFY(static_cast<int>(tokens.size()) < room);
                const auto legal = referee.legal(static_cast<std::size_t>(room) - tokens.size());
                QVERIFY(!legal.empty());
                tokens.push_back(legal[random.choice_index(legal.size())]);
                QVERIFY(referee.push(tokens.back()));
            }
            QVERIFY(replay(tokens, rules).complete);
        }
    }

    void filmTellsClaimedFromExpected() {
        const Vocabulary game = Vocabulary::game();
        std::vector<TokenId> tokens;
        for (const QString& name : QString("BOS SNAP PLAYER X5 Y5 DIR_U LEN1 FOOD X5 Y3 SCORE V0 TICK INPUT_U MOVE X5 Y4 "
                                           "TICK INPUT_L MOVE X5 Y3 TICK INPUT_L MOVE X5 Y2")
                                       .split(' '))
            tokens.push_back(*game.find(name.toStdString()));
        const Film shown = film(tokens);
        QCOMPARE(shown.tokens, tokens.size());
        QCOMPARE(shown.frames.size(), std::size_t{2});
        QCOMPARE(shown.frames[1].begin, std::size_t{12});
        QCOMPARE(shown.frames[1].end, std::size_t{17});
        QVERIFY((shown.frames[1].state.head() == Cell{5, 4}));
        QCOMPARE(shown.first_error->token, std::size_t{20});
        QVERIFY(shown.first_error->rule == Rule::events);
        QCOMPARE(shown.expected.size(), std::size_t{1});
        QVERIFY((shown.expected[0].head() == Cell{4, 4}));
        QCOMPARE(shown.claims.size(), std::size_t{2});
        QCOMPARE(shown.claims[0].token, std::size_t{19});
        QVERIFY((shown.claims[0].head == Cell{5, 3}));
        QVERIFY((shown.claims[1].head == Cell{5, 2}));
        QCOMPARE(shown.frame_at(0), std::optional<std::size_t>(0));
        QCOMPARE(shown.frame_at(11), std::optional<std::size_t>(0));
        QCOMPARE(shown.frame_at(12), std::optional<std::size_t>(1));
        QCOMPARE(shown.frame_at(25), std::optional<std::size_t>(1));
        QVERIFY(!film({}).frame_at(0));
        QVERIFY(film({}).expected.empty());
        // At the head of a tick, any of the three places.
        tokens.resize(18);
        tokens[17] = game_tokens::move;
        QCOMPARE(film(tokens).expected.size(), std::size_t{3});
    }

    void theRefereeIsACopyOfItself() {
        Referee one;
        for (const TokenId token : encode_start(Game(1).state())) QVERIFY(one.push(token));
        Referee two = one;
        QVERIFY(two.push(game_tokens::tick));
        QVERIFY(one.between_ticks() && !two.between_ticks());
    }

    void refusedRules_data() {
        QTest::addColumn<GameRules>("rules");
        QTest::newRow("board too small") << GameRules{1, 200, 16};
        QTest::newRow("board too large") << GameRules{11, 200, 16};
        QTest::newRow("no ticks") << GameRules{10, 0, 16};
        QTest::newRow("no snapshots") << GameRules{10, 200, 0};
    }
    void refusedRules() {
        QFETCH(GameRules, rules);
        QVERIFY_EXCEPTION_THROWN(rules.validate(), Error);
        QVERIFY_EXCEPTION_THROWN(collect({.episodes = 1, .rules = rules}), Error);
        QVERIFY_EXCEPTION_THROWN(replay({}, rules), Error);
    }

    void theMixSaysWhoPlays() {
        const auto corpus = collect({.episodes = 40, .mix = {0, 3, 0}});
        QCOMPARE(corpus->sources().names,
                 (std::vector<std::string>{"random agent", "greedy agent", "wall follower"}));
        QCOMPARE(corpus->sources().of_document, std::vector<std::uint8_t>(40, 1));
        const auto usual = collect({.episodes = 40});
        QCOMPARE(QSet<int>(usual->sources().of_document.begin(), usual->sources().of_document.end()).size(), 3);
        QVERIFY_EXCEPTION_THROWN(collect({.mix = {0, 0, 0}}), Error);
        QVERIFY_EXCEPTION_THROWN(collect({.mix = {1, -1, 1}}), Error);
        QCOMPARE(collect({.episodes = 2, .rules = {.board_size = 6}})->name(), std::string("Snake 6 x 6, 2 episodes"));
    }
};

QTEST_APPLESS_MAIN(TestReferee)
#include "tst_referee.moc"
