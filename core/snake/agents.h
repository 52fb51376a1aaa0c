#pragma once

#include <string>

#include "core/base/python_random.h"
#include "core/snake/game.h"

namespace gamegpt::snake {

// A player that follows a rule and draws among what the rule leaves open. Each has its own generator, which it keeps
// across episodes: how one game is played depends on those before it, as in the original.
class Agent {
   public:
    // random         any legal action
    // greedy         the least Manhattan distance to the food after the move; ignores walls and body
    // wall_follower  the cells along the wall, else any on the board, else any; ignores its body
    enum class Kind { random, greedy, wall_follower };

    Agent(Kind kind, std::uint64_t seed) : kind_(kind), random_(seed) {}

    Kind kind() const { return kind_; }
    Direction choose(const State& state);

   private:
    Kind kind_;
    PythonRandom random_;
};

// "random agent", "greedy agent", "wall follower".
std::string name_of(Agent::Kind kind);

}  // namespace gamegpt::snake
