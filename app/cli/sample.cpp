#include <thread>

#include "app/cli/commands.h"
#include "core/base/error.h"
#include "core/sample/prompt.h"
#include "core/sample/token_figures.h"

namespace gamegpt::cli {

void add_sample(CLI::App& app, Streams streams) {
    struct Options {
        WeightsOptions weights;
        CorpusOptions corpus;
        EngineKind engine = EngineKind::fast64;
        RulesOptions rules;
        DrawOptions draw;
        int count = 1;
        bool json = false;
        std::optional<TokenId> bos, eos;
        std::string draws = "in-turn";
        std::string prompt;
        bool figures = false;
    };
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("sample", "Draws sequences from trained weights");
    options->weights.add_to(*command);
    options->corpus.add_to(*command);
    add_engine_option(*command, options->engine);
    options->rules.add_to(*command);
    options->draw.add_to(*command);
    command->add_option("--count", options->count, "sequences to draw")
        ->capture_default_str()
        ->check(CLI::Range(1, 1'000'000).description(""))
        ->type_name("N");
    command->add_option("--bos", options->bos, "token ID to start with (default: the vocabulary's)")->type_name("ID");
    command->add_option("--eos", options->eos, "token ID to stop after (default: the vocabulary's)")->type_name("ID");
    command
        ->add_option("--draws", options->draws,
                     "in-turn: one generator for all sequences; per-sample: one each, seeded S, S+1, ...")
        ->check(CLI::IsMember({"in-turn", "per-sample"}).description(""))
        ->capture_default_str()
        ->type_name("NAME");
    command->add_option("--prompt", options->prompt, "text that sequences begin with, behind BOS where there is one")
        ->type_name("TEXT");
    command->add_flag("--json", options->json, "print the sequences as JSON");
    command->add_flag("--figures", options->figures,
                      "JSON with the probability, the rank and the entropy of each token where it was drawn");
    command->callback([options, streams] {
        const Weights weights = options->weights.load();
        const auto vocabulary = vocabulary_for(weights.config(), options->corpus, options->weights.path);
        const auto grammar = grammar_for(vocabulary, options->rules.rules);
        SampleSettings settings = options->draw.settings_for(*vocabulary, grammar);
        if (options->bos) settings.start = *options->bos;
        if (options->eos) settings.stop = options->eos;
        settings.draws = options->draws == "in-turn" ? DrawOrder::in_turn : DrawOrder::per_sample;
        if (!options->prompt.empty()) {
            if (grammar) settings.anchors = grammar->anchors();
            begin_with(settings, prompt_tokens(*vocabulary, options->prompt), weights.config());
        }
        const bool json = options->json || options->figures;
        const auto explainer = options->figures ? make_decoder(options->engine, weights) : nullptr;
        nlohmann::json samples = nlohmann::json::array();
        const auto show = [&](int, std::vector<TokenId> tokens) {
            const std::string text = vocabulary->text(tokens);
            if (!json) {
                streams.out << text << '\n';
                return true;
            }
            samples.push_back({{"tokens", tokens}, {"text", text}});
            if (!options->figures) return true;
            nlohmann::json& all = samples.back()["figures"] = nlohmann::json::array();
            for (const TokenFigures& figures : token_figures(*explainer, tokens, settings))
                all.push_back(
                    {{"probability", figures.probability}, {"rank", figures.rank}, {"entropy", figures.entropy}});
            return true;
        };
        if (settings.draws == DrawOrder::per_sample && options->engine == EngineKind::fast32) {
            const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
            for (std::vector<TokenId>& tokens : generate_many(weights, settings, options->count, threads))
                show(0, std::move(tokens));
        } else {
            generate(*make_decoder(options->engine, weights), settings, options->count, show);
        }
        if (json) streams.out << nlohmann::json{{"samples", std::move(samples)}} << '\n';
    });
}

}  // namespace gamegpt::cli
