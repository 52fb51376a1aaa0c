#include <QCryptographicHash>
#include <QtTest>

#include "core/corpus/readers.h"
#include "core/snake/agents.h"
#include "core/snake/codec.h"
#include "core/snake/episodes.h"

using namespace gamegpt;
using namespace gamegpt::snake;
using Kind = Event::Kind;
using Cells = std::vector<Cell>;
Q_DECLARE_METATYPE(Cell)
Q_DECLARE_METATYPE(Direction)

static State stateOf(Cells body, Direction direction, Cell food) {
    State state;
    state.body = std::move(body);
    state.direction = direction;
    state.food = food;
    return state;
}

static Cell noFood(const Cells&) {
    throw std::logic_error("nothing was eaten, so no food is drawn");
}

static std::vector<Kind> kinds(const std::vector<Event>& events) {
    std::vector<Kind> result;
    for (const Event& event : events) result.push_back(event.kind);
    return result;
}

class TestSnake : public QObject {
    Q_OBJECT

   private slots:
    void moves_data() {
        QTest::addColumn<Direction>("facing");
        QTest::addColumn<Direction>("action");
        QTest::addColumn<Cell>("head");
        QTest::newRow("up") << Direction::up << Direction::up << Cell{5, 4};
        QTest::newRow("down") << Direction::left << Direction::down << Cell{5, 6};
        QTest::newRow("left") << Direction::up << Direction::left << Cell{4, 5};
        QTest::newRow("right") << Direction::up << Direction::right << Cell{6, 5};
        QTest::newRow("a reversal goes straight on") << Direction::up << Direction::down << Cell{5, 4};
        QTest::newRow("another reversal") << Direction::right << Direction::left << Cell{6, 5};
    }
    void moves() {
        QFETCH(Direction, facing);
        QFETCH(Direction, action);
        QFETCH(Cell, head);
        State state = stateOf({{5, 5}}, facing, {0, 0});
        const auto events = advance(state, action, noFood);
        QVERIFY(state.body == Cells{head});
        QCOMPARE(state.tick, std::int64_t{1});
        QVERIFY(state.status == Status::alive);
        QVERIFY(kinds(events) == (std::vector<Kind>{Kind::input, Kind::move}));
        QVERIFY(events[0].direction == action);  // what was asked for
        QVERIFY(events[1].cell == head);
    }

    void reversalsAreNotLegal() {
        const auto legal = legal_actions(stateOf({{5, 5}}, Direction::left, {0, 0}));
        QVERIFY(legal == (std::array<Direction, 3>{Direction::up, Direction::down, Direction::left}));
    }

    void theTailMakesRoom() {  // a snake of four turns in a square: its head enters the cell its tail leaves
        State state = stateOf({{5, 5}, {6, 5}, {6, 6}, {5, 6}}, Direction::left, {0, 0});
        advance(state, Direction::down, noFood);
        QVERIFY(state.status == Status::alive);
        QVERIFY(state.body == (Cells{{5, 6}, {5, 5}, {6, 5}, {6, 6}}));
    }

    void diesAtTheWall_data() {
        QTest::addColumn<Cell>("head");
        QTest::addColumn<Direction>("action");
        QTest::newRow("top") << Cell{5, 0} << Direction::up;
        QTest::newRow("bottom") << Cell{5, 9} << Direction::down;
        QTest::newRow("left") << Cell{0, 5} << Direction::left;
        QTest::newRow("right") << Cell{9, 5} << Direction::right;
    }
    void diesAtTheWall() {
        QFETCH(Cell, head);
        QFETCH(Direction, action);
        State state = stateOf({head}, action, {3, 3});
        QVERIFY(kinds(advance(state, action, noFood)) == (std::vector<Kind>{Kind::input, Kind::die_wall}));
        QVERIFY(state.status == Status::dead);
        QVERIFY(state.body == Cells{head});  // unchanged
        QVERIFY_EXCEPTION_THROWN(advance(state, action, noFood), Error);
    }

    void bitesItself() {
        State state = stateOf({{5, 5}, {6, 5}, {6, 6}, {5, 6}, {4, 6}}, Direction::left, {0, 0});
        QVERIFY(kinds(advance(state, Direction::down, noFood)) == (std::vector<Kind>{Kind::input, Kind::die_self}));
        QVERIFY(state.status == Status::dead);
        QVERIFY((state.head() == Cell{5, 6}));
    }

    void eats() {
        State state = stateOf({{5, 5}}, Direction::up, {5, 4});
        const auto events = advance(state, Direction::up, [](const Cells& empty) {
            if (empty.size() != 98) throw std::logic_error("98 cells are empty");
            return Cell{7, 8};
        });
        QVERIFY(events == (std::vector<Event>{{Kind::input, Direction::up},
                                              {Kind::eat},
                                              {.kind = Kind::move, .cell = {5, 4}},
                                              {.kind = Kind::grow, .value = 2},
                                              {.kind = Kind::food_spawn, .cell = {7, 8}},
                                              {.kind = Kind::score, .value = 1}}));
        QVERIFY(state.body == (Cells{{5, 4}, {5, 5}}));
        QVERIFY((state.food == Cell{7, 8}));
        QCOMPARE(state.score, 1);
    }

    void aFullBoardEndsTheGame() {  // a snake in rows from (0, 0), its head one before the last cell, where the food is
        Cells body;
        for (int y = 0; y < 10; ++y)
            for (int i = 0; i < 10; ++i) body.push_back({y % 2 == 0 ? i : 9 - i, y});
        const Cell last = body.back();
        body.pop_back();
        std::reverse(body.begin(), body.end());
        State state = stateOf(body, Direction::left, last);
        const auto events = advance(state, Direction::left, noFood);
        QVERIFY(kinds(events) == (std::vector<Kind>{Kind::input, Kind::eat, Kind::move, Kind::grow, Kind::score}));
        QVERIFY(state.status == Status::won);
        QCOMPARE(state.length(), 100);
        QVERIFY(empty_cells(state).empty());
        const Snapshot full = snapshot(state);
        QCOMPARE(full[5], game_tokens::len_long);
        QVERIFY(game_tokens::is_x(full[7]) && game_tokens::is_y(full[8]));
    }

    void agentsChooseWithinTheirRule_data() {
        QTest::addColumn<int>("agent");
        QTest::addColumn<Cell>("head");
        QTest::addColumn<Direction>("facing");
        QTest::addColumn<Direction>("expected");
        const auto greedy = static_cast<int>(Agent::Kind::greedy);
        const auto follower = static_cast<int>(Agent::Kind::wall_follower);
        QTest::newRow("greedy goes to the food") << greedy << Cell{5, 3} << Direction::up << Direction::left;
        QTest::newRow("greedy cannot reverse") << greedy << Cell{1, 3} << Direction::left << Direction::left;
        QTest::newRow("follower stays at the wall") << follower << Cell{0, 5} << Direction::up << Direction::up;
        QTest::newRow("follower turns in a corner") << follower << Cell{0, 0} << Direction::up << Direction::right;
        QTest::newRow("follower reaches the wall") << follower << Cell{1, 5} << Direction::up << Direction::left;
    }
    void agentsChooseWithinTheirRule() {
        QFETCH(int, agent);
        QFETCH(Cell, head);
        QFETCH(Direction, facing);
        QFETCH(Direction, expected);
        Agent player(static_cast<Agent::Kind>(agent), 1);
        const State state = stateOf({head}, facing, {0, 3});
        for (int i = 0; i < 20; ++i) QVERIFY(player.choose(state) == expected);
    }

    void longSnakesAndHighScoresShareAToken_data() {
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("len");
        QTest::addColumn<QString>("v");
        QTest::newRow("1") << 1 << "LEN1" << "V1";
        QTest::newRow("10") << 10 << "LEN10" << "V10";
        QTest::newRow("11") << 11 << "LEN11" << "V10";
        QTest::newRow("20") << 20 << "LEN20" << "V10";
        QTest::newRow("21") << 21 << "LEN_LONG" << "V10";
        QTest::newRow("100") << 100 << "LEN_LONG" << "V10";
    }
    void longSnakesAndHighScoresShareAToken() {
        QFETCH(int, length);
        QFETCH(QString, len);
        QFETCH(QString, v);
        const Vocabulary game = Vocabulary::game();
        QCOMPARE(QString::fromStdString(game.name(len_token(length))), len);
        QCOMPARE(QString::fromStdString(game.name(score_token(length))), v);
    }

    void ticksAreEncodedBehindTheirSnapshot() {
        State state = stateOf({{5, 5}}, Direction::up, {5, 3});
        std::vector<TokenId> tokens = encode_start(state);
        for (int i = 0; i < 2; ++i) {
            const auto events = advance(state, Direction::up, [](const Cells&) { return Cell{1, 2}; });
            append_tick(tokens, events, state);
        }
        QCOMPARE(QString::fromStdString(Vocabulary::game().text(tokens)),
                 QString("BOS SNAP PLAYER X5 Y5 DIR_U LEN1 FOOD X5 Y3 SCORE V0 TICK INPUT_U MOVE X5 Y4 "
                         "SNAP PLAYER X5 Y3 DIR_U LEN2 FOOD X1 Y2 SCORE V1 TICK INPUT_U EAT MOVE X5 Y3 "
                         "GROW LEN2 FOOD_SPAWN X1 Y2 SCORE V1"));
    }

    void theBuiltInCorpusIsTheOriginals() {
        const CorpusSplit sides = built_in_corpus();
        const std::string json = episodes_json(*sides.train);
        QCOMPARE(json.size(), std::size_t{386693});
        QCOMPARE(QCryptographicHash::hash(QByteArray::fromStdString(json), QCryptographicHash::Md5).toHex(),
                 QByteArray("d2c9575c17adbc0f794d58d5af7234ff"));
        QCOMPARE(sides.train->documents(), std::size_t{200});
        QCOMPARE(sides.train->tokens(), std::size_t{102161});
        QCOMPARE(sides.train->shortest(), std::size_t{41});
        QCOMPARE(sides.train->longest(), std::size_t{1279});
        QCOMPARE(sides.train->warnings(), std::vector<std::string>{"The wall follower supplies 49 % of all tokens."});
        QVERIFY(sides.train->format() == CorpusFormat::built_in);
    }

    void theHeldOutSideIsFresh() {
        const CorpusSplit sides = built_in_corpus();
        QCOMPARE(sides.held_out->documents(), std::size_t{20});
        QCOMPARE(sides.held_out->vocabulary_ptr(), sides.train->vocabulary_ptr());
        for (std::size_t i = 0; i < sides.held_out->documents(); ++i) {
            const auto held = sides.held_out->document(i);
            for (std::size_t j = 0; j < sides.train->documents(); ++j) {
                const auto seen = sides.train->document(j);
                QVERIFY(!std::equal(held.begin(), held.end(), seen.begin(), seen.end()));
            }
        }
    }

    void collectingIsRepeatableAndCanBeCancelled() {
        QCOMPARE(collect({.episodes = 5, .seed = 9})->content_hash(),
                 collect({.episodes = 5, .seed = 9})->content_hash());
        std::int64_t last = 0;
        const auto cancelled = collect({.episodes = 5, .seed = 9, .progress = [&](std::int64_t done) {
                                            last = done;
                                            return done < 3;
                                        }});
        QVERIFY(!cancelled);
        QCOMPARE(last, std::int64_t{3});
        QVERIFY_EXCEPTION_THROWN(collect({.episodes = 0, .seed = 9}), Error);
    }
};

QTEST_APPLESS_MAIN(TestSnake)
#include "tst_snake.moc"
