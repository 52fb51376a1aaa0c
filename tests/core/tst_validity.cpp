#include <QtTest>

#include "core/corpus/game_tokens.h"
#include "core/snake/codec.h"
#include "core/snake/episodes.h"
#include "core/snake/replay.h"
#include "core/snake/validity.h"

using namespace gamegpt;
using namespace gamegpt::snake;
Q_DECLARE_METATYPE(Rule)

static std::vector<TokenId> ids(const QString& text) {
    static const Vocabulary game = Vocabulary::game();
    std::vector<TokenId> result;
    for (const QString& name : text.split(' ', Qt::SkipEmptyParts)) {
        const auto id = game.find(name.toStdString());
        if (!id) qFatal("%s is no token", qPrintable(name));
        result.push_back(*id);
    }
    return result;
}

// A game that goes up from (5, 5), eats at (5, 3) and dies at the wall.
static const QString start = "BOS SNAP PLAYER X5 Y5 DIR_U LEN1 FOOD X5 Y3 SCORE V0 ";  // tokens 0 to 11
static const QString first = "TICK INPUT_U MOVE X5 Y4 ";                               // 12 to 16
static const QString snap = "SNAP PLAYER X5 Y3 DIR_U LEN2 FOOD X1 Y2 SCORE V1 ";       // 17 to 27
static const QString eating = "TICK INPUT_U EAT MOVE X5 Y3 GROW LEN2 FOOD_SPAWN X1 Y2 SCORE V1 ";  // 28 to 40
static const QString up = "TICK INPUT_U MOVE X5 Y2 TICK INPUT_U MOVE X5 Y1 TICK INPUT_U MOVE X5 Y0 ";  // 41 to 55
static const QString death = "TICK INPUT_U DIE_WALL ";                                 // 56 to 58

class TestValidity : public QObject {
    Q_OBJECT

   private slots:
    void tiers_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("structural");
        QTest::addColumn<bool>("physical");
        QTest::addColumn<bool>("rules");
        const auto row = [](const char* name, const QString& text, bool structural, bool physical, bool rules) {
            QTest::newRow(name) << text << structural << physical << rules;
        };
        row("a whole game", start + first + snap + eating + up + death + "EOS", true, true, true);
        row("nothing", "", false, true, true);
        row("no BOS", "TICK EOS", false, true, true);
        row("no EOS", start + first, false, true, true);
        row("a cut-off snapshot", "BOS SNAP PLAYER X5", false, true, true);
        row("a cut-off snapshot before EOS", "BOS SNAP PLAYER X5 Y5 EOS", false, true, true);
        row("a wrong kind in a snapshot", "BOS SNAP PLAYER X5 Y5 LEN1 DIR_U FOOD X5 Y3 SCORE V0 EOS", false, true, true);
        row("a jump", "BOS MOVE X5 Y4 TICK MOVE X5 Y2 EOS", true, false, true);
        row("a move that stands still", "BOS MOVE X5 Y4 MOVE X5 Y4 EOS", true, false, true);
        row("a diagonal", "BOS MOVE X5 Y4 MOVE X4 Y3 EOS", true, false, true);
        row("a jump from the snapshot is not looked at", start + "TICK INPUT_U MOVE X0 Y0 EOS", true, true, true);
        row("eating without growing", "BOS TICK EAT FOOD_SPAWN X1 Y1 EOS", true, true, false);
        row("eating without new food", "BOS TICK EAT GROW LEN2 TICK FOOD_SPAWN X1 Y1 EOS", true, true, false);
        row("eating, cut off", "BOS TICK EAT GROW LEN2", false, true, false);
        row("a move after death", "BOS DIE_WALL MOVE X1 Y1 EOS", true, true, false);
        row("a score after death", "BOS DIE_SELF SCORE V3 EOS", true, true, true);
    }
    void tiers() {
        QFETCH(QString, text);
        QFETCH(bool, structural);
        QFETCH(bool, physical);
        QFETCH(bool, rules);
        const Validity judged = validity(ids(text));
        QCOMPARE(judged.structural, structural);
        QCOMPARE(judged.physical, physical);
        QCOMPARE(judged.rules, rules);
        QCOMPARE(judged.full(), structural && physical && rules);
    }

    void legalGames_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("ticks");
        QTest::addColumn<bool>("complete");
        QTest::newRow("a whole game") << start + first + snap + eating + up + death + "EOS" << 6 << true;
        QTest::newRow("a reversal goes straight on") << start + "TICK INPUT_D MOVE X5 Y4" << 1 << false;
        QTest::newRow("nothing") << "" << 0 << false;
    }
    void legalGames() {
        QFETCH(QString, text);
        QFETCH(int, ticks);
        QFETCH(bool, complete);
        const Replay played = replay(ids(text));
        QVERIFY2(played.legal(), played.legal() ? "" : played.first_error->expected.c_str());
        QCOMPARE(played.ticks, std::int64_t{ticks});
        QCOMPARE(played.complete, complete);
    }

    void everyCutIsLegal() {
        const auto game = ids(start + first + snap + eating + up + death + "EOS");
        for (std::size_t n = 0; n <= game.size(); ++n) QVERIFY(replay(std::span(game).first(n)).legal());
    }

    void illegalGames_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("token");
        QTest::addColumn<Rule>("rule");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const QString& text, int token, Rule rule, const QString& expected) {
            QTest::newRow(name) << text << token << rule << expected;
        };
        row("no BOS", "TICK", 0, Rule::start, "BOS");
        row("no snapshot at the start", "BOS TICK", 1, Rule::start, "SNAP");
        row("another start cell", "BOS SNAP PLAYER X4", 3, Rule::start, "X5");
        row("food under the head", "BOS SNAP PLAYER X5 Y5 DIR_L LEN1 FOOD X5 Y5", 9, Rule::start,
            "Y0 or Y1 or Y2 or Y3 or Y4 or Y6 or Y7 or Y8 or Y9");
        row("a start with a score", "BOS SNAP PLAYER X5 Y5 DIR_L LEN1 FOOD X5 Y4 SCORE V1", 11, Rule::start, "V0");
        row("no TICK", start + "INPUT_U", 12, Rule::tick, "TICK");
        row("a snapshot where none is due", start + snap, 12, Rule::tick, "TICK");
        row("no snapshot where one is due", start + first + eating, 18, Rule::input, "INPUT_L or INPUT_R");
        row("a snapshot of another state", start + first + "SNAP PLAYER X5 Y3 DIR_U LEN3", 22, Rule::snapshot, "LEN2");
        row("an input that does not fit the snapshot", start + first + snap + "TICK INPUT_L", 29, Rule::input, "INPUT_U or INPUT_D");
        row("no input", start + "TICK MOVE", 13, Rule::input, "INPUT_U or INPUT_D or INPUT_L or INPUT_R");
        row("a jump", start + "TICK INPUT_U MOVE X5 Y3", 16, Rule::events, "Y4");
        row("eating nothing", start + "TICK INPUT_U EAT", 14, Rule::events, "MOVE");
        row("dying for nothing", start + "TICK INPUT_U DIE_WALL", 14, Rule::events, "MOVE");
        row("food elsewhere than in the snapshot", start + first + snap + "TICK INPUT_U EAT MOVE X5 Y3 GROW LEN2 FOOD_SPAWN X2",
            37, Rule::events, "X1");
        row("through the wall", start + first + snap + eating + up + "TICK INPUT_U MOVE", 58, Rule::events, "DIE_WALL");
        row("a tick after death", start + first + snap + eating + up + death + "TICK", 59, Rule::ending, "EOS");
        row("the end of a living snake", start + first + "EOS", 17, Rule::ending, "TICK or SNAP");
        row("tokens behind the end", start + first + snap + eating + up + death + "EOS EOS", 60, Rule::ending, "nothing");
    }
    void illegalGames() {
        QFETCH(QString, text);
        QFETCH(int, token);
        QFETCH(Rule, rule);
        QFETCH(QString, expected);
        const std::vector<TokenId> tokens = ids(text);
        const Replay played = replay(tokens);
        QVERIFY(!played.legal() && !played.complete);
        QCOMPARE(played.first_error->token, static_cast<std::size_t>(token));
        QCOMPARE(QString::fromStdString(name_of(played.first_error->rule)), QString::fromStdString(name_of(rule)));
        QCOMPARE(QString::fromStdString(played.first_error->expected), expected);
        QCOMPARE(played.first_error->found, Vocabulary::game().name(tokens[static_cast<std::size_t>(token)]));
    }

    void tiersSayWhereTheyBreak_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("structural");  // token, -1 if the tier holds
        QTest::addColumn<int>("physical");
        QTest::addColumn<int>("rules");
        const auto row = [](const char* name, const QString& text, int structural, int physical, int rules) {
            QTest::newRow(name) << text << structural << physical << rules;
        };
        row("a whole game", start + first + snap + eating + up + death + "EOS", -1, -1, -1);
        row("nothing", "", 0, -1, -1);
        row("no EOS", start + first, 17, -1, -1);
        row("a cut-off snapshot", "BOS SNAP PLAYER X5", 4, -1, -1);
        row("a wrong kind in a snapshot", "BOS SNAP PLAYER X5 Y5 LEN1 DIR_U EOS", 5, -1, -1);
        row("a jump", "BOS MOVE X5 Y4 TICK MOVE X5 Y2 EOS", -1, 5, -1);
        row("eating without new food", "BOS TICK EAT GROW LEN2 TICK EOS", -1, -1, 5);
        row("eating, cut off", "BOS TICK EAT GROW LEN2", 5, -1, 5);
        row("a move after death", "BOS DIE_WALL MOVE X1 Y1 EOS", -1, -1, 2);
    }
    void tiersSayWhereTheyBreak() {
        QFETCH(QString, text);
        QFETCH(int, structural);
        QFETCH(int, physical);
        QFETCH(int, rules);
        const Validity judged = validity(ids(text));
        const auto at = [](const auto& broken) { return broken ? static_cast<int>(broken->token) : -1; };
        QCOMPARE(at(judged.structural_break), structural);
        QCOMPARE(at(judged.physical_break), physical);
        QCOMPARE(at(judged.rules_break), rules);
        QCOMPARE(judged.full(), !judged.first_break());
        if (judged.first_break()) QVERIFY(judged.first_break()->rule.ends_with('.'));
    }

    void longSnakes() {  // a snake that eats at every tick, in a spiral from the start
        const std::vector<Direction> turns = {Direction::up, Direction::left, Direction::down, Direction::right};
        State state = start_state(Direction::up);
        std::vector<Direction> way;
        for (int run = 1; way.size() < 30; ++run)
            for (int leg = 0; leg < 2; ++leg)
                way.insert(way.end(), static_cast<std::size_t>(run), turns[static_cast<std::size_t>(2 * run + leg - 2) % 4]);
        state.food = neighbour(state.head(), way[0]);
        std::vector<TokenId> tokens = encode_start(state);
        for (std::size_t i = 0; i < 29; ++i) {
            const auto events = advance(state, way[i], [&](const auto&) { return neighbour(state.head(), way[i + 1]); });
            append_tick(tokens, events, state);
            QCOMPARE(state.length(), static_cast<int>(i) + 2);
        }
        QVERIFY(replay(tokens).legal());
        const auto tick = [](std::size_t i) { return 12 + 24 * i; };  // each is a snapshot and a tick that eats
        QCOMPARE(tokens[tick(9) + 10], game_tokens::v + 10);
        QCOMPARE(tokens[tick(10) + 10], game_tokens::v + 10);  // score 11
        QCOMPARE(tokens[tick(18) + 5], game_tokens::len + 19);
        QCOMPARE(tokens[tick(19) + 5], game_tokens::len_long);  // length 21
        for (const std::size_t at : {tick(19) + 5, tick(19) + 18}) {
            auto wrong = tokens;
            wrong[at] = game_tokens::len + 19;
            QCOMPARE(replay(wrong).first_error->token, at);
            QCOMPARE(replay(wrong).first_error->expected, std::string("LEN_LONG"));
        }
    }

    void theVacatedTailIsFree() {  // up, eating, then left, down, right: to where the tail of four was, or to a fifth
        for (const int length : {4, 5}) {
            State state = start_state(Direction::up);
            state.food = {5, 4};
            std::vector<TokenId> tokens = encode_start(state);
            std::vector<Direction> way(static_cast<std::size_t>(length) - 1, Direction::up);
            way.insert(way.end(), {Direction::left, Direction::down, Direction::right});
            for (const Direction action : way) {
                const auto events = advance(state, action, [&](const auto&) {
                    return state.length() < length ? Cell{5, 5 - state.length()} : Cell{0, 0};
                });
                append_tick(tokens, events, state);
            }
            const bool dies = length == 5;
            QCOMPARE(state.status == Status::dead, dies);
            if (dies) tokens.push_back(game_tokens::eos);
            QVERIFY(replay(tokens).legal());
            QCOMPARE(replay(tokens).complete, dies);
            // Saying the opposite is illegal.
            const std::size_t fate = tokens.size() - (dies ? 2 : 3);
            QCOMPARE(tokens[fate], dies ? game_tokens::die_self : game_tokens::move);
            tokens[fate] = dies ? game_tokens::move : game_tokens::die_self;
            QCOMPARE(replay(tokens).first_error->token, fate);
            QVERIFY(replay(tokens).first_error->rule == Rule::events);
        }
    }

    void theFullBoardEndsTheGame() {  // 2 x 2: three foods, and the last one is not replaced
        const GameRules rules{2, 200, 16};
        State state = start_state(Direction::up, 2);
        state.food = {1, 0};
        std::vector<TokenId> tokens = encode_start(state);
        std::vector<Cell> foods = {{0, 1}, {0, 0}};
        for (const Direction action : {Direction::up, Direction::left, Direction::down}) {
            const auto events = advance(state, action, [&](const auto&) {
                const Cell next = foods.back();
                foods.pop_back();
                return next;
            });
            append_tick(tokens, events, state);
        }
        QVERIFY(state.status == Status::won);
        QVERIFY(replay(tokens, rules).legal());
        auto longer = tokens;
        longer.push_back(game_tokens::tick);
        QVERIFY(replay(longer, rules).first_error->rule == Rule::ending);
        tokens.push_back(game_tokens::eos);
        QVERIFY(replay(tokens, rules).complete);
        QVERIFY(!validity(tokens).rules);  // the original's tier knows no such end
        auto fed = tokens;
        fed[fed.size() - 3] = game_tokens::food_spawn;  // instead of SCORE
        QCOMPARE(replay(fed, rules).first_error->expected, std::string("SCORE"));
    }

    void strangeTokensAreIllegal() {
        const std::vector<TokenId> strange = {0, 3, 4, 20, 30, 7, 53, 5, 20, 28, 41, 42, 74};
        QCOMPARE(replay(strange).first_error->token, std::size_t{12});
        QCOMPARE(replay(strange).first_error->found, std::string("74"));
        QCOMPARE(replay(std::vector<TokenId>{-1}).first_error->found, std::string("-1"));
    }

    void theCorpusIsLegal() {
        const CorpusSplit sides = built_in_corpus();
        for (const auto& corpus : {sides.train, sides.held_out}) {
            for (std::size_t i = 0; i < corpus->documents(); ++i) {
                QVERIFY(validity(corpus->document(i).to_vector()).full());
                const Replay played = replay(corpus->document(i).to_vector());
                QVERIFY2(played.legal() && played.complete, qPrintable(QString("episode %1").arg(i)));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestValidity)
#include "tst_validity.moc"
