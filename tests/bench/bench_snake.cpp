#include "core/play/arena.h"
#include "core/play/judged_samples.h"
#include "core/snake/agents.h"
#include "core/snake/codec.h"
#include "core/snake/episodes.h"
#include "core/snake/film.h"
#include "core/snake/replay.h"
#include "core/snake/rules_of.h"
#include "core/snake/validity.h"
#include "tests/bench/measure.h"

// The game: playing and encoding it, and judging sequences of its tokens.
namespace gamegpt::bench {
namespace {

const Corpus& episodes() {
    static const auto corpus = snake::collect({});
    return *corpus;
}

const std::vector<std::vector<TokenId>>& sequences() {
    static const auto all = [] {
        std::vector<std::vector<TokenId>> documents;
        for (std::size_t i = 0; i < episodes().documents(); ++i) {
            const auto document = episodes().document(i);
            documents.emplace_back(document.begin(), document.end());
        }
        return documents;
    }();
    return all;
}

void count_tokens(benchmark::State& state, std::size_t tokens) {
    state.counters["tokens/s"] =
        benchmark::Counter(static_cast<double>(tokens), benchmark::Counter::kIsIterationInvariantRate);
}

void generate_200_episodes(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(snake::collect({}));
    count_tokens(state, episodes().tokens());
}
BENCHMARK(generate_200_episodes)->Unit(benchmark::kMillisecond);

// The codec alone, on a game played before.
void encode(benchmark::State& state) {
    struct Tick {
        std::vector<snake::Event> events;
        snake::State after;
    };
    snake::Agent agent(snake::Agent::Kind::greedy, 2);
    snake::Game game(1);
    const snake::State start = game.state();
    std::vector<Tick> ticks;
    while (!game.over() && game.state().tick < snake::GameRules{}.tick_limit) {
        auto events = game.step(agent.choose(game.state()));
        ticks.push_back({std::move(events), game.state()});
    }
    std::vector<TokenId> tokens;
    for (auto _ : state) {
        tokens = snake::encode_start(start);
        for (const Tick& tick : ticks) snake::append_tick(tokens, tick.events, tick.after);
        benchmark::DoNotOptimize(tokens.data());
    }
    count_tokens(state, tokens.size());
}
BENCHMARK(encode)->Unit(benchmark::kMicrosecond);

template <class Judge>
void judge(benchmark::State& state, Judge judgement) {
    for (auto _ : state)
        for (const auto& tokens : sequences()) benchmark::DoNotOptimize(judgement(tokens));
    count_tokens(state, episodes().tokens());
}
BENCHMARK_CAPTURE(judge, validity, snake::validity)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(judge, strict_replay, [](std::span<const TokenId> tokens) {
    return snake::replay(tokens);
})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(judge, film, [](std::span<const TokenId> tokens) {
    return snake::film(tokens);
})->Unit(benchmark::kMicrosecond);

void find_rules(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(snake::rules_of(episodes()));
    count_tokens(state, episodes().tokens());
}
BENCHMARK(find_rules)->Unit(benchmark::kMicrosecond);

// 256 samples of an untrained model at temperature 1: as they come, constrained, and constrained and beyond the context.
void sample(benchmark::State& state, bool constrained, bool beyond) {
    const Weights weights = Weights::initial({});
    const auto grammar = play::snake_grammar();
    SampleSettings settings = sample_settings_for(Vocabulary::game());
    settings.temperature = 1;
    if (constrained) play::constrain(settings, grammar);
    if (beyond) play::go_beyond(settings, *grammar, 500);
    std::size_t tokens = 0;
    for (auto _ : state) {
        tokens = 0;
        for (const auto& one : generate_many(weights, settings, 256, 1)) tokens += one.size() - 1;
    }
    count_tokens(state, tokens);
}
BENCHMARK_CAPTURE(sample, free_within_context, false, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(sample, constrained_within_context, true, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(sample, constrained_beyond_context, true, true)->Unit(benchmark::kMillisecond);

void model_plays_10_games(benchmark::State& state) {
    const Weights weights = Weights::initial({});
    for (auto _ : state)
        for (std::uint64_t i = 0; i < 10; ++i) benchmark::DoNotOptimize(play::play_game(weights, i, {}));
}
BENCHMARK(model_plays_10_games)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gamegpt::bench
