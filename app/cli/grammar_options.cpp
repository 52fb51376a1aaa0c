#include "app/cli/commands.h"
#include "core/base/error.h"
#include "core/play/judged_samples.h"
#include "core/sample/prompt.h"

namespace gamegpt::cli {

namespace {
constexpr int length_beyond = 2000;  // tokens, more than any of the original's games has
}  // namespace

void RulesOptions::add_to(CLI::App& command) {
    command.add_option("--board", rules.board_size, "Snake: cells a side, 2 to 10")
        ->capture_default_str()
        ->type_name("N");
    command.add_option("--ticks", rules.tick_limit, "Snake: ticks after which a game ends")
        ->capture_default_str()
        ->type_name("N");
    command.add_option("--snapshots", rules.snapshot_interval, "Snake: ticks from one regular snapshot to the next")
        ->capture_default_str()
        ->type_name("N");
}

void DrawOptions::add_to(CLI::App& command, bool with_temperature) {
    if (with_temperature) {
        std::vector<std::string> names;
        for (const SamplePreset& known : sample_presets) names.emplace_back(known.name);
        command.add_option("--preset", preset, "a temperature by name: greedy 0, seed 0.5, neutral 1, wild 2")
            ->check(CLI::IsMember(names).description(""))
            ->type_name("NAME");
        command.add_option("--temperature", temperature, "0 is greedy, 1 neutral (default: 0.5)")->type_name("T");
    }
    FilterSettings& filters = settings.filters;
    command.add_option("--top-k", filters.top_k, "draw from the K most probable tokens; 0 for all")
        ->capture_default_str()
        ->type_name("K");
    command.add_option("--top-p", filters.top_p, "draw from the fewest most probable tokens that together reach P")
        ->capture_default_str()
        ->type_name("P");
    command
        .add_option("--min-p", filters.min_p, "draw from tokens at least P times as probable as the most probable one")
        ->capture_default_str()
        ->type_name("P");
    command
        .add_option("--repetition-penalty", filters.repetition_penalty,
                    "over 1, tokens that have occurred become less probable")
        ->capture_default_str()
        ->type_name("R");
    command.add_option("--seed", settings.seed, "seed of the draws")->capture_default_str()->type_name("S");
    command.add_flag("--constrained", constrained,
                     "draw only tokens that the grammar (Snake, brackets, sums) allows next");
    command.add_flag("--slide", settings.slide,
                     "go on beyond the model's context, taking up again at the last snapshot");
    command
        .add_option("--length", settings.max_tokens,
                    "most tokens of a sequence; 0 for the model's context, or for 2000 with --slide")
        ->capture_default_str()
        ->type_name("N");
}

SampleSettings DrawOptions::settings_for(const Vocabulary& vocabulary,
                                         const std::shared_ptr<const play::Grammar>& grammar) const {
    SampleSettings result = settings;
    for (const SamplePreset& known : sample_presets)
        if (known.name == preset) result.temperature = known.temperature;
    result.temperature = temperature.value_or(result.temperature);
    result.start = vocabulary.start();
    result.stop = vocabulary.eos();
    if (constrained) play::constrain(result, require_grammar(grammar));
    if (result.slide) {
        if (result.max_tokens == 0) result.max_tokens = length_beyond;
        if (grammar) play::go_beyond(result, *grammar, result.max_tokens);
    }
    return result;
}

std::shared_ptr<const play::Grammar> grammar_for(const std::shared_ptr<const Vocabulary>& vocabulary,
                                                 const snake::GameRules& rules) {
    return vocabulary->kind() == Vocabulary::Kind::game ? play::snake_grammar(rules) : play::grammar_of(vocabulary);
}

std::shared_ptr<const play::Grammar> require_grammar(std::shared_ptr<const play::Grammar> grammar) {
    if (!grammar)
        throw Error(Error::Code::mismatch,
                    "these tokens follow no known grammar; those of Snake, brackets or sums were expected");
    return grammar;
}

}  // namespace gamegpt::cli
