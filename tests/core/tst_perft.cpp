// Counts every game on small boards, to a depth, three times: by a second, independent writing of the rules in this
// file, by advance(), and by walking all sequences of tokens that the referee allows.

#include <QtTest>

#include <map>

#include "core/snake/game.h"
#include "core/snake/referee.h"

using namespace gamegpt;
using namespace gamegpt::snake;

// Positions at the end of each tick, and how they ended.
struct Counts {
    std::uint64_t alive = 0, dead = 0, won = 0;
    bool operator==(const Counts&) const = default;
};

// The game on a board of numbered cells, a snake as a string of them, head last.
class Plain {
   public:
    explicit Plain(int n) : n_(n) {}

    Counts count(int depth) {
        counts_ = {};
        const std::string snake(1, static_cast<char>(n_ / 2 * n_ + n_ / 2));
        for (const char facing : {'N', 'S', 'W', 'E'})
            for (char food = 0; food < n_ * n_; ++food)
                if (food != snake[0]) play(snake, facing, food, depth);
        return counts_;
    }

   private:
    void play(const std::string& snake, char facing, char food, int left) {
        if (left == 0) {
            ++counts_.alive;
            return;
        }
        for (const char wish : {'N', 'S', 'W', 'E'}) {
            static const std::map<char, char> back = {{'N', 'S'}, {'S', 'N'}, {'W', 'E'}, {'E', 'W'}};
            const char go = wish == back.at(facing) ? facing : wish;
            const int row = snake.back() / n_ + (go == 'S') - (go == 'N');
            const int column = snake.back() % n_ + (go == 'E') - (go == 'W');
            if (row < 0 || column < 0 || row == n_ || column == n_) {
                if (left == 1) ++counts_.dead;
                continue;
            }
            const char head = static_cast<char>(row * n_ + column);
            std::string next = head == food ? snake : snake.substr(1);
            if (next.find(head) != std::string::npos) {
                if (left == 1) ++counts_.dead;
                continue;
            }
            next += head;
            if (head != food) play(next, go, food, left - 1);
            else if (next.size() == static_cast<std::size_t>(n_ * n_)) counts_.won += left == 1;
            else
                for (char fresh = 0; fresh < n_ * n_; ++fresh)
                    if (next.find(fresh) == std::string::npos) play(next, go, fresh, left - 1);
        }
    }

    int n_;
    Counts counts_;
};

static void add(Counts& counts, const State& state) {
    ++(state.status == Status::alive ? counts.alive : state.status == Status::dead ? counts.dead : counts.won);
}

static void playAll(const State& state, int left, Counts& counts) {
    if (left == 0) return add(counts, state);
    if (state.status != Status::alive) return;
    for (const Direction action : directions) {
        std::size_t foods = 1;
        for (std::size_t food = 0; food < foods; ++food) {
            State next = state;
            advance(next, action, [&](const std::vector<Cell>& empty) {
                foods = empty.size();
                return empty[food];
            });
            playAll(next, left - 1, counts);
        }
    }
}

static Counts byGame(int board, int depth) {
    Counts counts;
    for (const Direction direction : directions) {
        State start = start_state(direction, board);
        for (const Cell food : empty_cells(start)) {
            start.food = food;
            playAll(start, depth, counts);
        }
    }
    return counts;
}

static void walk(const Referee& referee, int depth, Counts& counts) {
    if (referee.between_ticks() && referee.state().tick == depth) return add(counts, referee.state());
    Referee here = referee;
    const auto legal = here.legal();
    for (const TokenId token : std::vector<TokenId>(legal.begin(), legal.end())) {
        Referee next = referee;
        next.push(token);
        walk(next, depth, counts);
    }
}

class TestPerft : public QObject {
    Q_OBJECT

   private slots:
    void everyGameIsCounted_data() {
        QTest::addColumn<int>("board");
        QTest::addColumn<int>("depth");
        for (int depth = 0; depth <= 7; ++depth) QTest::addRow("2 x 2, %d ticks", depth) << 2 << depth;
        for (int depth = 0; depth <= 5; ++depth) QTest::addRow("3 x 3, %d ticks", depth) << 3 << depth;
        for (int depth = 0; depth <= 3; ++depth) QTest::addRow("4 x 4, %d ticks", depth) << 4 << depth;
    }
    void everyGameIsCounted() {
        QFETCH(int, board);
        QFETCH(int, depth);
        const Counts expected = Plain(board).count(depth);
        qInfo("alive %llu, dead %llu, won %llu", static_cast<unsigned long long>(expected.alive),
              static_cast<unsigned long long>(expected.dead), static_cast<unsigned long long>(expected.won));
        QVERIFY(byGame(board, depth) == expected);
        Counts walked;
        walk(Referee({.board_size = board, .tick_limit = 100, .snapshot_interval = 3}), depth, walked);
        QVERIFY(walked == expected);
    }

    void byHand() {
        // 4 directions, 3 places for the food.
        QVERIFY((Plain(2).count(0) == Counts{12, 0, 0}));
        // From the lower right corner of 2 x 2: of the 4 inputs of each of 4 directions (a reversal goes straight on),
        // 8 go up or left on the board and 8 off it: 24 die; of 3 foods 1 is where the head comes to, then 2 cells are
        // left for the next.
        QVERIFY((Plain(2).count(1) == Counts{8 * 2 + 8 * 2, 24, 0}));
    }
};

QTEST_APPLESS_MAIN(TestPerft)
#include "tst_perft.moc"
