#include <algorithm>
#include <iomanip>
#include <thread>

#include "app/cli/commands.h"
#include "core/base/error.h"
#include "core/play/judged_samples.h"
#include "core/snake/rules_of.h"

namespace gamegpt::cli {

namespace {

using nlohmann::ordered_json;

int all_threads() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

std::vector<std::vector<TokenId>> sequences_of(const Corpus& corpus) {
    std::vector<std::vector<TokenId>> sequences;
    for (std::size_t i = 0; i < corpus.documents(); ++i) {
        const auto document = corpus.document(i);
        sequences.emplace_back(document.begin(), document.end());
    }
    return sequences;
}

// "Snake 10 x 10, at most 200 ticks, a snapshot every 16".
std::string title(const play::Grammar& grammar) {
    std::string text = grammar.name();
    if (const auto rules = grammar.snake_rules()) {
        const std::string side = std::to_string(rules->board_size);
        text.append(" ").append(side).append(" x ").append(side).append(", at most ");
        text.append(std::to_string(rules->tick_limit)).append(" ticks, a snapshot every ");
        text.append(std::to_string(rules->snapshot_interval));
    }
    return text;
}

ordered_json rules_json(const play::Grammar& grammar) {
    const auto rules = grammar.snake_rules();
    if (!rules) return nullptr;
    return {{"board", rules->board_size}, {"ticks", rules->tick_limit}, {"snapshots", rules->snapshot_interval}};
}

ordered_json rates_json(const play::Grammar& grammar, const play::JudgedSamples& judged) {
    ordered_json rates = ordered_json::object();
    for (std::size_t i = 0; i < judged.rates.size(); ++i) {
        const play::Rate& rate = judged.rates[i];
        const play::Tier& tier = grammar.tiers()[i];
        rates[tier.key] = {{"count", rate.count},   {"of", rate.of},         {"rate", rate.share()},
                           {"lower", rate.lower()}, {"upper", rate.upper()}, {"by_replay", tier.by_replay}};
    }
    return rates;
}

ordered_json sequences_json(const play::Grammar& grammar, const play::JudgedSamples& judged) {
    ordered_json sequences = ordered_json::array();
    for (const play::Verdict& verdict : judged.verdicts) {
        ordered_json sequence = ordered_json::object();
        for (std::size_t i = 0; i < verdict.passed.size(); ++i)
            sequence[grammar.tiers()[i].key] = static_cast<bool>(verdict.passed[i]);
        sequence["first_error"] = nullptr;
        if (const auto& error = verdict.first_error)
            sequence["first_error"] = {
                {"token", error->token}, {"rule", error->rule}, {"found", error->found}, {"expected", error->expected}};
        sequences.push_back(std::move(sequence));
    }
    return sequences;
}

void print_rates(const play::Grammar& grammar, const play::JudgedSamples& judged, bool by_replay, std::ostream& out) {
    for (std::size_t i = 0; i < judged.rates.size(); ++i) {
        const play::Tier& tier = grammar.tiers()[i];
        const play::Rate& rate = judged.rates[i];
        if (tier.by_replay != by_replay) continue;
        out << "  " << std::left << std::setw(15) << tier.name << std::right << std::setw(9) << rate.count << " of "
            << rate.of << std::fixed << std::setprecision(1) << std::setw(8) << 100 * rate.share()
            << " %   (95 %: " << 100 * rate.lower() << " to " << 100 * rate.upper() << ")\n";
    }
}

// Where the first `most` of the failing sequences break, and which rule.
void print_errors(const play::JudgedSamples& judged, std::size_t most, std::ostream& out) {
    std::size_t failing = 0;
    for (std::size_t i = 0; i < judged.verdicts.size(); ++i) {
        const auto& error = judged.verdicts[i].first_error;
        if (!error || ++failing > most) continue;
        out << (failing == 1 ? "\nFirst errors, sequences and tokens counted from 0\n" : "") << "  sequence " << i
            << ", token " << error->token << ": " << error->rule << " Found " << error->found;
        if (!error->expected.empty()) out << ", expected " << error->expected;
        out << ".\n";
    }
    if (failing > most)
        out << "  and " << grouped(static_cast<std::int64_t>(failing - most)) << " more, which --errors shows\n";
}

void print_judged(const play::Grammar& grammar, const play::JudgedSamples& judged, std::size_t most_errors,
                  std::ostream& out) {
    out << title(grammar) << "; " << grouped(static_cast<std::int64_t>(judged.sequences.size())) << " sequences of "
        << std::fixed << std::setprecision(1) << judged.mean_length << " tokens on average\n\n"
        << "Form: what the tokens look like\n";
    print_rates(grammar, judged, false, out);
    if (std::any_of(grammar.tiers().begin(), grammar.tiers().end(), [](const auto& tier) { return tier.by_replay; })) {
        out << "\nStrict replay: the game played along\n";
        print_rates(grammar, judged, true, out);
    }
    print_errors(judged, most_errors, out);
}

struct Options {
    WeightsOptions weights;
    CorpusOptions corpus;
    RulesOptions rules;
    DrawOptions draw;
    int count = 1000;
    std::size_t errors = 10;
    std::vector<double> temperatures = play::sweep_temperatures();
    bool json = false;
};

void add_count(CLI::App& command, int& count, const char* what) {
    command.add_option("--count", count, what)
        ->capture_default_str()
        ->check(CLI::Range(1, 1'000'000).description(""))
        ->type_name("N");
}

// Says so when a corpus looks as if other rules were meant.
void warn_of_other_rules(const play::Grammar& grammar, const Corpus& corpus, std::ostream& err) {
    const auto given = grammar.snake_rules();
    if (!given || corpus.vocabulary().kind() != Vocabulary::Kind::game) return;
    const snake::GameRules found = snake::rules_of(corpus);
    if (found == *given) return;
    err << "These look like games by other rules: --board " << found.board_size << " --ticks " << found.tick_limit
        << " --snapshots " << found.snapshot_interval << '\n';
}

void run_validate(const Options& options, Streams streams) {
    std::shared_ptr<const play::Grammar> grammar;
    play::JudgedSamples judged;
    if (options.weights.path.empty()) {
        const auto corpus = options.corpus.load();
        // Episodes JSON with IDs beyond the game's are sequences of Snake that cannot be right.
        grammar =
            corpus->vocabulary().kind() == Vocabulary::Kind::game || corpus->format() == CorpusFormat::episodes_json
                ? play::snake_grammar(options.rules.rules)
                : require_grammar(play::grammar_of(*corpus));
        judged = play::judge(*grammar, sequences_of(*corpus));
        warn_of_other_rules(*grammar, *corpus, streams.err);
    } else {
        const Weights weights = options.weights.load();
        const auto vocabulary = vocabulary_for(weights.config(), options.corpus, options.weights.path);
        grammar = require_grammar(grammar_for(vocabulary, options.rules.rules));
        judged = play::draw_and_judge(weights, *grammar, options.draw.settings_for(*vocabulary, grammar), options.count,
                                      all_threads());
    }
    if (!options.json) return print_judged(*grammar, judged, options.errors, streams.out);
    ordered_json result{{"grammar", grammar->name()},
                        {"rules", rules_json(*grammar)},
                        {"count", judged.sequences.size()},
                        {"mean_length", judged.mean_length},
                        {"rates", rates_json(*grammar, judged)},
                        {"sequences", sequences_json(*grammar, judged)}};
    if (!options.weights.path.empty()) result["mean_entropy"] = judged.mean_entropy;
    streams.out << result << '\n';
}

void print_sweep_head(const play::Grammar& grammar, std::ostream& out) {
    out << title(grammar) << "\ntemperature  entropy  length";
    bool replay = false;
    for (const play::Tier& tier : grammar.tiers()) {
        if (tier.by_replay && !replay) out << "  |";
        replay = replay || tier.by_replay;
        out << "  " << tier.name;
    }
    out << "   (% of samples" << (replay ? "; right of the bar by playing along" : "") << ")\n";
}

void print_sweep_row(const play::Grammar& grammar, double temperature, const play::JudgedSamples& judged,
                     std::ostream& out) {
    out << std::fixed << std::setw(11) << std::setprecision(2) << temperature << std::setw(9) << std::setprecision(3)
        << judged.mean_entropy << std::setw(8) << std::setprecision(1) << judged.mean_length;
    bool replay = false;
    for (std::size_t i = 0; i < judged.rates.size(); ++i) {
        const play::Tier& tier = grammar.tiers()[i];
        if (tier.by_replay && !replay) out << "  |";
        replay = replay || tier.by_replay;
        out << std::setw(static_cast<int>(tier.name.size()) + 2) << 100 * judged.rates[i].share();
    }
    out << std::endl;
}

void run_sweep(const Options& options, Streams streams) {
    const Weights weights = options.weights.load();
    const auto vocabulary = vocabulary_for(weights.config(), options.corpus, options.weights.path);
    const auto grammar = require_grammar(grammar_for(vocabulary, options.rules.rules));
    ordered_json rows = ordered_json::array();
    SampleSettings settings = options.draw.settings_for(*vocabulary, grammar);
    for (const double temperature : options.temperatures) {  // refused before the first row is written
        settings.temperature = temperature;
        settings.validate(weights.config());
    }
    if (!options.json) print_sweep_head(*grammar, streams.out);
    play::sweep(weights, *grammar, settings, options.temperatures, options.count, all_threads(),
                [&](double temperature, const play::JudgedSamples& judged) {
                    if (!options.json) print_sweep_row(*grammar, temperature, judged, streams.out);
                    rows.push_back({{"temperature", temperature},
                                    {"mean_entropy", judged.mean_entropy},
                                    {"mean_length", judged.mean_length},
                                    {"rates", rates_json(*grammar, judged)}});
                    return true;
                });
    if (options.json)
        streams.out << ordered_json{{"grammar", grammar->name()},
                                    {"rules", rules_json(*grammar)},
                                    {"count", options.count},
                                    {"temperatures", std::move(rows)}}
                    << '\n';
}

}  // namespace

void add_validate(CLI::App& app, Streams streams) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "validate", "Judges the sequences of a corpus, or with --weights samples of a model, by their grammar");
    options->corpus.add_to(*command);
    options->rules.add_to(*command);
    options->weights.add_to(*command, false);
    add_count(*command, options->count, "with --weights: samples to draw");
    options->draw.add_to(*command);
    command->add_option("--errors", options->errors, "failing sequences to print, each with its first error")
        ->capture_default_str()
        ->type_name("N");
    command->add_flag("--json", options->json, "print all verdicts as JSON");
    command->callback([options, streams] { run_validate(*options, streams); });
}

void add_sweep(CLI::App& app, Streams streams) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("sweep", "Draws and judges samples at one temperature after the other: how many are valid");
    options->weights.add_to(*command);
    options->corpus.add_to(*command);
    options->rules.add_to(*command);
    add_count(*command, options->count, "samples at each temperature");
    command->add_option("--temperatures", options->temperatures, "temperatures; 0.1 to 2.0 in tenths if not given")
        ->delimiter(',')
        ->type_name("T,T,...");
    options->draw.add_to(*command, false);
    command->add_flag("--json", options->json, "print the rows as JSON");
    command->callback([options, streams] { run_sweep(*options, streams); });
}

}  // namespace gamegpt::cli
