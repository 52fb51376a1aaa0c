#include "core/snake/game.h"

#include <algorithm>

namespace gamegpt::snake {

Direction opposite(Direction direction) {
    switch (direction) {
        case Direction::up: return Direction::down;
        case Direction::down: return Direction::up;
        case Direction::left: return Direction::right;
        case Direction::right: return Direction::left;
    }
    throw Error(Error::Code::bad_argument, "there is no such direction");
}

Cell neighbour(Cell cell, Direction direction) {
    switch (direction) {
        case Direction::up: return {cell.x, cell.y - 1};
        case Direction::down: return {cell.x, cell.y + 1};
        case Direction::left: return {cell.x - 1, cell.y};
        case Direction::right: return {cell.x + 1, cell.y};
    }
    throw Error(Error::Code::bad_argument, "there is no such direction");
}

bool on_board(Cell cell) { return cell.x >= 0 && cell.x < board_size && cell.y >= 0 && cell.y < board_size; }

int salience(Event::Kind kind) {
    switch (kind) {
        case Event::Kind::input:
        case Event::Kind::move: return 1;
        case Event::Kind::die_wall:
        case Event::Kind::die_self: return 2;
        default: return 3;
    }
}

std::vector<Cell> empty_cells(const State& state) {
    std::array<bool, board_size * board_size> taken{};
    for (const Cell cell : state.body) taken[static_cast<std::size_t>(cell.x * board_size + cell.y)] = true;
    std::vector<Cell> empty;
    for (int x = 0; x < board_size; ++x)
        for (int y = 0; y < board_size; ++y)
            if (!taken[static_cast<std::size_t>(x * board_size + y)]) empty.push_back({x, y});
    return empty;
}

std::array<Direction, 3> legal_actions(const State& state) {
    std::array<Direction, 3> legal{};
    std::copy_if(directions.begin(), directions.end(), legal.begin(),
                 [&](Direction action) { return action != opposite(state.direction); });
    return legal;
}

State start_state(Direction direction) {
    State state;
    state.body = {{5, 5}};
    state.direction = direction;
    return state;
}

std::vector<Event> advance(State& state, Direction action, const DrawFood& draw_food) {
    if (state.status != Status::alive) throw Error(Error::Code::bad_argument, "the game is over; it has no next tick");
    ++state.tick;
    if (action != opposite(state.direction)) state.direction = action;
    std::vector<Event> events = {{Event::Kind::input, action}};

    const Cell head = neighbour(state.head(), state.direction);
    if (!on_board(head)) {
        state.status = Status::dead;
        events.push_back({Event::Kind::die_wall});
        return events;
    }
    const bool eats = head == state.food;
    if (!eats) state.body.pop_back();  // the tail retracts first, so its cell is free for the head
    const bool bites = std::find(state.body.begin(), state.body.end(), head) != state.body.end();
    state.body.insert(state.body.begin(), head);
    if (bites) {
        state.status = Status::dead;
        events.push_back({Event::Kind::die_self});
        return events;
    }
    if (eats) events.push_back({Event::Kind::eat});
    events.push_back({.kind = Event::Kind::move, .cell = head});
    if (!eats) return events;

    ++state.score;
    events.push_back({.kind = Event::Kind::grow, .value = state.length()});
    const std::vector<Cell> empty = empty_cells(state);
    if (empty.empty()) {
        state.status = Status::won;
    } else {
        state.food = draw_food(empty);
        events.push_back({.kind = Event::Kind::food_spawn, .cell = state.food});
    }
    events.push_back({.kind = Event::Kind::score, .value = state.score});
    return events;
}

Game::Game(std::uint64_t seed)
    : random_(seed), state_(start_state(directions[random_.choice_index(directions.size())])) {
    state_.food = draw_food(empty_cells(state_));
}

std::vector<Event> Game::step(Direction action) {
    return advance(state_, action, [this](const std::vector<Cell>& empty) { return draw_food(empty); });
}

}  // namespace gamegpt::snake
