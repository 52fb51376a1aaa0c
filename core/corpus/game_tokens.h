#pragma once

#include "core/corpus/vocabulary.h"

// The IDs of the game's 74 tokens. Families (x, y, dir, input, v, len) are named by their first member:
// x + 3 is X3, dir + 2 is DIR_L. Directions are in the order up, down, left, right.
namespace gamegpt::game_tokens {

inline constexpr TokenId bos = 0;
inline constexpr TokenId eos = 1;
inline constexpr TokenId tick = 2;
inline constexpr TokenId snap = 3;
inline constexpr TokenId player = 4;
inline constexpr TokenId food = 5;
inline constexpr TokenId wall = 6;
inline constexpr TokenId dir = 7;
inline constexpr TokenId input = 11;
inline constexpr TokenId x = 15;
inline constexpr TokenId y = 25;
inline constexpr TokenId move = 35;
inline constexpr TokenId eat = 36;
inline constexpr TokenId grow = 37;
inline constexpr TokenId die_wall = 38;
inline constexpr TokenId die_self = 39;
inline constexpr TokenId food_spawn = 40;
inline constexpr TokenId score = 41;
inline constexpr TokenId v = 42;
inline constexpr TokenId len = 53;
inline constexpr TokenId len_long = 73;
inline constexpr TokenId count = 74;

constexpr bool is_dir(TokenId id) { return id >= dir && id < input; }
constexpr bool is_input(TokenId id) { return id >= input && id < x; }
constexpr bool is_x(TokenId id) { return id >= x && id < y; }
constexpr bool is_y(TokenId id) { return id >= y && id < move; }
constexpr bool is_v(TokenId id) { return id >= v && id < len; }
constexpr bool is_len(TokenId id) { return id >= len && id <= len_long; }
constexpr bool is_die(TokenId id) { return id == die_wall || id == die_self; }

}  // namespace gamegpt::game_tokens
