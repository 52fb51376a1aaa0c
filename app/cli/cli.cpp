#include "app/cli/cli.h"

#include "app/cli/commands.h"
#include "core/base/error.h"

namespace gamegpt::cli {

namespace {
// One line, whatever the message holds.
int fail(std::ostream& err, std::string message) {
    for (char& c : message)
        if (c == '\n' || c == '\r') c = ' ';
    err << "gamegpt: " << message << '\n';
    return 2;
}
}  // namespace

int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err) {
    CLI::App app("Trains, samples and inspects very small transformers. Every command has its own --help.", "gamegpt");
    app.set_version_flag("--version", GAMEGPT_VERSION);
    app.require_subcommand(0, 1);
    app.get_formatter()->column_width(34);
    const Streams streams{out, err};
    add_train(app, streams);
    add_sample(app, streams);
    add_eval(app, streams);
    add_trace(app, streams);
    add_generate(app, streams);
    add_info(app, streams);
    add_demo(app, streams);
    add_bench(app, streams);
    add_validate(app, streams);
    add_sweep(app, streams);
    add_play(app, streams);
    try {
        app.parse(argc, argv);
        if (app.get_subcommands().empty())
            return fail(err,
                        "a command is needed: train, sample, eval, trace, generate, info, demo, bench, validate, "
                        "sweep or play");
        out.flush();
        if (!out) return fail(err, "writing the output failed");
        return 0;
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error, out, err);  // --help, --version
        return fail(err, error.what());
    } catch (const Error& error) {
        return fail(err, error.what());
    } catch (const std::bad_alloc&) {
        return fail(err, "there is not enough memory for this");
    }
}

}  // namespace gamegpt::cli
