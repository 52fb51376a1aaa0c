#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>

#include "core/corpus/corpus.h"
#include "core/snake/game.h"

namespace gamegpt::snake {

// Plays `episodes` games with the three agents and encodes them, exactly as the original's collect(n, seed) does
// (same bytes when written as episodes JSON). Warns in the corpus when one agent supplies over 40 % of the tokens.
struct EpisodeSettings {
    std::int64_t episodes = 200;
    std::uint64_t seed = 42;
    GameRules rules = {};
    std::array<double, 3> mix = {0.4, 0.4, 0.2};  // shares of random, greedy and wall follower; need not sum to 1
    // Called after each episode with how many are done; return false to cancel, collect() then returns null.
    std::function<bool(std::int64_t)> progress = {};
};
std::shared_ptr<const Corpus> collect(const EpisodeSettings& settings);

// The corpus that the workbench starts with: 200 episodes, seed 42; its held-out side is 20 fresh episodes of seed
// 1042, so that training stays exactly the original's.
CorpusSplit built_in_corpus();

}  // namespace gamegpt::snake
