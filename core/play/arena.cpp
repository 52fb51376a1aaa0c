#include "core/play/arena.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

#include "core/base/error.h"
#include "core/base/worker_pool.h"
#include "core/engine/batch_decoder.h"
#include "core/sample/generate.h"
#include "core/sample/sliding_window.h"
#include "core/snake/agents.h"
#include "core/snake/codec.h"

namespace gamegpt::play {

namespace {

using SharedWeights = std::shared_ptr<const DecoderWeights<float>>;
using snake::Direction;

// Says what to do next, having seen the game's tokens so far; nothing forfeits the game.
class ModelPlayer {
   public:
    ModelPlayer(const SharedWeights& weights, const PlayerSettings& settings, std::uint64_t seed)
        : decoder_(make_decoder(weights)),
          window_(*decoder_, {game_tokens::snap, game_tokens::tick}),
          settings_(settings),
          random_(seed) {}

    std::optional<Direction> choose(const snake::State& state, std::span<const TokenId> game) {
        for (const TokenId token : game.subspan(window_.tokens().size())) window_.step(token);
        // What follows TICK is the input. The tick itself may begin with a snapshot instead, which tells the input.
        const auto logits = window_.step(game_tokens::tick);
        const auto choice = settings_.constrained ? among_legal(state, logits) : among_all(logits);
        window_.undo();
        return choice;
    }

   private:
    std::size_t draw(std::span<const double> logits) {
        if (settings_.temperature == 0)
            return static_cast<std::size_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
        probabilities(logits, settings_.temperature, probabilities_);
        return random_.choices_index(probabilities_);
    }

    Direction among_legal(const snake::State& state, std::span<const double> logits) {
        const auto actions = snake::legal_actions(state);
        std::array<double, actions.size()> of_actions{};
        for (std::size_t i = 0; i < actions.size(); ++i)
            of_actions[i] = logits[static_cast<std::size_t>(snake::input_token(actions[i]))];
        return actions[draw(of_actions)];
    }

    std::optional<Direction> among_all(std::span<const double> logits) {
        const auto token = static_cast<TokenId>(draw(logits));
        if (!game_tokens::is_input(token)) return {};
        return static_cast<Direction>(token - game_tokens::input);
    }

    std::unique_ptr<Decoder> decoder_;
    SlidingWindow window_;
    PlayerSettings settings_;
    PythonRandom random_;
    std::vector<double> probabilities_;
};

// `choose` gets the state and the tokens so far.
template <class Choose>
GameResult play(std::uint64_t game_seed, const snake::GameRules& rules, Choose choose) {
    using End = GameResult::End;
    snake::Game game(game_seed, rules.board_size);
    GameResult result;
    result.tokens = snake::encode_start(game.state());
    result.end = End::tick_limit;
    while (!game.over() && game.state().tick < rules.tick_limit) {
        const std::optional<Direction> action = choose(game.state(), std::span<const TokenId>(result.tokens));
        if (!action) {
            result.end = End::forfeit;
            break;
        }
        const std::vector<snake::Event> events = game.step(*action);
        snake::append_tick(result.tokens, events, game.state(), rules.snapshot_interval);
        if (game.state().status == snake::Status::won) result.end = End::won;
        else if (game.over()) result.end = events.back().kind == snake::Event::Kind::die_wall ? End::wall : End::self;
    }
    if (result.end != End::forfeit) result.tokens.push_back(game_tokens::eos);
    result.score = game.state().score;
    result.ticks = game.state().tick;
    return result;
}

GameResult play_model(const SharedWeights& weights, std::uint64_t game_seed, std::uint64_t draw_seed,
                      const PlayerSettings& settings, const snake::GameRules& rules) {
    ModelPlayer player(weights, settings, draw_seed);
    return play(game_seed, rules, [&](const snake::State& state, std::span<const TokenId> tokens) {
        return player.choose(state, tokens);
    });
}

void check(const Weights& weights, const PlayerSettings& settings, const snake::GameRules& rules) {
    rules.validate();
    if (weights.config().vocab_size != game_tokens::count)
        throw Error(Error::Code::mismatch, "the model has " + std::to_string(weights.config().vocab_size) +
                                               " tokens; the game's " + std::to_string(game_tokens::count) +
                                               " were expected");
    SampleSettings draws;
    draws.temperature = settings.temperature;
    draws.validate(weights.config());
}

template <class Value>
double mean(const std::vector<GameResult>& games, Value value) {
    double sum = 0;
    for (const GameResult& game : games) sum += static_cast<double>(value(game));
    return games.empty() ? 0 : sum / static_cast<double>(games.size());
}

}  // namespace

std::string name_of(GameResult::End end) {
    switch (end) {
        case GameResult::End::wall: return "ran into a wall";
        case GameResult::End::self: return "bit itself";
        case GameResult::End::tick_limit: return "lived to the tick limit";
        case GameResult::End::won: return "filled the board";
        case GameResult::End::forfeit: return "drew no input";
    }
    throw Error(Error::Code::bad_argument, "there is no such end of a game");
}

double PlayerResults::mean_score() const {
    return mean(games, [](const GameResult& game) { return game.score; });
}

double PlayerResults::mean_ticks() const {
    return mean(games, [](const GameResult& game) { return game.ticks; });
}

int PlayerResults::best_score() const {
    int best = 0;
    for (const GameResult& game : games) best = std::max(best, game.score);
    return best;
}

GameResult play_game(const Weights& weights, std::uint64_t game_seed, const PlayerSettings& settings,
                     const snake::GameRules& rules) {
    check(weights, settings, rules);
    return play_model(std::make_shared<const DecoderWeights<float>>(weights), game_seed, settings.seed, settings,
                      rules);
}

std::vector<PlayerResults> compare(const Weights& weights, int games, std::uint64_t first_game_seed,
                                   const PlayerSettings& settings, const snake::GameRules& rules,
                                   const std::function<bool(int done)>& progress) {
    check(weights, settings, rules);
    if (games < 0) throw Error(Error::Code::bad_argument, "the number of games is " + std::to_string(games));
    std::mutex mutex;
    int done = 0;
    std::atomic<bool> go_on = true;
    const auto finished = [&] {
        const std::lock_guard lock(mutex);
        ++done;
        if (progress && go_on && !progress(done)) go_on = false;
    };

    const auto shared = std::make_shared<const DecoderWeights<float>>(weights);
    std::vector<PlayerResults> results = {{"model", std::vector<GameResult>(static_cast<std::size_t>(games))}};
    WorkerPool pool(std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
    pool.run(results[0].games.size(), [&](std::size_t i) {
        if (!go_on) return;
        results[0].games[i] = play_model(shared, first_game_seed + i, settings.seed + i, settings, rules);
        finished();
    });
    std::erase_if(results[0].games, [](const GameResult& game) { return game.tokens.empty(); });  // not played any more

    std::uint64_t agent_seed = 0;
    for (const auto kind :
         {snake::Agent::Kind::random, snake::Agent::Kind::greedy, snake::Agent::Kind::wall_follower}) {
        snake::Agent agent(kind, ++agent_seed);
        results.push_back({snake::name_of(kind), {}});
        for (int i = 0; i < games && go_on; ++i) {
            results.back().games.push_back(play(first_game_seed + static_cast<std::uint64_t>(i), rules,
                                                [&](const snake::State& state, std::span<const TokenId>) {
                                                    return std::optional(agent.choose(state));
                                                }));
            finished();
        }
    }
    return results;
}

}  // namespace gamegpt::play
