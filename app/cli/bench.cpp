#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <iomanip>
#include <sstream>

#include "app/cli/commands.h"
#include "app/cli/workloads.h"
#include "core/engine/kernels.h"
#include "core/model/flops.h"
#include "core/sample/generate.h"

namespace gamegpt::cli {

namespace {

constexpr int repeats = 7;

// Seconds a call in each repeat, the shortest first. A repeat is as many calls as `repeat_seconds` have room for; what
// the first call sets up is not counted.
std::array<double, repeats> sorted_seconds(double repeat_seconds, const std::function<void()>& call) {
    using Clock = std::chrono::steady_clock;
    const auto seconds_since = [](Clock::time_point start) {
        return std::chrono::duration<double>(Clock::now() - start).count();
    };
    call();
    std::array<double, repeats> seconds{};
    for (double& each : seconds) {
        const Clock::time_point start = Clock::now();
        int calls = 0;
        do {
            call();
            ++calls;
        } while (seconds_since(start) < repeat_seconds);
        each = seconds_since(start) / calls;
    }
    std::ranges::sort(seconds);
    return seconds;
}

double median_seconds(double repeat_seconds, const std::function<void()>& call) {
    return sorted_seconds(repeat_seconds, call)[repeats / 2];
}

// FLOP/s of a 64 x 64 x 64 product whose matrices stay in the caches, in the best repeat: the yardstick for everything
// else. It is a little below what the multipliers could do, because it is measured with the same loops that training
// uses.
template <class Real>
double fastest_product(double repeat_seconds) {
    constexpr std::size_t n = 64;
    const std::vector<Real> a(n * n, Real{0.5}), b(n * n, Real{0.25});
    std::vector<Real> c(n * n);
    constexpr int products = 100;  // a call, so that looking at the clock costs nothing
    const auto seconds = sorted_seconds(repeat_seconds, [&] {
        for (int i = 0; i < products; ++i) kernels::multiply<Real>({a.data(), n, 1, b.data(), n, c.data(), n, n, n, n});
    });
    return products * 2.0 * n * n * n / seconds.front();
}

struct Row {
    std::string name;
    std::string what;
    double seconds = 0;  // a step
    double tokens = 0;   // a step
    double flops = 0;    // a step
    double fastest = 0;  // FLOP/s of the fastest product in the same type

    double flops_per_second() const { return flops / seconds; }
    double share() const { return flops_per_second() / fastest; }
};

Row training_row(std::string name, std::string what, const Workload& workload, EngineKind engine, double fastest,
                 double repeat_seconds) {
    const auto trainer = workload.trainer(engine);
    Row row{std::move(name), std::move(what), 0, 0, 0, fastest};
    row.seconds = median_seconds(repeat_seconds, [&] {
        const int tokens = trainer->step().tokens;
        row.tokens += tokens;
        row.flops += flops_per_step(workload.model, workload.train.batch, tokens / workload.train.batch);
    });
    const auto steps = static_cast<double>(trainer->steps_done());
    row.tokens /= steps;
    row.flops /= steps;
    return row;
}

// A step is a token in each of the streams; the samples are as long as the context.
Row sampling_row(std::string name, std::string what, int streams, double fastest, double repeat_seconds) {
    const Weights weights = Weights::initial({});
    const auto decoder = make_decoder(EngineKind::fast32, weights);
    const SampleSettings settings;
    PythonRandom random(settings.seed);
    const double seconds = median_seconds(repeat_seconds, [&] {
        if (streams == 1) generate(*decoder, settings, random);
        else generate_many(weights, settings, streams, 1);
    });
    const int fed = weights.config().block_size - 1;  // the first token is given
    return {std::move(name),
            std::move(what),
            seconds / fed,
            static_cast<double>(streams),
            streams * forward_flops(weights.config(), fed) / fed,
            fastest};
}

std::string time_text(double seconds) {
    std::ostringstream text;
    if (seconds < 1e-3) text << std::fixed << std::setprecision(seconds < 1e-4 ? 2 : 1) << seconds * 1e6 << " us";
    else text << std::fixed << std::setprecision(2) << seconds * 1e3 << " ms";
    return text.str();
}

void print_table(const std::vector<Row>& rows, double fastest_float, double fastest_double, std::ostream& out) {
    out << kernels::instruction_set() << ". Fastest product measured (64 x 64 x 64, hot, one core): " << std::fixed
        << std::setprecision(1) << fastest_float / 1e9 << " GFLOP/s in float, " << fastest_double / 1e9
        << " in double.\n\n"
        << std::left << std::setw(13) << "workload" << std::right << std::setw(10) << "a step" << std::setw(11)
        << "steps/s" << std::setw(12) << "tokens/s" << std::setw(10) << "GFLOP/s" << std::setw(8) << "share"
        << "  what\n";
    for (const Row& row : rows)
        out << std::left << std::setw(13) << row.name << std::right << std::setw(10) << time_text(row.seconds)
            << std::setw(11) << grouped(static_cast<std::int64_t>(1 / row.seconds)) << std::setw(12)
            << grouped(static_cast<std::int64_t>(row.tokens / row.seconds)) << std::setw(10)
            << row.flops_per_second() / 1e9 << std::setw(6) << std::setprecision(0) << row.share() * 100
            << std::setprecision(1) << " %  " << row.what << '\n';
    out << "\nMedians of " << repeats
        << " repeats, the best one for the product. One thread. Share: of the fastest product in the same type.\n";
}

nlohmann::ordered_json as_json(const std::vector<Row>& rows, double fastest_float, double fastest_double) {
    nlohmann::ordered_json result{
        {"instruction_set", kernels::instruction_set()},
        {"fastest_product_gflops", {{"float", fastest_float / 1e9}, {"double", fastest_double / 1e9}}},
        {"repeats", repeats}};
    for (const Row& row : rows)
        result["rows"].push_back({{"workload", row.name},
                                  {"what", row.what},
                                  {"seconds_per_step", row.seconds},
                                  {"steps_per_second", 1 / row.seconds},
                                  {"tokens_per_second", row.tokens / row.seconds},
                                  {"gflops", row.flops_per_second() / 1e9},
                                  {"share_of_fastest_product", row.share()}});
    return result;
}

}  // namespace

void add_bench(CLI::App& app, Streams streams) {
    struct Options {
        int repeat_ms = 250;
        bool json = false;
    };
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("bench", "How fast this machine trains and samples, in under 20 seconds");
    command->add_option("--repeat-ms", options->repeat_ms, "milliseconds of each repeat")
        ->capture_default_str()
        ->check(CLI::Range(1, 60'000).description(""))
        ->type_name("MS");
    command->add_flag("--json", options->json, "print the figures as JSON");
    command->callback([options, streams] {
        const double repeat = options->repeat_ms / 1000.0;
        const double in_float = fastest_product<float>(repeat);
        const double in_double = fastest_product<double>(repeat);
        const Workload seed = seed_workload();
        const std::vector<Row> rows{
            training_row("W1 float", "the seed: 2 layers, width 32, 64 predictions", seed, EngineKind::fast32, in_float,
                         repeat),
            training_row("W1 double", "the same in double", seed, EngineKind::fast64, in_double, repeat),
            training_row("W2", "1 layer, width 16, one name", names_workload(), EngineKind::fast32, in_float, repeat),
            training_row("W3", "4 layers, width 128, 12 windows of 64", small_workload(), EngineKind::fast32, in_float,
                         repeat),
            sampling_row("sampling", "one stream at W1's size, temperature 0.5", 1, in_float, repeat),
            sampling_row("sampling 256", "256 samples at once; a step is a token of each", 256, in_float, repeat)};
        if (options->json) streams.out << as_json(rows, in_float, in_double) << '\n';
        else print_table(rows, in_float, in_double, streams.out);
    });
}

}  // namespace gamegpt::cli
