#include "core/snake/episodes.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/snake/agents.h"
#include "core/snake/codec.h"

namespace gamegpt::snake {

namespace {

constexpr std::int64_t most_episodes = 1'000'000;
constexpr double share_worth_a_warning = 0.4;

// Plays one game to its end or to the tick limit and appends its tokens.
void append_episode(std::vector<TokenId>& tokens, Agent& agent, std::uint64_t seed, const GameRules& rules) {
    Game game(seed, rules.board_size);
    const std::vector<TokenId> start = encode_start(game.state());
    tokens.insert(tokens.end(), start.begin(), start.end());
    while (!game.over() && game.state().tick < rules.tick_limit) {
        const std::vector<Event> events = game.step(agent.choose(game.state()));
        append_tick(tokens, events, game.state(), rules.snapshot_interval);
    }
    tokens.push_back(game_tokens::eos);
}

void check(const EpisodeSettings& settings) {
    if (settings.episodes < 1 || settings.episodes > most_episodes)
        throw Error(Error::Code::bad_argument, "the number of episodes is " + std::to_string(settings.episodes) +
                                                   "; 1 to " + std::to_string(most_episodes) + " was expected");
    settings.rules.validate();
    double total = 0;
    for (const double share : settings.mix) {
        if (!(share >= 0) || std::isinf(share))
            throw Error(Error::Code::bad_argument,
                        "an agent's share is " + std::to_string(share) + "; 0 or more was expected");
        total += share;
    }
    if (!(total > 0) || std::isinf(total))
        throw Error(Error::Code::bad_argument, "the agents' shares are all 0; at least one more was expected");
}

// "Snake, 200 episodes", and what is not as in the original.
std::string name_of(const EpisodeSettings& settings) {
    const GameRules& rules = settings.rules;
    const GameRules original;
    const std::string side = std::to_string(rules.board_size);
    std::string name = "Snake";
    if (rules.board_size != original.board_size) name.append(" ").append(side).append(" x ").append(side);
    name += ", " + std::to_string(settings.episodes) + (settings.episodes == 1 ? " episode" : " episodes");
    if (rules.tick_limit != original.tick_limit) name += ", at most " + std::to_string(rules.tick_limit) + " ticks";
    if (rules.snapshot_interval != original.snapshot_interval)
        name += ", snapshots every " + std::to_string(rules.snapshot_interval);
    return name;
}

std::shared_ptr<Corpus> collect_with(std::shared_ptr<const Vocabulary> vocabulary, const EpisodeSettings& settings) {
    check(settings);
    std::array<Agent, 3> agents = {Agent(Agent::Kind::random, 1), Agent(Agent::Kind::greedy, 2),
                                   Agent(Agent::Kind::wall_follower, 3)};
    std::array<std::size_t, 3> tokens_of{};
    Corpus::Sources sources;
    for (const Agent& agent : agents) sources.names.push_back(name_of(agent.kind()));
    PythonRandom random(settings.seed);
    std::vector<TokenId> tokens;
    std::vector<std::size_t> offsets = {0};
    for (std::int64_t episode = 0; episode < settings.episodes; ++episode) {
        const std::size_t who = random.choices_index(settings.mix);
        const auto game_seed = static_cast<std::uint64_t>(random.randint(0, std::int64_t{1} << 31));
        append_episode(tokens, agents[who], game_seed, settings.rules);
        sources.of_document.push_back(static_cast<std::uint8_t>(who));
        tokens_of[who] += tokens.size() - offsets.back();
        offsets.push_back(tokens.size());
        if (settings.progress && !settings.progress(episode + 1)) return nullptr;
    }
    const auto total = static_cast<double>(tokens.size());
    auto corpus = std::make_shared<Corpus>(std::move(vocabulary), std::move(tokens), std::move(offsets),
                                           CorpusFormat::built_in, name_of(settings));
    corpus->set_sources(std::move(sources));
    const auto most = std::max_element(tokens_of.begin(), tokens_of.end());
    const double share = static_cast<double>(*most) / total;
    if (share > share_worth_a_warning)
        corpus->add_warning("The " + name_of(agents[static_cast<std::size_t>(most - tokens_of.begin())].kind()) +
                            " supplies " + std::to_string(std::lround(100 * share)) + " % of all tokens.");
    return corpus;
}

}  // namespace

std::shared_ptr<const Corpus> collect(const EpisodeSettings& settings) {
    return collect_with(std::make_shared<const Vocabulary>(Vocabulary::game()), settings);
}

CorpusSplit built_in_corpus() {
    const auto vocabulary = std::make_shared<const Vocabulary>(Vocabulary::game());
    return {collect_with(vocabulary, {}), collect_with(vocabulary, {.episodes = 20, .seed = 1042})};
}

}  // namespace gamegpt::snake
