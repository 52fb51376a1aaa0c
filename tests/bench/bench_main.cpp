#include <string>

#include "core/engine/kernels.h"
#include "tests/bench/measure.h"

int main(int argc, char** argv) {
    using namespace gamegpt;
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::AddCustomContext("instruction_set", kernels::instruction_set());
    benchmark::AddCustomContext("peak_float_gflops", std::to_string(bench::peak_flops<float>() / 1e9));
    benchmark::AddCustomContext("peak_double_gflops", std::to_string(bench::peak_flops<double>() / 1e9));
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
