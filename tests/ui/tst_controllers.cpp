#include <QtTest>

#include <QSemaphore>
#include <QTemporaryDir>
#include <QThreadPool>

#include "core/corpus/readers.h"
#include "core/formats/weights_text.h"
#include "core/snake/episodes.h"
#include "ui/controllers/corpus_controller.h"
#include "ui/controllers/inspection_controller.h"
#include "ui/controllers/latest_task.h"
#include "ui/controllers/sampler_controller.h"
#include "ui/controllers/training_controller.h"
#include "ui/controllers/weights_controller.h"

using namespace gamegpt;
using namespace gamegpt::ui;

// The controllers without a window: what comes late, what is replaced, what is refused.
class TestControllers : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    CorpusSplit m_snake;
    CorpusSplit m_names;

    static bool waitFor(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, 20'000); }
    static bool waitForState(const TrainingController& training, LoopState state) {
        return waitFor([&] { return training.status().state == state; });
    }
    QString weightsFile(int vocabulary) const {
        ModelConfig config;
        config.vocab_size = vocabulary;
        const QString path = m_folder.filePath(QStringLiteral("%1.txt").arg(vocabulary));
        save_weights_text(Weights::initial(config), path.toStdString());
        return path;
    }
    static TrainConfig endless() {
        TrainConfig train;
        train.steps = 100'000'000;
        train.held_out_every = 0;
        return train;
    }

   private slots:
    void initTestCase() {
        m_snake = snake::built_in_corpus();
        m_names = split(parse_corpus("emma\nolivia\nava\n", "names.txt", CorpusFormat::lines), 0, 1);
    }

    void theNewestTaskWins() {
        std::vector<int> delivered;
        LatestTask<int> task([&](int result) { delivered.push_back(result); });
        QSemaphore gate;
        const auto work = [&](int number) {
            return [&gate, number](const LatestTask<int>::Cancelled&) {
                gate.acquire();
                return number;
            };
        };
        for (int number = 1; number <= 4; ++number) task.run(work(number));
        QVERIFY(task.isRunning());
        gate.release(4);
        QVERIFY(waitFor([&] { return !task.isRunning(); }));
        QCOMPARE(delivered, (std::vector<int>{1, 4}));
    }

    void aCancelledTaskIsNotDelivered() {
        std::vector<int> delivered;
        LatestTask<int> task([&](int result) { delivered.push_back(result); });
        QSemaphore gate;
        bool told = false;
        task.run([&](const LatestTask<int>::Cancelled& cancelled) {
            gate.acquire();
            told = cancelled->load();
            return 1;
        });
        task.cancel();
        task.run([](const LatestTask<int>::Cancelled&) { return 2; });
        gate.release();
        QVERIFY(waitFor([&] { return !task.isRunning() && !delivered.empty(); }));
        QVERIFY(told);
        QCOMPARE(delivered, (std::vector<int>{2}));
    }

    void aTaskMayOutliveItsOwner() {
        auto gate = std::make_shared<QSemaphore>();
        bool delivered = false;
        {
            LatestTask<int> task([&](int) { delivered = true; });
            task.run([gate](const LatestTask<int>::Cancelled&) {
                gate->acquire();
                return 1;
            });
        }
        gate->release();
        QVERIFY(QThreadPool::globalInstance()->waitForDone(20'000));
        QCoreApplication::processEvents();
        QVERIFY(!delivered);
    }

    void aFailedTaskGivesASentence() {
        const auto outcome = attempt([]() -> int { throw std::runtime_error("the file is gone"); });
        QVERIFY(!outcome.value);
        QCOMPARE(outcome.error, QStringLiteral("the file is gone"));
        QVERIFY(!attempt([]() -> int { throw std::bad_alloc(); }).error.isEmpty());
    }

    void recordsArriveInOrderWithoutGaps() {
        TrainingController training;
        TrainConfig train = endless();
        train.steps = 500;
        training.setSettings(ModelConfig{}, train);
        std::vector<StepRecord> records;
        int arrivals = 0;
        connect(&training, &TrainingController::recordsArrived, this, [&](const std::vector<StepRecord>& some) {
            records.insert(records.end(), some.begin(), some.end());
            ++arrivals;
        });
        training.setCorpus(m_snake);
        training.run();
        QVERIFY(waitForState(training, LoopState::finished));
        QCOMPARE(records.size(), std::size_t{500});
        for (std::size_t i = 0; i < records.size(); ++i) QCOMPARE(records[i].step, static_cast<std::int64_t>(i + 1));
        QVERIFY(arrivals < 500);
        QCOMPARE(training.snapshot()->step, 500);
    }

    void nothingOfAnOldRunArrives() {
        TrainingController training;
        training.setSettings(ModelConfig{}, endless());
        training.setCorpus(m_snake);
        training.run();
        QVERIFY(waitFor([&] { return training.status().step > 10; }));
        for (int i = 0; i < 5; ++i) {
            training.reset();
            const quint64 run = training.runNumber();
            QVERIFY(!training.snapshot());
            QCOMPARE(training.status().step, 0);
            QVERIFY(!training.isLocked());
            QVERIFY(waitFor([&] { return training.snapshot() != nullptr; }));
            QCOMPARE(training.snapshot()->run, run);
            QCOMPARE(training.snapshot()->step, 0);
            training.run();
            QVERIFY(waitFor([&] { return training.status().step > 0; }));
            QVERIFY(training.isLocked());
        }
    }

    void aCorpusBringsItsVocabularySize() {
        TrainingController training;
        training.setCorpus(m_snake);
        QVERIFY(waitForState(training, LoopState::ready));
        QCOMPARE(training.snapshot()->weights.config().vocab_size, 74);
        training.setCorpus(m_names);
        QVERIFY(waitForState(training, LoopState::ready));
        QCOMPARE(training.model().vocab_size, static_cast<int>(m_names.train->vocabulary().size()));
        QCOMPARE(training.snapshot()->vocabulary, m_names.train->vocabulary_ptr());
    }

    void weightsThatComeTooLateForTheirCorpusAreRefused() {
        TrainingController training;
        WeightsController weights(&training);
        QString sentence;
        connect(&weights, &WeightsController::failed, this,
                [&](const QString&, const QString& what) { sentence = what; });
        const QSignalSpy imported(&weights, &WeightsController::imported);
        training.setCorpus(m_snake);
        QVERIFY(waitForState(training, LoopState::ready));
        const QString path = weightsFile(74);
        weights.importFrom(path);
        QVERIFY(weights.isImporting());
        training.setCorpus(m_names);
        QVERIFY(waitFor([&] { return !weights.isImporting(); }));
        QVERIFY2(sentence.contains(path), qPrintable(sentence));
        QVERIFY2(sentence.contains(QStringLiteral(" 74 ")), qPrintable(sentence));
        QCOMPARE(imported.size(), 0);
        QVERIFY(!training.isImported());
        QVERIFY(waitForState(training, LoopState::ready));
        QCOMPARE(training.model().vocab_size, static_cast<int>(m_names.train->vocabulary().size()));
    }

    void theNewestCorpusWins() {
        CorpusController corpus;
        const QSignalSpy loads(&corpus, &CorpusController::loaded);
        QString sentence;
        connect(&corpus, &CorpusController::failed, this, [&](const QString& what) { sentence = what; });
        QFile file(m_folder.filePath(QStringLiteral("names.txt")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("emma\nolivia\nava\nmia\n") > 0);
        file.close();
        corpus.loadBuiltIn();
        corpus.open(file.fileName());
        QVERIFY(waitFor([&] { return loads.size() > 0; }));
        QCOMPARE(loads.size(), 1);
        QCOMPARE(corpus.path(), file.fileName());
        QCOMPARE(corpus.split().train->documents(), std::size_t{3});

        const auto before = corpus.split().train;
        corpus.open(m_folder.filePath(QStringLiteral("missing.txt")));
        QVERIFY(waitFor([&] { return !sentence.isEmpty(); }));
        QVERIFY(sentence.contains(QStringLiteral("missing.txt")));
        QCOMPARE(corpus.split().train, before);
        QCOMPARE(corpus.path(), file.fileName());
        corpus.setHeldOutShare(0.5);
        QVERIFY(waitFor([&] { return loads.size() == 2; }));
        QCOMPARE(corpus.split().train->documents(), std::size_t{2});
        QCOMPARE(corpus.split().held_out->documents(), std::size_t{2});
    }

    void samplesNameTheirRunAndStep() {
        SamplerController sampler;
        std::vector<Samples> drawn;
        std::vector<bool> busy;
        connect(&sampler, &SamplerController::drawn, this, [&](const Samples& samples) { drawn.push_back(samples); });
        connect(&sampler, &SamplerController::busyChanged, this, [&](bool now) { busy.push_back(now); });
        const auto snapshot = std::make_shared<const ModelSnapshot>(
            ModelSnapshot{3, 17, Weights::initial(ModelConfig{}), m_snake.train->vocabulary_ptr()});
        SampleSettings settings;
        settings.temperature = 1;
        settings.draws = DrawOrder::per_sample;
        sampler.draw(snapshot, settings, 4);
        QVERIFY(waitFor([&] { return !drawn.empty(); }));
        QCOMPARE(drawn[0].run, 3u);
        QCOMPARE(drawn[0].step, 17);
        QCOMPARE(drawn[0].settings.temperature, 1.0);
        QCOMPARE(drawn[0].sequences.size(), std::size_t{4});
        for (const auto& sequence : drawn[0].sequences) QCOMPARE(sequence.front(), m_snake.train->vocabulary().start());
        QCOMPARE(busy, (std::vector<bool>{true, false}));
        // Fewer samples are the first of more, and a later seed starts one further on.
        settings.seed += 1;
        sampler.draw(snapshot, settings, 2);
        QVERIFY(waitFor([&] { return drawn.size() == 2; }));
        QVERIFY(drawn[1].sequences[0] == drawn[0].sequences[1]);
        QVERIFY(drawn[1].sequences[1] == drawn[0].sequences[2]);
    }

    // A draw that took 20 ms may be followed by the next one after 20 / 0.03 ms while a model is being trained.
    void liveDrawsLeaveTheTimeToTraining() {
        LivePace pace;
        pace.setRate(25);
        const QSignalSpy due(&pace, &LivePace::due);
        pace.want(true);
        QCOMPARE(due.size(), 1);
        QElapsedTimer timer;
        timer.start();
        pace.began();
        pace.want(true);  // nothing is due while one is at work
        QCOMPARE(due.size(), 1);
        pace.ended(20);
        pace.want(true);
        QVERIFY(waitFor([&] { return due.size() == 2; }));
        QVERIFY2(timer.elapsed() >= 666, qPrintable(QString::number(timer.elapsed())));
        pace.began();
        pace.ended(20);
        pace.want(false);  // a model that stands still loses nothing
        QCOMPARE(due.size(), 3);
        QVERIFY(pace.reached() > 0);
    }

    void cancelledSamplesAreNoLongerBusy() {
        SamplerController sampler;
        bool busy = false;
        connect(&sampler, &SamplerController::busyChanged, this, [&](bool now) { busy = now; });
        const QSignalSpy drawn(&sampler, &SamplerController::drawn);
        const auto snapshot = std::make_shared<const ModelSnapshot>(
            ModelSnapshot{1, 0, Weights::initial(ModelConfig{}), m_snake.train->vocabulary_ptr()});
        sampler.draw(snapshot, SampleSettings{}, 100);
        QVERIFY(busy);
        sampler.cancel();
        QVERIFY(!busy);
        QVERIFY(QThreadPool::globalInstance()->waitForDone(20'000));
        QCoreApplication::processEvents();
        QCOMPARE(drawn.size(), 0);
    }

    void tracesAreCutToTheContext() {
        InspectionController inspection;
        std::shared_ptr<const Trace> newest;
        QStringList names;
        connect(&inspection, &InspectionController::traced, this,
                [&](std::shared_ptr<const Trace> trace, const QStringList& labels) {
                    newest = std::move(trace);
                    names = labels;
                });
        ModelConfig config;
        config.block_size = 8;
        const auto snapshot = std::make_shared<const ModelSnapshot>(
            ModelSnapshot{1, 0, Weights::initial(config), m_snake.train->vocabulary_ptr()});
        const auto document = m_snake.train->document(0);
        inspection.traceTokens(snapshot, {document.begin(), document.end()});
        QVERIFY(waitFor([&] { return newest != nullptr; }));
        QCOMPARE(newest->tokens.size(), std::size_t{8});
        QCOMPARE(names.size(), 8);
        QCOMPARE(names[1], QString::fromStdString(m_snake.train->vocabulary().label(document[1])));
        QCOMPARE(newest->attention.size(), std::size_t{2});
        QCOMPARE(newest->attention[0].size(), std::size_t{4});
    }
};

QTEST_GUILESS_MAIN(TestControllers)
#include "tst_controllers.moc"
