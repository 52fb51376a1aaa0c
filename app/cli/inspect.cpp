#include <iomanip>
#include <sstream>

#include "app/cli/commands.h"
#include "core/base/error.h"
#include "core/engine/kernels.h"
#include "core/engine/trace.h"
#include "core/train/evaluate.h"

namespace gamegpt::cli {

void add_eval(CLI::App& app, Streams streams) {
    struct Options {
        WeightsOptions weights;
        CorpusOptions corpus;
        EngineKind engine = EngineKind::fast64;
        bool json = false;
    };
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("eval", "Mean cross-entropy of weights over all documents of a corpus");
    options->weights.add_to(*command);
    options->corpus.add_to(*command);
    add_engine_option(*command, options->engine);
    command->add_flag("--json", options->json, "print the figures as JSON");
    command->callback([options, streams] {
        const Evaluation result =
            evaluate(options->weights.load(), *options->corpus.load_for(options->weights.path), options->engine);
        if (options->json) {
            streams.out << nlohmann::json{{"nats_per_token", result.nats_per_token},
                                          {"perplexity", result.perplexity},
                                          {"tokens", result.tokens}}
                        << '\n';
            return;
        }
        streams.out << std::fixed << std::setprecision(4) << result.nats_per_token << " nats per token, perplexity "
                    << result.perplexity << ", over " << grouped(static_cast<std::int64_t>(result.tokens))
                    << " predictions\n";
    });
}

namespace {

// "0 3 4" or "0,3,4", or names of the vocabulary's tokens.
std::vector<TokenId> parse_tokens(std::string text, const Vocabulary& vocabulary) {
    for (char& c : text)
        if (c == ',') c = ' ';
    std::vector<TokenId> tokens;
    std::istringstream in(text);
    for (std::string word; in >> word;) {
        if (const auto named = vocabulary.find(word); named && !vocabulary.joins()) {
            tokens.push_back(*named);
            continue;
        }
        std::size_t used = 0;
        long id = -1;
        try {
            id = std::stol(word, &used);
        } catch (const std::exception&) {
            used = 0;
        }
        if (used != word.size() || id < 0 || static_cast<std::size_t>(id) >= vocabulary.size())
            throw Error(Error::Code::bad_argument,
                        "--tokens: \"" + word.substr(0, 40) + "\" is neither a token ID below " +
                            std::to_string(vocabulary.size()) + " nor a token's name",
                        {"", {}, tokens.size()});
        tokens.push_back(static_cast<TokenId>(id));
    }
    return tokens;
}

}  // namespace

void add_trace(CLI::App& app, Streams streams) {
    struct Options {
        WeightsOptions weights;
        EngineKind engine = EngineKind::fast64;
        std::string tokens;
        bool json = true;
    };
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("trace", "Logits and attention weights of one sequence, as JSON");
    options->weights.add_to(*command);
    add_engine_option(*command, options->engine);
    command->add_option("--tokens", options->tokens, "token IDs or names, separated by spaces")
        ->required()
        ->type_name("\"0 3 4\"");
    command->add_flag("--json", options->json, "JSON is what trace always prints");
    command->callback([options, streams] {
        const Weights weights = options->weights.load();
        const auto vocabulary = vocabulary_for(weights.config(), {}, options->weights.path);
        const Trace result = trace(weights, parse_tokens(options->tokens, *vocabulary), options->engine);
        streams.out << nlohmann::json{{"logits", result.logits}, {"attention", result.attention}} << '\n';
    });
}

void add_info(CLI::App& app, Streams streams) {
    struct Options {
        std::string weights;
        int n_head = 4;
        CorpusOptions corpus;
        bool json = false;
    };
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("info", "What is in a weights file or a corpus, and what this machine computes with");
    command->add_option("--weights", options->weights, "weights file")->type_name("FILE");
    command->add_option("--n-head", options->n_head, "attention heads, which the file does not tell")
        ->capture_default_str()
        ->type_name("N");
    options->corpus.add_to(*command);
    command->add_flag("--json", options->json, "print the figures as JSON");
    command->callback([options, streams] {
        nlohmann::ordered_json info;
        info["version"] = GAMEGPT_VERSION;
        info["instruction_set"] = kernels::instruction_set();
        if (!options->weights.empty()) {
            const Weights weights = WeightsOptions{options->weights, options->n_head}.load();
            const ModelConfig& c = weights.config();
            info["weights"] = {{"vocab_size", c.vocab_size}, {"n_layer", c.n_layer},
                               {"n_embd", c.n_embd},         {"block_size", c.block_size},
                               {"n_head", c.n_head},         {"parameters", weights.values().size()}};
            for (const ParameterEntry& entry : weights.layout().entries())
                info["weights"]["matrices"][entry.name] = {entry.rows, entry.cols};
        }
        if (options->weights.empty() || !options->corpus.built_in()) {
            const auto corpus = options->corpus.load();
            info["corpus"] = {{"name", corpus->name()},
                              {"format", name_of(corpus->format())},
                              {"documents", corpus->documents()},
                              {"tokens", corpus->tokens()},
                              {"vocabulary", corpus->vocabulary().size()},
                              {"shortest", corpus->shortest()},
                              {"longest", corpus->longest()},
                              {"hash", corpus->content_hash()},
                              {"warnings", corpus->warnings()}};
        }
        if (options->json) {
            streams.out << info << '\n';
            return;
        }
        for (const auto& [key, value] : info.items()) {
            if (!value.is_object()) {
                streams.out << std::left << std::setw(18) << key << value.get<std::string>() << '\n';
                continue;
            }
            streams.out << key << '\n';
            for (const auto& [name, field] : value.items()) {
                if (name == "matrices") {
                    for (const auto& [matrix, shape] : field.items())
                        streams.out << "  " << std::setw(16) << matrix << shape[0] << " x " << shape[1] << '\n';
                } else if (field.is_array()) {
                    for (const auto& sentence : field) streams.out << "  " << sentence.get<std::string>() << '\n';
                } else {
                    streams.out << "  " << std::setw(16) << name
                                << (field.is_number() ? grouped(field.get<std::int64_t>()) : field.get<std::string>())
                                << '\n';
                }
            }
        }
    });
}

}  // namespace gamegpt::cli
