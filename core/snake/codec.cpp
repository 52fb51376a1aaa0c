#include "core/snake/codec.h"

#include <algorithm>

namespace gamegpt::snake {

namespace {

void append_cell(std::vector<TokenId>& tokens, Cell cell) {
    tokens.push_back(game_tokens::x + cell.x);
    tokens.push_back(game_tokens::y + cell.y);
}

}  // namespace

TokenId dir_token(Direction direction) { return game_tokens::dir + static_cast<TokenId>(direction); }
TokenId input_token(Direction direction) { return game_tokens::input + static_cast<TokenId>(direction); }
TokenId len_token(int length) { return std::min(game_tokens::len + length - 1, game_tokens::len_long); }
TokenId score_token(int score) { return game_tokens::v + std::min(score, 10); }

Snapshot snapshot(Cell head, Direction direction, int length, Cell food_cell, int score) {
    using namespace game_tokens;
    return {snap, player,          x + head.x,      y + head.y,         dir_token(direction), len_token(length),
            food, x + food_cell.x, y + food_cell.y, game_tokens::score, score_token(score)};
}

Snapshot snapshot(const State& state) {
    return snapshot(state.head(), state.direction, state.length(), state.food, state.score);
}

bool has_snapshot(std::int64_t tick, std::span<const Event> events, std::int64_t interval) {
    return tick % interval == 0 ||
           std::any_of(events.begin(), events.end(), [](const Event& event) { return salience(event.kind) >= 3; });
}

void append_event(std::vector<TokenId>& tokens, const Event& event) {
    switch (event.kind) {
        case Event::Kind::input: tokens.push_back(input_token(event.direction)); return;
        case Event::Kind::eat: tokens.push_back(game_tokens::eat); return;
        case Event::Kind::die_wall: tokens.push_back(game_tokens::die_wall); return;
        case Event::Kind::die_self: tokens.push_back(game_tokens::die_self); return;
        case Event::Kind::grow: tokens.insert(tokens.end(), {game_tokens::grow, len_token(event.value)}); return;
        case Event::Kind::score: tokens.insert(tokens.end(), {game_tokens::score, score_token(event.value)}); return;
        case Event::Kind::move: tokens.push_back(game_tokens::move); break;
        case Event::Kind::food_spawn: tokens.push_back(game_tokens::food_spawn); break;
    }
    append_cell(tokens, event.cell);
}

std::vector<TokenId> encode_start(const State& state) {
    std::vector<TokenId> tokens = {game_tokens::bos};
    const Snapshot start = snapshot(state);
    tokens.insert(tokens.end(), start.begin(), start.end());
    return tokens;
}

void append_tick(std::vector<TokenId>& tokens, std::span<const Event> events, const State& after,
                 std::int64_t snapshot_interval) {
    if (has_snapshot(after.tick, events, snapshot_interval)) {
        const Snapshot now = snapshot(after);
        tokens.insert(tokens.end(), now.begin(), now.end());
    }
    tokens.push_back(game_tokens::tick);
    for (const Event& event : events) append_event(tokens, event);
}

}  // namespace gamegpt::snake
