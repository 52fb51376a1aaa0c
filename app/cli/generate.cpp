#include "app/cli/commands.h"
#include "core/base/error.h"
#include "core/corpus/readers.h"
#include "core/snake/episodes.h"

namespace gamegpt::cli {

void add_generate(CLI::App& app, Streams streams) {
    struct Options {
        snake::EpisodeSettings settings;
        std::string output;
        bool json = false;
    };
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("generate", "Plays games of Snake and writes them as a corpus (episodes JSON)");
    command->add_option("--episodes", options->settings.episodes, "games to play")
        ->capture_default_str()
        ->type_name("N");
    command->add_option("--seed", options->settings.seed, "seed of the games")->capture_default_str()->type_name("S");
    command->add_option("--output", options->output, "file to write")->required()->type_name("FILE");
    command->add_flag("--json", options->json, "print the figures as JSON");
    command->callback([options, streams] {
        const auto corpus = snake::collect(options->settings);
        write_episodes_json(*corpus, options->output);
        if (options->json) {
            streams.out << nlohmann::json{{"episodes", corpus->documents()},
                                          {"tokens", corpus->tokens()},
                                          {"shortest", corpus->shortest()},
                                          {"longest", corpus->longest()},
                                          {"output", options->output}}
                        << '\n';
            return;
        }
        streams.out << grouped(static_cast<std::int64_t>(corpus->documents())) << " episodes, "
                    << grouped(static_cast<std::int64_t>(corpus->tokens())) << " tokens, written to " << options->output
                    << '\n';
        for (const std::string& warning : corpus->warnings()) streams.err << warning << '\n';
    });
}

}  // namespace gamegpt::cli
