#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/corpus/vocabulary.h"
#include "core/model/weights.h"
#include "core/snake/game.h"

namespace gamegpt::play {

// How a model plays Snake itself: before each tick it has seen the game so far as tokens, is fed TICK and draws the
// input. A snapshot that the codec puts before the tick is fed when the input is known, for it tells it. Games longer
// than the context are taken up again at a snapshot or a tick, as samples are (see SlidingWindow).
struct PlayerSettings {
    // The model may draw only the three inputs that do not reverse. Otherwise it draws from all tokens, and one that is
    // no input forfeits the game.
    bool constrained = true;
    double temperature = 0.5;  // 0 is greedy
    std::uint64_t seed = 42;   // of the model's draws: game i draws from seed + i
};

struct GameResult {
    int score = 0;
    std::int64_t ticks = 0;  // length of life
    enum class End { wall, self, tick_limit, won, forfeit } end = End::wall;
    std::vector<TokenId> tokens;  // the game as the codec writes it
};
std::string name_of(GameResult::End end);

struct PlayerResults {
    std::string player;  // "model", "random agent", "greedy agent", "wall follower"
    std::vector<GameResult> games;

    double mean_score() const;
    double mean_ticks() const;
    int best_score() const;
};

// One game by the model.
GameResult play_game(const Weights& weights, std::uint64_t game_seed, const PlayerSettings& settings,
                     const snake::GameRules& rules = {});

// `games` games by the model and by each of the three agents, all on the same boards: game i has the seed
// `first_game_seed` + i. The model's games are shared out over the machine's threads, which does not change them.
// `progress` (games done of all 4 * games; called from any thread, one call at a time) returns false to cancel; then
// the games so far come back. Throws Error (mismatch) unless the model has the game's 74 tokens.
std::vector<PlayerResults> compare(const Weights& weights, int games, std::uint64_t first_game_seed,
                                   const PlayerSettings& settings, const snake::GameRules& rules = {},
                                   const std::function<bool(int done)>& progress = {});

}  // namespace gamegpt::play
