#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/corpus/game_tokens.h"
#include "core/snake/game.h"

// How a game becomes tokens: BOS, the snapshot of the start state, then each tick, then EOS.
namespace gamegpt::snake {

inline constexpr std::size_t snapshot_size = 11;
using Snapshot = std::array<TokenId, snapshot_size>;

TokenId dir_token(Direction direction);
TokenId input_token(Direction direction);
TokenId len_token(int length);   // LEN_LONG over 20
TokenId score_token(int score);  // V10 over 10

// SNAP PLAYER Xn Yn DIR_d LENk FOOD Xn Yn SCORE Vs. The head must be on the board, as it always is.
Snapshot snapshot(const State& state);
Snapshot snapshot(Cell head, Direction direction, int length, Cell food_cell, int score);

// Whether a snapshot stands before a tick: at each `interval`th, and where something of salience 3 happens.
bool has_snapshot(std::int64_t tick, std::span<const Event> events, std::int64_t interval);

void append_event(std::vector<TokenId>& tokens, const Event& event);

// BOS and the snapshot of a start state.
std::vector<TokenId> encode_start(const State& state);

// Appends a tick: its snapshot if it has one (of the state `after` the tick, although it stands first), TICK, its
// events.
void append_tick(std::vector<TokenId>& tokens, std::span<const Event> events, const State& after,
                 std::int64_t snapshot_interval = GameRules{}.snapshot_interval);

}  // namespace gamegpt::snake
