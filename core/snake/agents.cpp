#include "core/snake/agents.h"

#include <cstdlib>
#include <limits>

namespace gamegpt::snake {

namespace {

using Actions = std::vector<Direction>;

template <typename Keep>
Actions those(const Actions& actions, Keep keep) {
    Actions kept;
    for (const Direction action : actions)
        if (keep(action)) kept.push_back(action);
    return kept;
}

Actions towards_food(const State& state, const Actions& legal) {
    const auto distance = [&](Direction action) {
        const Cell cell = neighbour(state.head(), action);
        return std::abs(cell.x - state.food.x) + std::abs(cell.y - state.food.y);
    };
    int least = std::numeric_limits<int>::max();
    for (const Direction action : legal) least = std::min(least, distance(action));
    return those(legal, [&](Direction action) { return distance(action) == least; });
}

Actions along_wall(const State& state, const Actions& legal) {
    const Actions safe =
        those(legal, [&](Direction action) { return on_board(neighbour(state.head(), action), state.board_size); });
    const Actions at_wall = those(safe, [&](Direction action) {
        const Cell cell = neighbour(state.head(), action);
        const int last = state.board_size - 1;
        return cell.x <= 0 || cell.x >= last || cell.y <= 0 || cell.y >= last;
    });
    if (!at_wall.empty()) return at_wall;
    return safe.empty() ? legal : safe;
}

}  // namespace

Direction Agent::choose(const State& state) {
    const auto three = legal_actions(state);
    Actions actions(three.begin(), three.end());
    if (kind_ == Kind::greedy) actions = towards_food(state, actions);
    if (kind_ == Kind::wall_follower) actions = along_wall(state, actions);
    return actions[random_.choice_index(actions.size())];
}

std::string name_of(Agent::Kind kind) {
    switch (kind) {
        case Agent::Kind::random: return "random agent";
        case Agent::Kind::greedy: return "greedy agent";
        case Agent::Kind::wall_follower: return "wall follower";
    }
    throw Error(Error::Code::bad_argument, "there is no such agent");
}

}  // namespace gamegpt::snake
