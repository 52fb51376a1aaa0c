#include <unistd.h>

#include <charconv>
#include <cmath>
#include <filesystem>
#include <iomanip>

#include "app/cli/commands.h"
#include "app/cli/progress.h"
#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/base/text_file.h"
#include "core/formats/vocabulary_json.h"
#include "core/formats/weights_text.h"
#include "core/sample/generate.h"
#include "core/train/presets.h"
#include "core/train/trainer.h"

namespace gamegpt::cli {

namespace {

struct Options {
    CorpusOptions corpus;
    ModelConfig model;
    TrainConfig train;
    double held_out = 0;
    std::string weights_in, weights_out, log;
    bool json = false;
};

void add_schedule_option(CLI::App& command, Schedule& schedule) {
    static const std::map<std::string, Schedule> names{
        {"linear", Schedule::linear}, {"constant", Schedule::constant}, {"cosine", Schedule::cosine}};
    command.add_option("--schedule", schedule, "linear (the original's), constant or cosine with warm-up")
        ->transform(CLI::CheckedTransformer(names).description(""))
        ->type_name("NAME");
}

// Full precision: the shortest digits that read back as the same number.
std::string exact(double value) {
    char text[64];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

// Finds out before the training, not after it, that a result would have nowhere to go.
void check_folder(const std::string& path) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    if (!path.empty() && !folder.empty() && !std::filesystem::is_directory(folder))
        throw Error(Error::Code::write_failed, "there is no folder " + folder.string(), {path, {}, {}});
}

struct Run {
    std::unique_ptr<Trainer> trainer;
    std::vector<StepRecord> records;
    double seconds = 0;
    double mean_loss = 0;
    std::int64_t tokens = 0;
};

Run train(const ModelConfig& model, const TrainConfig& config, const CorpusSplit& corpus,
          std::optional<Weights> initial, std::ostream& progress_out, int terminal_fd) {
    Run run{make_trainer(model, config, corpus, std::move(initial)), {}, 0, 0, 0};
    progress_out << "Training takes " << bytes_text(training_bytes(model, config)) << " of memory\n";
    Progress progress(progress_out, isatty(terminal_fd) != 0, config.steps);
    for (std::int64_t i = 0; i < config.steps; ++i) {
        run.records.push_back(run.trainer->step());
        progress.add(run.records.back());
    }
    progress.finish();
    run.seconds = progress.seconds();
    run.mean_loss = progress.mean_loss();
    run.tokens = progress.tokens();
    return run;
}

void write_log(const std::vector<StepRecord>& records, const std::string& path) {
    replace_file(path, [&](std::ostream& out) {
        out << "step,loss,lr\n";
        for (const StepRecord& r : records)
            out << r.step << ',' << exact(r.loss) << ',' << exact(r.learning_rate) << '\n';
    });
}

void run_train(const Options& options, Streams streams) {
    check_folder(options.weights_out);
    check_folder(options.log);
    TrainConfig config = options.train;
    config.seed = options.model.seed;
    const CorpusSplit corpus = options.corpus.load(options.held_out, config.seed, options.weights_in);
    ModelConfig model = options.model;
    model.vocab_size = static_cast<int>(corpus.train->vocabulary().size());
    std::optional<Weights> initial;
    if (!options.weights_in.empty()) {
        initial = load_weights_text(options.weights_in, model.n_head);
        model = initial->config();
    }
    const Run run = train(model, config, corpus, std::move(initial), streams.err, STDERR_FILENO);
    if (!options.log.empty()) write_log(run.records, options.log);
    const Weights weights = run.trainer->weights();
    if (!options.weights_out.empty()) {
        save_weights_text(weights, options.weights_out);
        save_vocabulary_beside(options.weights_out, corpus.train->vocabulary());
    }
    const double held_out = run.trainer->held_out_loss();
    const double per_second = run.seconds > 0 ? static_cast<double>(run.tokens) / run.seconds : 0;
    if (options.json) {
        nlohmann::ordered_json result{{"steps", config.steps},
                                      {"parameters", weights.values().size()},
                                      {"memory_bytes", training_bytes(model, config)},
                                      {"mean_loss_last_100", run.mean_loss},
                                      {"held_out", held_out},
                                      {"seconds", run.seconds},
                                      {"tokens_per_second", per_second}};
        streams.out << result << '\n';
        return;
    }
    streams.out << grouped(config.steps) << " steps in " << std::round(run.seconds * 1000) / 1000 << " s ("
                << grouped(static_cast<std::int64_t>(per_second)) << " tokens/s)";
    if (config.steps > 0)
        streams.out << ", mean loss of the last " << std::min<std::int64_t>(100, config.steps) << " steps "
                    << run.mean_loss;
    if (!std::isnan(held_out)) streams.out << ", held out " << held_out;
    streams.out << '\n';
    if (!options.weights_out.empty()) streams.out << "Weights written to " << options.weights_out << '\n';
}

}  // namespace

void add_train(CLI::App& app, Streams streams) {
    auto options = std::make_shared<Options>();
    ModelConfig& model = options->model;
    TrainConfig& train = options->train;
    CLI::App* command = app.add_subcommand("train", "Trains a model");
    options->corpus.add_to(*command);
    std::vector<std::string> names;
    for (const Preset& preset : presets()) names.emplace_back(preset.id);
    command
        ->add_option_function<std::string>(
            "--preset",
            [options](const std::string& id) {
                for (const Preset& preset : presets())
                    if (id == preset.id) apply(preset, options->model, options->train);
            },
            "settings known to work: seed (Snake), names (short lines) or text (one long text); give it before the "
            "options that change it")
        ->check(CLI::IsMember(names).description(""))
        ->trigger_on_parse()
        ->type_name("NAME");
    command->add_option("--steps", train.steps, "training steps; 0 only makes the initial weights")
        ->capture_default_str()
        ->type_name("N");
    command->add_option("--seed", model.seed, "seed of the initial weights, the windows and the held-out share")
        ->capture_default_str()
        ->type_name("S");
    add_engine_option(*command, train.engine);
    command->add_option("--lr", train.learning_rate, "learning rate")->capture_default_str()->type_name("LR");
    add_schedule_option(*command, train.schedule);
    command->add_option("--horizon", train.horizon, "steps over which the learning rate falls; 0 for max(5000, steps)")
        ->capture_default_str()
        ->type_name("N");
    command->add_option("--warmup", train.warmup_steps, "warm-up steps of the cosine schedule")
        ->capture_default_str()
        ->type_name("N");
    command->add_option("--batch", train.batch, "windows a step")->capture_default_str()->type_name("N");
    command
        ->add_option("--threads", train.threads,
                     "threads that share a batch; 0 for all of the machine's; the result is the same")
        ->capture_default_str()
        ->type_name("N");
    command->add_option("--n-layer", model.n_layer, "layers")->capture_default_str()->type_name("N");
    command->add_option("--n-embd", model.n_embd, "width of the embedding")->capture_default_str()->type_name("N");
    command->add_option("--n-head", model.n_head, "attention heads")->capture_default_str()->type_name("N");
    command->add_option("--block-size", model.block_size, "context: positions the model can look at")
        ->capture_default_str()
        ->type_name("N");
    command->add_option("--init-std", model.init_std, "standard deviation of the initial weights")
        ->capture_default_str()
        ->type_name("X");
    command
        ->add_option("--held-out", options->held_out,
                     "share of the documents kept from training and measured, 0 to 0.9")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 0.9).description(""))
        ->type_name("SHARE");
    command
        ->add_option("--weights-in", options->weights_in,
                     "weights to start from; they tell the model's shape, but not --n-head")
        ->type_name("FILE");
    command->add_option("--weights-out", options->weights_out, "where to write the trained weights")->type_name("FILE");
    command->add_option("--log", options->log, "where to write the loss curve (CSV: step,loss,lr)")->type_name("FILE");
    command->add_flag("--json", options->json, "print the figures as JSON");
    command->callback([options, streams] { run_train(*options, streams); });
}

void add_demo(CLI::App& app, Streams streams) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "demo", "Trains on the built-in corpus and prints samples: the workbench's job without a display");
    options->corpus.add_to(*command);
    command->add_option("--steps", options->train.steps, "training steps")->capture_default_str()->type_name("N");
    command->callback([options, streams] {
        const CorpusSplit corpus = options->corpus.load(0.1, 42);
        const Vocabulary& vocabulary = corpus.train->vocabulary();
        options->model.vocab_size = static_cast<int>(vocabulary.size());
        streams.out << corpus.train->name() << ": " << grouped(static_cast<std::int64_t>(corpus.train->tokens()))
                    << " tokens, vocabulary of " << vocabulary.size() << std::endl;
        const Run run = train(options->model, options->train, corpus, {}, streams.out, STDOUT_FILENO);
        streams.out << std::fixed << std::setprecision(3) << "Mean loss " << run.mean_loss
                    << " nats a token over the last steps (guessing: "
                    << std::log(static_cast<double>(vocabulary.size())) << "). Samples at temperature 0.5:\n";
        generate(*make_decoder(EngineKind::fast32, run.trainer->weights()), sample_settings_for(vocabulary), 3,
                 [&](int, const std::vector<TokenId>& tokens) {
                     streams.out << "\n" << vocabulary.text(tokens) << '\n';
                     return true;
                 });
    });
}

}  // namespace gamegpt::cli
