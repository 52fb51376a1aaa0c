#include <QClipboard>
#include <QInputDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QMenu>
#include <QProcess>
#include <QProgressBar>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>

#include "ui/controllers/sampler_controller.h"
#include "ui/widgets/format.h"
#include "ui/widgets/prompt_field.h"
#include "ui/widgets/sample_row.h"
#include "workbench.h"

using namespace gamegpt;
using namespace gamegpt::ui;

// Samples: the same ones for the same seed, temperature and weights; live, or when asked for.
class TestWindowSampler : public QObject {
    Q_OBJECT

   private slots:
    void init() { QSettings().clear(); }

    void theTemperatureMorphsTheSameSamples_data() {
        QTest::addColumn<bool>("training");
        QTest::newRow("paused") << false;
        QTest::newRow("while training") << true;
    }
    void theTemperatureMorphsTheSameSamples() {
        QFETCH(bool, training);
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.train(30));
        if (!training) {
            QVERIFY(bench.click("startButton"));
            QVERIFY(bench.waitForState("Paused"));
            QVERIFY(bench.waitForSamples());
        }
        std::vector<std::pair<double, std::vector<std::vector<TokenId>>>> drawn;
        connect(bench.window().findChild<SamplerController*>(), &SamplerController::drawn, this,
                [&](const Samples& samples) { drawn.emplace_back(samples.settings.temperature, samples.sequences); });
        const auto at = [&](Qt::Key key, double temperature) {
            drawn.clear();
            if (!bench.pressIn("temperatureSlider", key)) return std::vector<std::vector<TokenId>>();
            if (!bench.waitFor([&] { return !drawn.empty() && drawn.back().first == temperature; }))
                return std::vector<std::vector<TokenId>>();
            return drawn.back().second;
        };
        const auto greedy = at(Qt::Key_Home, 0);
        QCOMPARE(greedy.size(), std::size_t{5});
        QCOMPARE(bench.textOf("temperatureSliderNumber"), QStringLiteral("0.00"));
        for (const auto& sample : greedy) QVERIFY(sample == greedy.front());
        const auto wild = at(Qt::Key_End, 2);
        QCOMPARE(wild.size(), std::size_t{5});
        QVERIFY(wild != greedy);
        QVERIFY(wild[0] != wild[1]);
        if (training) {
            QVERIFY(bench.waitForStep(bench.step() + 10));
            QCOMPARE(bench.state(), QStringLiteral("Training"));
            return;
        }
        QVERIFY(bench.samples() == wild);
        QVERIFY(at(Qt::Key_Home, 0) == greedy);
        QVERIFY(at(Qt::Key_End, 2) == wild);
        const auto near = at(Qt::Key_Left, 1.99);
        QCOMPARE(near.size(), std::size_t{5});
        QVERIFY(bench.type("sampleSeedSpin", QStringLiteral("43")));
        // Sample i has the generator of seed + i: the second sample becomes the first.
        QVERIFY(bench.waitFor([&] { return bench.samples().front() == near[1]; }));
    }

    void countAndLengthShapeTheSamples() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.waitForSamples());
        QVERIFY(bench.type("countSpin", QStringLiteral("3")));
        QVERIFY(bench.waitFor([&] { return bench.samples().size() == 3; }));
        QVERIFY(bench.type("lengthSpin", QStringLiteral("7")));
        QVERIFY(bench.waitFor([&] {
            const auto samples = bench.samples();
            return std::all_of(samples.begin(), samples.end(), [](const auto& sample) { return sample.size() <= 7; });
        }));
        QVERIFY(bench.type("countSpin", QStringLiteral("6")));
        QVERIFY(bench.waitFor([&] { return bench.samples().size() == 6; }));
    }

    void samplesFollowTraining() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.waitForSamples());
        const auto untrained = bench.samples();
        QVERIFY(bench.train(30));
        QVERIFY(bench.waitFor([&] { return bench.samples() != untrained; }));
        QCOMPARE(bench.state(), QStringLiteral("Training"));
    }

    void withoutLiveOnlyTheSampleButtonDraws() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.waitForSamples());
        QCOMPARE(bench.samplerFact(), QStringLiteral("step 0"));
        QVERIFY(bench.click("liveCheck"));
        const QSignalSpy draws(bench.window().findChild<SamplerController*>(), &SamplerController::busyChanged);
        const QSignalSpy snapshots(&bench.training(), &TrainingController::snapshotArrived);
        QVERIFY(bench.train(30));
        QVERIFY(bench.waitFor([&] { return snapshots.size() >= 4; }));
        QVERIFY(bench.pressIn("temperatureSlider", Qt::Key_End));
        QVERIFY(bench.click("startButton"));
        QVERIFY(bench.waitForState("Paused"));
        QCOMPARE(draws.size(), 0);
        QCOMPARE(bench.samplerFact(), QStringLiteral("step 0"));

        QVERIFY(bench.click("sampleButton"));
        QVERIFY(bench.waitForSamples());
        QVERIFY(draws.size() > 0);
        QVERIFY(bench.samplerFact() != QStringLiteral("step 0"));
        const qint64 step = bench.step();
        QVERIFY(bench.click("stepButton"));
        QVERIFY(bench.waitForStep(step + 1));
        QVERIFY(bench.click("liveCheck"));
        QVERIFY(bench.waitForSamples());
    }

    void presetsAreSavedAndRestored() {
        const auto temperature = [](const Workbench& bench) { return bench.textOf("temperatureSliderNumber"); };
        {
            Workbench bench;
            QVERIFY(bench.waitForState("Ready"));
            auto* combo = bench.find<QComboBox>("samplePresetCombo");
            QCOMPARE(combo->currentText(), QStringLiteral("Seed default 0.5"));
            QVERIFY(bench.choose("samplePresetCombo", QStringLiteral("Greedy")));
            QCOMPARE(temperature(bench), QStringLiteral("0.00"));
            QVERIFY(bench.pressIn("temperatureSlider", Qt::Key_Right));
            QCOMPARE(combo->currentIndex(), -1);
            QVERIFY(!bench.isEnabled("deletePreset"));
            QVERIFY(!bench.isShown("topKSpin"));
            QVERIFY(bench.click("filtersButton"));
            QVERIFY(bench.type("topKSpin", QStringLiteral("5")));
            QVERIFY(bench.type("minPSpin", QStringLiteral("0.05")));
            QCOMPARE(bench.textOf("filtersSummary"), QStringLiteral("top-k 5 \u00b7 min-p 0.05"));
            QVERIFY(bench.click("savePreset"));
            auto* dialog = bench.find<QInputDialog>("presetNameDialog");
            QVERIFY(dialog);
            dialog->setTextValue(QStringLiteral("Nearly greedy"));
            dialog->accept();
            QCOMPARE(combo->currentText(), QStringLiteral("Nearly greedy"));
            QVERIFY(bench.isEnabled("deletePreset"));
        }
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.choose("samplePresetCombo", QStringLiteral("Wild")));
        QCOMPARE(temperature(bench), QStringLiteral("2.00"));
        QVERIFY(bench.choose("samplePresetCombo", QStringLiteral("Nearly greedy")));
        QCOMPARE(temperature(bench), QStringLiteral("0.01"));
        QCOMPARE(bench.sampler().request().filters, (FilterSettings{1, 5, 1, 0.05}));
        QVERIFY(bench.click("deletePreset"));
        QCOMPARE(bench.find<QComboBox>("samplePresetCombo")->findText(QStringLiteral("Nearly greedy")), -1);
        QCOMPARE(bench.sampler().request().filters.top_k, 5);
    }

    void promptsAreReadAndCompleted() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.waitForSamples());
        auto* edit = bench.find<PromptEdit>("promptEdit");
        edit->setFocus();
        QTest::keyClicks(edit, QStringLiteral("SNAP PLAYER cat X5"));
        QCOMPARE(edit->wrong().size(), std::size_t{1});
        QCOMPARE(edit->wrong()[0].start, 12);
        QCOMPARE(edit->wrong()[0].length, 3);
        QVERIFY(bench.textOf("promptMessage").contains(QStringLiteral("cat")));
        QVERIFY(edit->toolTip().contains(QStringLiteral("BOS")));
        const std::vector<TokenId> begun{0, 3, 4, 20};
        QVERIFY(bench.sampler().request().prompt == begun);
        const auto beginWith = [&](const std::vector<TokenId>& prompt) {
            return bench.waitFor([&] {
                const auto samples = bench.samples();
                return !samples.empty() && std::all_of(samples.begin(), samples.end(), [&](const auto& sample) {
                    return sample.size() > prompt.size() && std::equal(prompt.begin(), prompt.end(), sample.begin());
                });
            });
        };
        QVERIFY(beginWith(begun));
        // Something red stands under the word.
        const QImage picture = edit->grab().toImage();
        int red = 0;
        for (int y = picture.height() * 2 / 3; y < picture.height(); ++y)
            for (int x = 0; x < picture.width(); ++x) {
                const QColor colour = picture.pixelColor(x, y);
                red += colour.red() > colour.green() + 60 && colour.red() > colour.blue() + 60 ? 1 : 0;
            }
        QVERIFY2(red > 10, qPrintable(QString::number(red)));

        edit->clear();
        QVERIFY(!bench.isShown("promptMessage"));
        QTest::keyClicks(edit, QStringLiteral("BOS food_s"));
        QVERIFY(bench.waitFor([&] { return QApplication::activePopupWidget() != nullptr; }));
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Down);
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
        QCOMPARE(edit->text(), QStringLiteral("BOS FOOD_SPAWN "));
        QVERIFY(beginWith({0, 40}));

        QStringList many(70, QStringLiteral("TICK"));
        edit->setText(many.join(QLatin1Char(' ')));
        QVERIFY(bench.textOf("promptMessage").contains(QStringLiteral("71 tokens")));
        QVERIFY(bench.textOf("promptMessage").contains(QStringLiteral("last 64")));
        std::vector<TokenId> longer(71, 2);
        longer[0] = 0;
        QVERIFY(beginWith(longer));
    }

    void tenThousandStreamInAndStop() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.trainAndPause());
        QVERIFY(bench.waitForSamples());
        const auto* list = bench.find<Card>("samplesCard");
        std::vector<std::size_t> sizes;
        connect(bench.window().findChild<SamplerController*>(), &SamplerController::drawn, this,
                [&](const Samples& samples) { sizes.push_back(samples.sequences.size()); });
        QVERIFY(bench.type("countSpin", QStringLiteral("10000")));
        QVERIFY(bench.waitFor([&] { return bench.isShown("samplesProgress") && bench.samples().size() == 100; }));
        QVERIFY(list->fact().contains(QStringLiteral(" of 10,000")));
        QVERIFY(bench.click("stopSamplesButton"));
        QVERIFY(!bench.isShown("samplesProgress"));
        QVERIFY(list->fact().startsWith(QStringLiteral("stopped at ")));
        const std::size_t stopped = sizes.back();
        QVERIFY(stopped < 10'000);
        const auto first = bench.samples();
        QTest::qWait(300);
        QCOMPARE(sizes.back(), stopped);
        QVERIFY(bench.click("sampleButton"));
        QVERIFY(bench.waitFor([&] { return sizes.back() == 10'000; }));
        QVERIFY(sizes.size() > 3);
        QCOMPARE(list->fact(), QStringLiteral("100 of 10,000 shown"));
        QVERIFY(bench.samples() == first);
        // A new request does not wait for an old one.
        sizes.clear();
        QVERIFY(bench.click("sampleButton"));
        QVERIFY(bench.waitFor([&] { return !sizes.empty(); }));
        QVERIFY(bench.type("countSpin", QStringLiteral("2")));
        QVERIFY(bench.waitFor([&] { return bench.samples().size() == 2; }));
        QVERIFY(std::find(sizes.begin(), sizes.end(), std::size_t{10'000}) == sizes.end());
    }

    void samplesAreThoseOfTheCommandLine_data() {
        QTest::addColumn<bool>("inTurn");
        QTest::newRow("one generator a sample") << false;
        QTest::newRow("in turn") << true;
    }
    void samplesAreThoseOfTheCommandLine() {
        QFETCH(bool, inTurn);
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.trainAndPause(200));
        const QTemporaryDir folder;
        const QString weights = folder.filePath(QStringLiteral("weights.txt"));
        bench.dialogs.setNextFileName(weights);
        QVERIFY(bench.click("exportWeightsButton"));
        QVERIFY(bench.waitFor([&] { return !bytesOf(weights).isEmpty(); }));
        // Both begin from what is written.
        bench.dialogs.setNextFileName(weights);
        QVERIFY(bench.click("importWeightsButton"));
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.waitForSamples());
        QVERIFY(bench.click("filtersButton"));
        QVERIFY(bench.type("topKSpin", QStringLiteral("20")));
        QVERIFY(bench.type("topPSpin", QStringLiteral("0.95")));
        QVERIFY(bench.type("minPSpin", QStringLiteral("0.02")));
        QVERIFY(bench.type("repetitionSpin", QStringLiteral("1.1")));
        if (inTurn) QVERIFY(bench.choose("drawsCombo", QStringLiteral("In turn, as the original")));
        QVERIFY(bench.choose("samplePresetCombo", QStringLiteral("Neutral 1.0")));  // takes the filters off
        QCOMPARE(bench.textOf("filtersSummary"), inTurn ? QStringLiteral("in turn") : QStringLiteral("off"));
        QVERIFY(bench.type("topKSpin", QStringLiteral("20")));
        QVERIFY(bench.type("repetitionSpin", QStringLiteral("1.1")));
        QVERIFY(bench.type("countSpin", QStringLiteral("20")));
        QVERIFY(bench.type("sampleSeedSpin", QStringLiteral("7")));
        bench.find<QLineEdit>("promptEdit")->setText(QStringLiteral("SNAP PLAYER X5 Y5"));
        QProcess process;
        process.start(QStringLiteral(GAMEGPT_BIN_DIR "/gamegpt"),
                      {"sample", "--weights", weights, "--preset", "neutral", "--top-k", "20", "--repetition-penalty",
                       "1.1", "--count", "20", "--seed", "7", "--prompt", "SNAP PLAYER X5 Y5", "--json", "--draws",
                       inTurn ? "in-turn" : "per-sample", "--engine", inTurn ? "fast64" : "fast"});
        QVERIFY(process.waitForFinished(60'000));
        std::vector<std::vector<TokenId>> expected;
        for (const auto& sample :
             QJsonDocument::fromJson(process.readAllStandardOutput()).object()["samples"].toArray()) {
            expected.emplace_back();
            for (const auto& token : sample.toObject()["tokens"].toArray()) expected.back().push_back(token.toInt());
        }
        QCOMPARE(expected.size(), std::size_t{20});
        QVERIFY(bench.waitFor([&] { return bench.samples() == expected; }));
    }

    void theGrammarAndTheContextAreChoices() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.click("filtersButton"));
        QVERIFY(bench.waitFor([&] { return bench.isEnabled("constrainedCheck"); }));
        QVERIFY(bench.choose("samplePresetCombo", QStringLiteral("Neutral 1.0")));
        QVERIFY(bench.click("constrainedCheck"));
        QVERIFY(bench.click("beyondContextCheck"));
        QCOMPARE(bench.find<QSpinBox>("lengthSpin")->value(), 2000);
        // An untrained model that keeps to the rules plays whole games.
        QVERIFY(bench.waitFor([&] {
            const auto samples = bench.samples();
            return !samples.empty() && std::all_of(samples.begin(), samples.end(), [](const auto& sample) {
                return sample.size() > 12 && sample[1] == 3 && sample.back() == 1;
            });
        }));
    }

    void tokensTellHowProbableTheyWere() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.trainAndPause(200));
        QVERIFY(bench.waitForSamples());
        auto* strip = bench.find<TokenStrip>("sample0");
        const auto colourAt = [&](int token) {
            return strip->grab().toImage().pixelColor(strip->tokenRect(token).topLeft() + QPoint(3, 2));
        };
        QVERIFY(bench.click("probabilityCheck"));
        QVERIFY(bench.waitFor([&] { return strip->figures().size() == strip->tokens().size(); }));
        const TokenFigures& figures = strip->figures()[6];
        const QColor expected = probabilityColour(figures.probability);
        const QColor painted = colourAt(6);
        QVERIFY(std::abs(painted.red() - expected.red()) + std::abs(painted.green() - expected.green()) +
                    std::abs(painted.blue() - expected.blue()) < 12);
        QTest::mouseMove(strip, strip->tokenRect(6).center());
        QVERIFY(bench.waitFor([&] { return strip->toolTip().contains(QStringLiteral("rank ")); }));
        QVERIFY(strip->toolTip().contains(QStringLiteral("rank %1 ").arg(figures.rank)));
        QVERIFY(strip->toolTip().contains(percent(figures.probability, 1)));
        QVERIFY(strip->toolTip().contains(percent(figures.best[0].probability, 1)));
        // New samples come with their figures.
        QVERIFY(bench.type("sampleSeedSpin", QStringLiteral("5")));
        QVERIFY(bench.waitForSamples());
        QVERIFY(bench.waitFor([&] { return strip->figures().size() == strip->tokens().size(); }));
    }

    void samplesArePinnedCopiedAndSaved() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.trainAndPause());
        QVERIFY(bench.waitForSamples());
        const auto samples = bench.samples();
        const QString fact = bench.samplerFact();
        QVERIFY(bench.click("sample1Pin"));
        const auto* pinned = bench.find<TokenStrip>("pinned0");
        QVERIFY(pinned && pinned->tokens() == samples[1]);
        QVERIFY(pinned->accessibleName().contains(fact));
        QVERIFY(bench.type("sampleSeedSpin", QStringLiteral("99")));
        QVERIFY(bench.waitFor([&] { return bench.samples() != samples && bench.waitForSamples(); }));
        QVERIFY(pinned->tokens() == samples[1]);

        const auto present = bench.samples();
        const auto copied = [&](const char* format) {
            auto* menu = bench.find<QPushButton>("copySamplesButton")->menu();
            menu->findChild<QAction*>(QLatin1String(format))->trigger();
            return QGuiApplication::clipboard()->text();
        };
        QCOMPARE(copied("copyText").split(QLatin1Char('\n')).size(), 5);
        QVERIFY(copied("copyText").startsWith(QStringLiteral("BOS ")));
        QVERIFY(copied("copyIds").startsWith(QStringLiteral("0 ")));
        const QJsonArray json =
            QJsonDocument::fromJson(copied("copyJson").toUtf8()).object()[QStringLiteral("samples")].toArray();
        QCOMPARE(json.size(), 5);
        QCOMPARE(json[4].toObject()["tokens"].toArray().size(), qsizetype(present[4].size()));

        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("samples.json"));
        bench.dialogs.setNextFileName(path);
        QVERIFY(bench.click("saveSamplesButton"));
        QCOMPARE(bench.dialogs.lastSuggestion(), QStringLiteral("samples.json"));
        const QJsonArray corpus = QJsonDocument::fromJson(bytesOf(path)).array();
        QCOMPARE(corpus.size(), 5);
        QCOMPARE(corpus[0].toArray().size(), qsizetype(present[0].size()));
        bench.dialogs.setNextFileName(folder.filePath(QStringLiteral("none/samples.json")));
        QVERIFY(bench.click("saveSamplesButton"));
        QVERIFY(!bench.dialogs.lastError().isEmpty());

        QVERIFY(bench.click("boardSampleButton"));
        QVERIFY(bench.waitFor([&] { return bench.isOnScreen("boardPanel"); }));
        QVERIFY(bench.click("pinned0Pin"));
        QVERIFY(bench.waitFor([&] { return bench.find("pinned0") == nullptr; }));
    }

    void textIsSavedAsText() {
        const QTemporaryDir folder;
        Workbench bench(false);
        bench.window().openCorpus(writtenFile(folder, QStringLiteral("names.txt"), namesText()));
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.trainAndPause(200));
        QVERIFY(bench.waitForSamples());
        QVERIFY(!bench.isShown("boardSampleButton"));
        auto* edit = bench.find<PromptEdit>("promptEdit");
        QTest::keyClicks(edit, QStringLiteral("em#Q"));
        QCOMPARE(edit->wrong().size(), std::size_t{2});
        QVERIFY(bench.textOf("promptMessage").contains(QStringLiteral("\u201c#\u201d, \u201cQ\u201d")));
        QCOMPARE(bench.sampler().request().prompt.size(), std::size_t{3});
        QVERIFY(bench.waitFor([&] {
            const auto samples = bench.samples();
            const auto prompt = bench.sampler().request().prompt;
            return std::all_of(samples.begin(), samples.end(), [&](const auto& sample) {
                return sample.size() >= 3 && std::equal(prompt.begin(), prompt.end(), sample.begin());
            });
        }));
        const QString path = folder.filePath(QStringLiteral("samples.txt"));
        bench.dialogs.setNextFileName(path);
        QVERIFY(bench.click("saveSamplesButton"));
        const QList<QByteArray> lines = bytesOf(path).split('\n');
        QCOMPARE(lines.size(), 6);
        for (const QByteArray& line : lines.first(5)) QVERIFY(line.startsWith("em") && !line.contains("<BOS>"));
    }

    void theNextTokenFollowsTheSlider() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.trainAndPause(200));
        QVERIFY(bench.waitForSamples());
        QVERIFY(bench.click("sampleLayout"));
        QVERIFY(bench.waitFor([&] { return bench.textOf("nextEntropyValue") != QString(); }));
        const auto* strip = bench.find<TokenStrip>("sample0");
        QTest::mouseClick(bench.find("sample0"), Qt::LeftButton, {}, strip->tokenRect(13).center());
        QVERIFY(bench.waitFor([&] { return bench.textOf("nextEntropyValue").toDouble() > 0.01; }));
        auto* slider = bench.find<QSlider>("temperatureSlider");
        const auto x = [&](double temperature) { return 8 + int((slider->width() - 16) * temperature / 2); };
        const int y = slider->height() / 2;
        std::vector<double> entropies;
        QTest::mousePress(slider, Qt::LeftButton, {}, QPoint(x(0.5), y));
        for (const double temperature : {0.2, 0.6, 1.0, 1.5, 1.95}) {
            QTest::mouseMove(slider, QPoint(x(temperature), y));
            QVERIFY(bench.waitFor([&] {
                return std::abs(bench.textOf("temperatureSliderNumber").toDouble() - temperature) < 0.06;
            }));
            entropies.push_back(bench.textOf("nextEntropyValue").toDouble());  // at once
        }
        QTest::mouseRelease(slider, Qt::LeftButton, {}, QPoint(x(1.95), y));
        QVERIFY(std::is_sorted(entropies.begin(), entropies.end()));
        QVERIFY(entropies.back() > entropies.front());
    }

    void theLiveRateIsHeldAndSaid() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.type("liveRateSpin", QStringLiteral("2")));
        QVERIFY(bench.train(30));
        int draws = 0;
        connect(bench.window().findChild<SamplerController*>(), &SamplerController::drawn, this, [&] { ++draws; });
        QTest::qWait(2000);
        QVERIFY2(draws >= 2 && draws <= 5, qPrintable(QString::number(draws)));
        QVERIFY(bench.textOf("reachedRate").endsWith(QStringLiteral(" reached")));
        QVERIFY(bench.waitFor(
            [&] { return bench.textOf("reachedRate").section(QLatin1Char(' '), 0, 0).toDouble() < 2.2; }));
        QVERIFY(bench.samplerFact().startsWith(QStringLiteral("step ")));
    }
};

int main(int argc, char** argv) { return runWindowTest<TestWindowSampler>(argc, argv); }
#include "tst_window_sampler.moc"
