#include <unistd.h>

#include "app/cli/commands.h"
#include "core/base/error.h"
#include "core/base/text_file.h"
#include "core/corpus/readers.h"
#include "core/grammar/brackets.h"
#include "core/grammar/sums.h"
#include "core/snake/episodes.h"

namespace gamegpt::cli {

namespace {

struct Options {
    std::string grammar = "snake";
    std::optional<std::int64_t> documents;
    std::uint64_t seed = 42;
    RulesOptions rules;
    std::vector<double> mix = {0.4, 0.4, 0.2};
    int kinds = brackets::Settings{}.kinds;
    int depth = brackets::Settings{}.deepest;
    std::optional<std::int64_t> most;
    std::string output;
    bool json = false;
};

std::shared_ptr<const Corpus> make(const Options& options, const std::function<bool(std::int64_t)>& progress) {
    if (options.grammar == "brackets") {
        brackets::Settings settings{
            .seed = options.seed, .kinds = options.kinds, .deepest = options.depth, .progress = progress};
        settings.documents = options.documents.value_or(settings.documents);
        if (options.most)
            settings.longest = static_cast<int>(std::clamp<std::int64_t>(*options.most, -1'000'000, 1'000'000));
        return brackets::collect(settings);
    }
    if (options.grammar == "sums") {
        sums::Settings settings{.seed = options.seed, .progress = progress};
        settings.documents = options.documents.value_or(settings.documents);
        settings.greatest = options.most.value_or(settings.greatest);
        return sums::collect(settings);
    }
    snake::EpisodeSettings settings{.seed = options.seed, .rules = options.rules.rules, .progress = progress};
    settings.episodes = options.documents.value_or(settings.episodes);
    std::copy_n(options.mix.begin(), settings.mix.size(), settings.mix.begin());
    return snake::collect(settings);
}

void run_generate(const Options& options, Streams streams) {
    const bool terminal = isatty(STDERR_FILENO) != 0;
    const auto corpus = make(options, [&](std::int64_t done) {
        if (terminal && done % 1000 == 0) streams.err << '\r' << grouped(done) << " done" << std::flush;
        return true;
    });
    if (terminal) streams.err << "\r\x1b[K";
    if (corpus->vocabulary().kind() == Vocabulary::Kind::game) write_episodes_json(*corpus, options.output);
    else write_lines(*corpus, options.output);
    if (options.json) {
        streams.out << nlohmann::json{{"name", corpus->name()},       {"episodes", corpus->documents()},
                                      {"tokens", corpus->tokens()},   {"shortest", corpus->shortest()},
                                      {"longest", corpus->longest()}, {"output", options.output}}
                    << '\n';
        return;
    }
    streams.out << grouped(static_cast<std::int64_t>(corpus->documents()))
                << (options.grammar == "snake" ? " episodes, " : " documents, ")
                << grouped(static_cast<std::int64_t>(corpus->tokens())) << " tokens, written to " << options.output
                << '\n';
    for (const std::string& warning : corpus->warnings()) streams.err << warning << '\n';
}

}  // namespace

void add_generate(CLI::App& app, Streams streams) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "generate", "Makes a corpus: games of Snake (episodes JSON), balanced brackets or sums (a document a line)");
    command->add_option("--grammar", options->grammar, "snake, brackets or sums")
        ->check(CLI::IsMember({"snake", "brackets", "sums"}).description(""))
        ->capture_default_str()
        ->type_name("NAME");
    command
        ->add_option("--episodes,--documents", options->documents,
                     "games to play, or documents to make; 200 games or 1000 documents if not given")
        ->type_name("N");
    command->add_option("--seed", options->seed, "seed of the games")->capture_default_str()->type_name("S");
    options->rules.add_to(*command);
    command
        ->add_option("--mix", options->mix, "Snake: shares of the random agent, the greedy one and the wall follower")
        ->delimiter(',')
        ->expected(3)
        ->capture_default_str()
        ->type_name("R,G,W");
    command->add_option("--kinds", options->kinds, "brackets: how many kinds, 1 to 4")
        ->capture_default_str()
        ->type_name("K");
    command->add_option("--depth", options->depth, "brackets: most open at once")
        ->capture_default_str()
        ->type_name("N");
    command
        ->add_option("--max", options->most,
                     "brackets: most of a document, 24 if not given; sums: greatest operand, 99 if not given")
        ->type_name("N");
    command->add_option("--output", options->output, "file to write")->required()->type_name("FILE");
    command->add_flag("--json", options->json, "print the figures as JSON");
    command->callback([options, streams] { run_generate(*options, streams); });
}

}  // namespace gamegpt::cli
