#include "core/snake/game.h"

#include <algorithm>
#include <string>

namespace gamegpt::snake {

void GameRules::validate() const {
    const auto check = [](const char* field, std::int64_t value, std::int64_t least, std::int64_t most) {
        if (value < least || value > most)
            throw Error(Error::Code::bad_argument, std::string(field) + " is " + std::to_string(value) + "; " +
                                                       std::to_string(least) + " to " + std::to_string(most) +
                                                       " was expected");
    };
    check("the board's size", board_size, 2, largest_board);
    check("the tick limit", tick_limit, 1, 1'000'000);
    check("the snapshot interval", snapshot_interval, 1, 1'000'000);
}

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

bool on_board(Cell cell, int board_size) {
    return cell.x >= 0 && cell.x < board_size && cell.y >= 0 && cell.y < board_size;
}

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
    std::array<bool, largest_board * largest_board> taken{};
    for (const Cell cell : state.body) taken[static_cast<std::size_t>(cell.x * largest_board + cell.y)] = true;
    std::vector<Cell> empty;
    empty.reserve(taken.size());
    for (int x = 0; x < state.board_size; ++x)
        for (int y = 0; y < state.board_size; ++y)
            if (!taken[static_cast<std::size_t>(x * largest_board + y)]) empty.push_back({x, y});
    return empty;
}

std::array<Direction, 3> legal_actions(const State& state) {
    std::array<Direction, 3> legal{};
    std::copy_if(directions.begin(), directions.end(), legal.begin(),
                 [&](Direction action) { return action != opposite(state.direction); });
    return legal;
}

State start_state(Direction direction, int board_size) {
    State state;
    state.body = {{board_size / 2, board_size / 2}};
    state.direction = direction;
    state.board_size = board_size;
    return state;
}

Step plan(const State& state, Direction action) {
    const Direction direction = action == opposite(state.direction) ? state.direction : action;
    Step step{action, direction, neighbour(state.head(), direction), Step::Fate::moves};
    if (!on_board(step.head, state.board_size)) step.fate = Step::Fate::hits_wall;
    else if (step.head == state.food) step.fate = Step::Fate::eats;
    // The tail retracts first, so its cell is free for the head.
    else if (std::find(state.body.begin(), state.body.end() - 1, step.head) != state.body.end() - 1)
        step.fate = Step::Fate::bites;
    return step;
}

void apply(State& state, const Step& step) {
    ++state.tick;
    state.direction = step.direction;
    if (step.fate == Step::Fate::hits_wall || step.fate == Step::Fate::bites) state.status = Status::dead;
    if (step.fate == Step::Fate::hits_wall) return;
    if (step.fate != Step::Fate::eats) state.body.pop_back();
    state.body.insert(state.body.begin(), step.head);
    if (step.fate != Step::Fate::eats) return;
    ++state.score;
    if (state.length() == state.board_size * state.board_size) state.status = Status::won;
}

std::vector<Event> advance(State& state, Direction action, const DrawFood& draw_food) {
    if (state.status != Status::alive) throw Error(Error::Code::bad_argument, "the game is over; it has no next tick");
    const Step step = plan(state, action);
    apply(state, step);
    const Event input{Event::Kind::input, action};
    const Event move{.kind = Event::Kind::move, .cell = step.head};
    switch (step.fate) {
        case Step::Fate::hits_wall: return {input, {Event::Kind::die_wall}};
        case Step::Fate::bites: return {input, {Event::Kind::die_self}};
        case Step::Fate::moves: return {input, move};
        case Step::Fate::eats: break;
    }
    std::vector<Event> events = {input, {Event::Kind::eat}, move, {.kind = Event::Kind::grow, .value = state.length()}};
    if (state.status != Status::won) {
        state.food = draw_food(empty_cells(state));
        events.push_back({.kind = Event::Kind::food_spawn, .cell = state.food});
    }
    events.push_back({.kind = Event::Kind::score, .value = state.score});
    return events;
}

Game::Game(std::uint64_t seed, int board_size)
    : random_(seed), state_(start_state(directions[random_.choice_index(directions.size())], board_size)) {
    state_.food = draw_food(empty_cells(state_));
}

std::vector<Event> Game::step(Direction action) {
    return advance(state_, action, [this](const std::vector<Cell>& empty) { return draw_food(empty); });
}

}  // namespace gamegpt::snake
