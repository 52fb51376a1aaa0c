#include "core/play/arena.h"

#include <iomanip>

#include "app/cli/commands.h"

namespace gamegpt::cli {

namespace {

struct Options {
    WeightsOptions weights;
    RulesOptions rules;
    play::PlayerSettings player;
    int games = 100;
    std::uint64_t first_game = 1000;
    bool free = false;
    bool json = false;
};

constexpr play::GameResult::End ends[] = {play::GameResult::End::wall, play::GameResult::End::self,
                                          play::GameResult::End::tick_limit, play::GameResult::End::won,
                                          play::GameResult::End::forfeit};

std::size_t ended(const play::PlayerResults& player, play::GameResult::End end) {
    std::size_t count = 0;
    for (const play::GameResult& game : player.games) count += game.end == end ? 1 : 0;
    return count;
}

void print(const std::vector<play::PlayerResults>& results, std::ostream& out) {
    out << "player         mean score  best  mean ticks  how the games ended\n";
    for (const play::PlayerResults& player : results) {
        out << std::left << std::setw(15) << player.player << std::right << std::fixed << std::setprecision(2)
            << std::setw(10) << player.mean_score() << std::setw(6) << player.best_score() << std::setprecision(1)
            << std::setw(12) << player.mean_ticks() << "  ";
        bool first = true;
        for (const auto end : ends) {
            if (ended(player, end) == 0) continue;
            out << (first ? "" : ", ") << ended(player, end) << ' ' << name_of(end);
            first = false;
        }
        out << '\n';
    }
}

nlohmann::ordered_json json_of(const std::vector<play::PlayerResults>& results) {
    nlohmann::ordered_json players = nlohmann::ordered_json::array();
    for (const play::PlayerResults& player : results) {
        nlohmann::ordered_json by_end = nlohmann::ordered_json::object();
        for (const auto end : ends) by_end[name_of(end)] = ended(player, end);
        nlohmann::ordered_json games = nlohmann::ordered_json::array();
        for (const play::GameResult& game : player.games)
            games.push_back({{"score", game.score}, {"ticks", game.ticks}, {"end", name_of(game.end)}});
        players.push_back({{"player", player.player},
                           {"mean_score", player.mean_score()},
                           {"best_score", player.best_score()},
                           {"mean_ticks", player.mean_ticks()},
                           {"ends", std::move(by_end)},
                           {"games", std::move(games)}});
    }
    return {{"players", std::move(players)}};
}

}  // namespace

void add_play(CLI::App& app, Streams streams) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "play", "Lets a model play Snake itself, and the three agents on the same boards: score and length of life");
    options->weights.add_to(*command);
    options->rules.add_to(*command);
    command->add_option("--games", options->games, "games of each player")
        ->capture_default_str()
        ->check(CLI::Range(1, 1'000'000).description(""))
        ->type_name("N");
    command->add_flag("--free", options->free,
                      "the model draws from all tokens, and one that is no input forfeits the game; otherwise from the "
                      "three inputs that do not reverse");
    command->add_option("--temperature", options->player.temperature, "0 is greedy, 1 neutral")
        ->capture_default_str()
        ->type_name("T");
    command->add_option("--seed", options->player.seed, "seed of the model's draws")
        ->capture_default_str()
        ->type_name("S");
    command->add_option("--first-game", options->first_game, "seed of the first game; the next have the next ones")
        ->capture_default_str()
        ->type_name("S");
    command->add_flag("--json", options->json, "print the figures as JSON");
    command->callback([options, streams] {
        play::PlayerSettings player = options->player;
        player.constrained = !options->free;
        const auto results =
            play::compare(options->weights.load(), options->games, options->first_game, player, options->rules.rules);
        if (options->json) streams.out << json_of(results) << '\n';
        else print(results, streams.out);
    });
}

}  // namespace gamegpt::cli
