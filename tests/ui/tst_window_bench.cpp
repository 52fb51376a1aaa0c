#include <QLineEdit>
#include <QSlider>
#include <QTreeWidget>

#include "core/sample/token_figures.h"
#include "ui/panels/compare_panel.h"
#include "ui/panels/next_token_panel.h"
#include "ui/widgets/big_number.h"
#include "ui/widgets/probability_bars.h"
#include "workbench.h"

using namespace gamegpt;
using namespace gamegpt::ui;

// The sampler bench: the next token, steps and branches, and models side by side.
class TestWindowBench : public QObject {
    Q_OBJECT

   private:
    static NextTokenPanel& panel(Workbench& bench) { return *bench.window().findChild<NextTokenPanel*>(); }
    // A trained model with the sample layout, and the numbers of the place that is looked at.
    static bool look(Workbench& bench) {
        return bench.makeEndless() && bench.trainAndPause(200) && bench.click("sampleLayout") && bench.waitForSamples() &&
               bench.waitFor([&] { return bench.find<ProbabilityBars>("probabilityBars")->rows() == 74; });
    }

    static QString numberOf(const Workbench& bench, const char* name) { return bench.find<BigNumber>(name)->value(); }

   private slots:
    void init() { QSettings().clear(); }

    void theNumbersAreThoseOfTheModel() {
        Workbench bench;
        QVERIFY(look(bench));
        auto& next = panel(bench);
        const auto sample = bench.samples()[0];
        QTest::mouseClick(bench.find<TokenStrip>("sample0"), Qt::LeftButton, {}, bench.find<TokenStrip>("sample0")->tokenRect(13).center());
        QCOMPARE(next.position(), 13);
        QCOMPARE(next.prefix(), std::vector<TokenId>(sample.begin(), sample.begin() + 13));
        const auto logits = next_logits(*make_decoder(EngineKind::fast32, bench.training().snapshot()->weights), next.prefix());
        std::vector<double> p;
        filtered_probabilities(logits, 0.5, {}, {}, p);
        QVERIFY(bench.waitFor([&] { return std::abs(next.entropy() - entropy(p)) < 1e-12; }));
        QCOMPARE(numberOf(bench, "nextEntropy"), QString::number(entropy(p), 'f', 3));
        QCOMPARE(numberOf(bench, "nextEffective"), QString::number(std::exp(entropy(p)), 'f', 1));
    }

    void theTemperatureMovesTheBars_data() {
        QTest::addColumn<bool>("training");
        QTest::newRow("paused") << false;
        QTest::newRow("while training") << true;
    }
    void theTemperatureMovesTheBars() {
        QFETCH(bool, training);
        Workbench bench;
        QVERIFY(look(bench));
        if (training) QVERIFY(bench.click("startButton") && bench.waitForState("Training"));
        auto* slider = bench.find<QSlider>("temperatureSlider");
        QVERIFY(slider->isVisible() && slider->isEnabled());
        const auto drag = [&](double share) {  // by mouse, to a share of the slider's width
            const int y = slider->height() / 2;
            const int from = static_cast<int>(slider->width() * (slider->value() - slider->minimum()) / double(slider->maximum() - slider->minimum()));
            const int to = static_cast<int>(share * slider->width());
            QTest::mousePress(slider, Qt::LeftButton, {}, QPoint(std::clamp(from, 7, slider->width() - 7), y));
            QMouseEvent move(QEvent::MouseMove, QPointF(to, y), slider->mapToGlobal(QPointF(to, y)), Qt::LeftButton, Qt::LeftButton, {});
            QApplication::sendEvent(slider, &move);
            QTest::mouseRelease(slider, Qt::LeftButton, {}, QPoint(to, y));
        };
        drag(0.95);
        const double hot = panel(bench).entropy();
        QCOMPARE(numberOf(bench, "nextEntropy"), QString::number(hot, 'f', 3));
        drag(0.1);
        const double cold = panel(bench).entropy();
        QVERIFY2(cold < hot, qPrintable(QString("%1 %2").arg(cold).arg(hot)));
        QCOMPARE(numberOf(bench, "nextEntropy"), QString::number(cold, 'f', 3));
    }

    void oneTokenAtATime() {
        Workbench bench;
        QVERIFY(look(bench));
        auto& next = panel(bench);
        const int start = next.position();
        QVERIFY(bench.click("tokenBack"));
        QCOMPARE(next.position(), start - 1);
        QVERIFY(bench.click("tokenForward"));
        QCOMPARE(next.position(), start);
        while (next.position() < static_cast<int>(next.tokens().size())) QVERIFY(bench.click("tokenForward"));
        const auto before = next.tokens();
        QVERIFY(bench.click("tokenForward"));  // behind the end the next one is drawn
        QVERIFY(bench.waitFor([&] { return next.tokens().size() == before.size() + 1; }));
        QVERIFY(std::equal(before.begin(), before.end(), next.tokens().begin()));
        QCOMPARE(next.position(), static_cast<int>(before.size()) + 1);
    }

    void branchesAreATree() {
        Workbench bench;
        QVERIFY(look(bench));
        auto& next = panel(bench);
        auto* tree = bench.find<QTreeWidget>("branchTree");
        auto* bars = bench.find<ProbabilityBars>("probabilityBars");
        const auto prefix = next.prefix();
        const TokenId other = bars->tokenOf(3);
        QTest::mouseClick(bars, Qt::LeftButton, {}, bars->rowRect(3).center());
        QVERIFY(bench.waitFor([&] { return next.tokens().size() > prefix.size() && next.tokens()[prefix.size()] == other; }));
        QVERIFY(std::equal(prefix.begin(), prefix.end(), next.tokens().begin()));
        QCOMPARE(tree->topLevelItemCount(), 1);
        QCOMPARE(tree->topLevelItem(0)->childCount(), 1);
        const auto branch = next.tokens();

        QVERIFY(bench.click("renameBranch"));
        QVERIFY(bench.waitFor([&] { return tree->findChild<QLineEdit*>() != nullptr; }));
        auto* edit = tree->findChild<QLineEdit*>();
        edit->selectAll();
        QTest::keyClicks(edit, "what if");
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(bench.waitFor([&] { return tree->topLevelItem(0)->child(0)->text(0) == "what if"; }));

        tree->setCurrentItem(tree->topLevelItem(0));  // back to the sample, at its place
        QVERIFY(next.tokens() != branch);
        QCOMPARE(next.prefix(), prefix);
        tree->setCurrentItem(tree->topLevelItem(0)->child(0));
        QCOMPARE(next.tokens(), branch);
        QVERIFY(bench.click("deleteBranch"));
        QCOMPARE(tree->topLevelItem(0)->childCount(), 0);
        QCOMPARE(next.prefix(), prefix);
    }

    void modelsAreCompared() {
        Workbench bench;
        QVERIFY(look(bench));
        const QTemporaryDir folder;
        bench.dialogs.setNextFileName(folder.filePath("weights.txt"));
        QVERIFY(bench.click("exportWeightsButton"));
        QVERIFY(bench.waitFor([&] { return QFile::exists(folder.filePath("weights.txt")); }));
        QVERIFY(bench.chooseTab("Compare"));
        auto& compare = *bench.window().findChild<ComparePanel*>();
        QVERIFY(bench.click("keepModelButton"));
        QVERIFY(bench.waitFor([&] { return compare.columns() == 2 && bench.isShown("compared1_0"); }));
        const auto samples = [&](const char* name) { return bench.find<TokenStrip>(name)->tokens(); };
        QCOMPARE(samples("compared0_0"), samples("compared1_0"));  // the same model, the same draws
        QVERIFY(bench.textOf("comparedFact1").contains("mean entropy"));

        QVERIFY(bench.trainAndPause(300));
        QVERIFY(bench.waitFor([&] { return samples("compared0_0") != samples("compared1_0"); }));
        bench.dialogs.setNextFileName(folder.filePath("weights.txt"));
        QVERIFY(bench.click("addModelButton"));
        QVERIFY(bench.waitFor([&] { return compare.columns() == 3 && bench.isShown("compared2_0"); }));
        QCOMPARE(bench.textOf("comparedName2"), QString("weights.txt"));
        QVERIFY(bench.click("keepModelButton"));
        QVERIFY(bench.waitFor([&] { return compare.columns() == 4 && bench.isShown("removeModel3"); }));
        QVERIFY(!bench.isEnabled("keepModelButton"));
        QVERIFY(bench.click("removeModel3"));
        QVERIFY(bench.click("removeModel2"));
        QCOMPARE(compare.columns(), std::size_t{2});
        QVERIFY(bench.isEnabled("keepModelButton"));

        const QString wrong = writtenFile(folder, "wrong.txt", "wte|0|0.5\n");
        bench.dialogs.setNextFileName(wrong);
        QVERIFY(bench.click("addModelButton"));
        QVERIFY(bench.waitFor([&] { return bench.dialogs.lastError().contains("wrong.txt"); }));
        QCOMPARE(compare.columns(), std::size_t{2});
    }
};

int main(int argc, char** argv) { return runWindowTest<TestWindowBench>(argc, argv); }
#include "tst_window_bench.moc"
