#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "core/base/python_random.h"

// The game of Snake whose grammar the models learn. Everything a tick does to a state is in advance(); Game adds the
// generator that draws the food, so that a replay can put the food where a token sequence says it was.
namespace gamegpt::snake {

inline constexpr int largest_board = 10;  // cells a side: the vocabulary has no larger coordinate

// What a game is played by and written down by. The defaults are the original's.
struct GameRules {
    int board_size = 10;                  // cells a side, 2 to largest_board
    std::int64_t tick_limit = 200;        // a game ends here at the latest; 1 to 1,000,000
    std::int64_t snapshot_interval = 16;  // ticks from one regular snapshot to the next; 1 to 1,000,000

    // Throws Error (bad_argument) that names the field, its value and what was expected.
    void validate() const;
    bool operator==(const GameRules&) const = default;
};

enum class Direction { up, down, left, right };
inline constexpr std::array<Direction, 4> directions = {Direction::up, Direction::down, Direction::left,
                                                        Direction::right};
Direction opposite(Direction direction);

// x grows to the right, y downward, both from 0.
struct Cell {
    int x = 0;
    int y = 0;
    bool operator==(const Cell&) const = default;
};
Cell neighbour(Cell cell, Direction direction);  // may lie off the board
bool on_board(Cell cell, int board_size);

enum class Status { alive, dead, won };  // won: the snake fills the board

struct State {
    std::vector<Cell> body;  // head first, never empty
    Direction direction = Direction::up;
    Cell food;  // on an empty cell; once the game is won, where the last food was
    int score = 0;
    std::int64_t tick = 0;  // ticks played
    Status status = Status::alive;
    int board_size = GameRules{}.board_size;

    Cell head() const { return body.front(); }
    int length() const { return static_cast<int>(body.size()); }
    bool operator==(const State&) const = default;
};

// What happens within a tick, in this order: input, then a death, or [eat] move [grow food_spawn score].
struct Event {
    enum class Kind { input, move, eat, grow, food_spawn, score, die_wall, die_self };
    Kind kind;
    Direction direction = Direction::up;  // input: what was asked for, even if it was a reversal
    Cell cell = {};                       // move: the head; food_spawn: the food
    int value = 0;                        // grow: the length; score: the score
    bool operator==(const Event&) const = default;
};

// How much an event matters: 1 input and move, 2 a death, 3 eating and what follows from it.
int salience(Event::Kind kind);

// The cells without snake, column by column.
std::vector<Cell> empty_cells(const State& state);

// The three directions that do not reverse, in the order of `directions`. A step that reverses goes straight on.
std::array<Direction, 3> legal_actions(const State& state);

// A game's first state but for its food: head at (n/2, n/2) of n cells a side, which is (5, 5) of 10; length 1.
State start_state(Direction direction, int board_size = GameRules{}.board_size);

// What an action leads to, the place of new food aside.
struct Step {
    enum class Fate { moves, eats, hits_wall, bites };
    Direction action;     // what was asked for
    Direction direction;  // where the snake goes
    Cell head;            // where the head comes to; off the board if it hits the wall
    Fate fate;
};
Step plan(const State& state, Direction action);
// Does it. The food stays; who eats on a board that is then not full puts a new one.
void apply(State& state, const Step& step);

// Plays one tick. `draw_food` says which of the empty cells gets the next food; it is asked only after eating and never
// on a full board, which ends the game without a new food. Throws Error (bad_argument) if the game is over already.
using DrawFood = std::function<Cell(const std::vector<Cell>& empty)>;
std::vector<Event> advance(State& state, Direction action, const DrawFood& draw_food);

// A game with its own generator: the same seed and actions give the same game as in the original.
class Game {
   public:
    explicit Game(std::uint64_t seed, int board_size = GameRules{}.board_size);

    const State& state() const { return state_; }
    bool over() const { return state_.status != Status::alive; }
    std::vector<Event> step(Direction action);

   private:
    Cell draw_food(const std::vector<Cell>& empty) { return empty[random_.choice_index(empty.size())]; }

    PythonRandom random_;
    State state_;
};

}  // namespace gamegpt::snake
