#include <QtTest>

#include <deque>

#include <atomic>
#include <cstdlib>
#include <new>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/base/worker_pool.h"
#include "core/engine/fast_engine.h"
#include "core/engine/kernels.h"
#include "core/engine/reference_engine.h"
#include "core/snake/episodes.h"
#include "core/train/trainer.h"
#include "core/train/window_sampler.h"
#include "tests/core/oracle.h"

// Every allocation of this program is counted.
static std::atomic<std::size_t> allocations = 0;
void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace gamegpt;

// What the engines promise beside the right figures: the same bits for any number of threads, every instruction set, no
// allocations, bounded memory.
class TestEngineContracts : public QObject {
    Q_OBJECT

    static const CorpusSplit& corpus() {
        static const CorpusSplit built_in = snake::built_in_corpus();
        return built_in;
    }

    static Weights trained(EngineKind engine, int batch, int threads, int steps) {
        TrainConfig config;
        config.engine = engine;
        config.batch = batch;
        config.threads = threads;
        const auto trainer = make_trainer(ModelConfig{}, config, corpus());
        for (int i = 0; i < steps; ++i) trainer->step();
        return trainer->weights();
    }

    static std::vector<Window> some_windows(int count, int block_size) {
        static std::deque<std::vector<TokenId>> keep;
        WindowSampler sampler(corpus().train, block_size, 5);
        std::vector<Window> windows;
        for (int i = 0; i < count; ++i) {
            sampler.next(keep.emplace_back());
            windows.emplace_back(keep.back());
        }
        return windows;
    }

   private slots:
    void anyNumberOfThreadsGivesTheSameBits_data() {
        QTest::addColumn<int>("engine");
        QTest::addColumn<int>("batch");
        for (const int batch : {2, 7, 12}) {
            QTest::addRow("float, batch %d", batch) << static_cast<int>(EngineKind::fast32) << batch;
            QTest::addRow("double, batch %d", batch) << static_cast<int>(EngineKind::fast64) << batch;
        }
    }
    void anyNumberOfThreadsGivesTheSameBits() {
        QFETCH(int, engine);
        QFETCH(int, batch);
        const auto kind = static_cast<EngineKind>(engine);
        const Weights one = trained(kind, batch, 1, 200);
        for (const int threads : {2, 3}) {
            const Weights more = trained(kind, batch, threads, 200);
            QVERIFY(std::equal(one.values().begin(), one.values().end(), more.values().begin()));
        }
    }

    void everyInstructionSetAgreesWithTheReference_data() {
        QTest::addColumn<QByteArray>("name");
        for (const char* name : kernels::instruction_sets()) QTest::newRow(name) << QByteArray(name);
    }
    void everyInstructionSetAgreesWithTheReference() {
        QFETCH(QByteArray, name);
        kernels::use_instruction_set(name.constData());
        QCOMPARE(QByteArray(kernels::instruction_set()), name);
        ModelConfig config{74, 2, 20, 24, 5, 3, 0.4};
        const Weights weights = Weights::initial(config);
        const std::vector<Window> windows = some_windows(3, config.block_size);
        std::vector<double> expected(weights.values().size());
        std::vector<double> gradients(expected.size());
        std::vector<float> gradients32(expected.size());
        const std::vector<float> parameters32(weights.values().begin(), weights.values().end());
        const double loss = make_engine<double>(EngineKind::reference, config)->loss_and_gradients(weights.values(), windows, expected);
        QVERIFY(close_to(make_engine<double>(EngineKind::fast64, config)->loss_and_gradients(weights.values(), windows, gradients), loss, 1e-10));
        QVERIFY(close_to(make_engine<float>(EngineKind::fast32, config)->loss_and_gradients(parameters32, windows, gradients32), loss, 2e-4));
        double largest = 0;
        for (const double g : expected) largest = std::max(largest, std::abs(g));
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QVERIFY(close_to(gradients[i], expected[i], 1e-10, largest * 1e-3));
            QVERIFY(close_to(static_cast<double>(gradients32[i]), expected[i], 2e-3, largest));
        }
        kernels::use_instruction_set(kernels::instruction_sets().front());
    }

    void anInstructionSetThatIsNotThereIsRefused() { QVERIFY_EXCEPTION_THROWN(kernels::use_instruction_set("Z80"), Error); }

    void aSteadyStepAllocatesNothing_data() {
        QTest::addColumn<int>("engine");
        QTest::addColumn<int>("batch");
        QTest::addColumn<int>("threads");
        QTest::newRow("float") << static_cast<int>(EngineKind::fast32) << 1 << 1;
        QTest::newRow("double, batch") << static_cast<int>(EngineKind::fast64) << 6 << 1;
        QTest::newRow("float, batch, two threads") << static_cast<int>(EngineKind::fast32) << 12 << 2;
    }
    void aSteadyStepAllocatesNothing() {
        QFETCH(int, engine);
        QFETCH(int, batch);
        QFETCH(int, threads);
        TrainConfig config;
        config.engine = static_cast<EngineKind>(engine);
        config.batch = batch;
        config.threads = threads;
        config.held_out_every = 10;
        const auto trainer = make_trainer(ModelConfig{}, config, corpus());
        for (int i = 0; i < 10; ++i) trainer->step();
        const std::size_t before = allocations;
        for (int i = 0; i < 100; ++i) trainer->step();
        QCOMPARE(allocations - before, std::size_t{0});
    }

    void theReferenceKeepsItsTape() {
        ReferenceEngine engine{ModelConfig{}};
        const Weights weights = Weights::initial(ModelConfig{});
        std::vector<double> gradients(weights.values().size());
        const std::vector<Window> windows = some_windows(1, 64);
        engine.loss_and_gradients(weights.values(), windows, gradients);
        const std::size_t bytes = engine.tape_bytes();
        QVERIFY2(bytes < 400'000'000, qPrintable(QString::number(bytes)));
        QVERIFY(bytes <= ReferenceEngine::bytes(ModelConfig{}, 1));
        for (int i = 0; i < 3; ++i) engine.loss_and_gradients(weights.values(), windows, gradients);
        QCOMPARE(engine.tape_bytes(), bytes);
    }

    void memoryIsSaidAndRefused() {
        const ModelConfig w4{65, 6, 384, 256, 6, 42, 0.02};
        TrainConfig config;
        config.batch = 8;
        QVERIFY2(training_bytes(w4, config) < 1'500'000'000, bytes_text(training_bytes(w4, config)).c_str());
        QVERIFY(training_bytes(w4, config) > 4 * ParameterLayout(w4).size() * sizeof(float));
        ModelConfig huge{74, 200, 16384, 65536, 4, 42, 0.02};
        config.batch = 65'536;
        QVERIFY(available_memory() > 0);
        try {
            make_trainer(huge, config, corpus());
            QFAIL("was accepted");
        } catch (const Error& error) {
            QCOMPARE(error.code(), Error::Code::too_large);
            QVERIFY2(QString(error.what()).contains("TB of memory"), error.what());
        }
    }

    void bytesAsText() {
        QCOMPARE(bytes_text(0), std::string("0 bytes"));
        QCOMPARE(bytes_text(999), std::string("999 bytes"));
        QCOMPARE(bytes_text(4'100'000), std::string("4.10 MB"));
        QCOMPARE(bytes_text(41'000'000), std::string("41.0 MB"));
        QCOMPARE(bytes_text(1'320'000'000), std::string("1.32 GB"));
    }

    void aPoolTakesEachTaskOnce() {
        for (const int threads : {1, 2, 5}) {
            WorkerPool pool(threads);
            QCOMPARE(pool.threads(), threads);
            for (int round = 0; round < 200; ++round) {
                std::vector<std::atomic<int>> taken(17);
                pool.run(taken.size(), [&](std::size_t i) { ++taken[i]; });
                for (const auto& count : taken) QCOMPARE(count.load(), 1);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestEngineContracts)
#include "tst_engine_contracts.moc"
