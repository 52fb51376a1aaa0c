#include <QProgressBar>
#include <QSlider>
#include <QTableView>

#include "core/snake/episodes.h"
#include "core/snake/replay.h"
#include "ui/controllers/arena_controller.h"
#include "ui/controllers/judge_controller.h"
#include "ui/panels/board_panel.h"
#include "ui/panels/generate_dialog.h"
#include "ui/plots/rates_chart.h"
#include "ui/widgets/board_view.h"
#include "workbench.h"

using namespace gamegpt;
using namespace gamegpt::ui;

// The game layout: the board, what is judged, the model as a player, and corpora that are generated.
class TestWindowGame : public QObject {
    Q_OBJECT

   private slots:
    void init() { QSettings().clear(); }

    void aDocumentPlaysOnTheBoard() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.click("gameLayout"));
        QVERIFY(bench.choose("boardSourceCombo", "Corpus document"));
        auto& board = *bench.find<BoardView>("board");
        auto& strip = *bench.find<TokenStrip>("boardStrip");
        QVERIFY(bench.waitFor([&] { return board.isVisible() && board.state().has_value(); }));
        const auto corpus = snake::built_in_corpus().train;
        const auto document = corpus->document(0);
        QCOMPARE(strip.tokens(), std::vector<TokenId>(document.begin(), document.end()));
        QCOMPARE(board.state()->tick, 0);
        QCOMPARE(board.state()->head(), (snake::Cell{5, 5}));

        QVERIFY(bench.click("boardForward"));  // strip and board move together
        QCOMPARE(board.state()->tick, 1);
        const int afterOne = strip.marked();
        QVERIFY(bench.click("boardForward"));
        QCOMPARE(board.state()->tick, 2);
        QVERIFY(strip.marked() > afterOne);
        QVERIFY(bench.click("boardBack"));
        QCOMPARE(board.state()->tick, 1);
        QCOMPARE(strip.marked(), afterOne);

        QVERIFY(bench.click("boardLast"));
        QCOMPARE(strip.marked(), static_cast<int>(document.size()) - 1);
        QVERIFY(board.state()->status == snake::Status::dead || board.state()->tick == 200);
        QVERIFY(!bench.isEnabled("boardForward"));

        auto* scrub = bench.find<QSlider>("boardScrub");
        scrub->setFocus();
        QTest::keyClick(scrub, Qt::Key_Home);
        QCOMPARE(strip.marked(), 0);
        QVERIFY(!board.state().has_value() || board.state()->tick == 0);

        QVERIFY(bench.choose("boardSpeed", "60 / s"));
        QVERIFY(bench.click("boardPlay"));
        QCOMPARE(bench.textOf("boardPlay"), QString("Pause"));
        QVERIFY(bench.waitFor([&] { return board.state() && board.state()->tick >= 3; }));
        QVERIFY(bench.click("boardPlay"));
        QCOMPARE(bench.textOf("boardPlay"), QString("Play"));
        const int halted = strip.marked();
        QTest::qWait(100);
        QCOMPARE(strip.marked(), halted);
        QTest::mouseClick(&strip, Qt::LeftButton, {}, strip.tokenRect(11).center());
        QCOMPARE(strip.marked(), 11);
    }

    void theBoardMarksTheFirstIllegalToken() {
        BoardPanel panel;
        panel.resize(420, 800);
        panel.show();
        const auto grammar = play::snake_grammar();
        const auto game = std::make_shared<const Vocabulary>(Vocabulary::game());
        const auto id = [&](const char* name) { return *game->find(name); };
        std::vector<TokenId> tokens;
        for (const char* name : {"BOS", "SNAP", "PLAYER", "X5", "Y5", "DIR_R", "LEN1", "FOOD", "X0", "Y0", "SCORE", "V0",
                                 "TICK", "INPUT_R", "MOVE", "X6", "Y5", "TICK", "INPUT_R", "MOVE", "X9", "Y5"})
            tokens.push_back(id(name));
        panel.setSequence(tokens, game, grammar);
        const auto* strip = panel.findChild<TokenStrip*>("boardStrip");
        const auto* board = panel.findChild<BoardView*>("board");
        QCOMPARE(strip->mistake(), 20);  // X9 instead of X7
        QVERIFY(panel.verdictText().contains("illegal at token 20"));
        QVERIFY(panel.verdictText().contains("expected X7"));
        panel.setPosition(16);
        QCOMPARE(board->state()->head(), (snake::Cell{6, 5}));
        QVERIFY(board->expected().empty());
        panel.setPosition(21);  // what was expected, and what the tokens claim
        QCOMPARE(board->expected().size(), std::size_t{1});
        QCOMPARE(board->expected()[0].head(), (snake::Cell{7, 5}));
        QVERIFY(board->claimed().has_value());
        QCOMPARE(*board->claimed(), (snake::Cell{9, 5}));
    }

    void samplesAreJudgedInFourWays() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.click("gameLayout"));
        QVERIFY(bench.type("judgeCountSpin", "20"));
        QVERIFY(bench.trainAndPause(300));
        QVERIFY(bench.waitFor([&] { return bench.textOf("rate_constrainedBeyond_strict").contains("100.0 %"); }));
        QVERIFY(bench.textOf("rate_constrainedBeyond_structural").contains("20/20"));
        QVERIFY(bench.textOf("rate_free_structural").contains("/20"));
        QVERIFY(bench.textOf("judgeCaption").contains("20 samples each"));
        auto* sample = bench.find<TokenStrip>("constrainedSample0");
        QVERIFY(sample && sample->isVisible());
        QVERIFY(snake::replay(sample->tokens()).legal());
        QTest::mouseClick(sample, Qt::LeftButton, {}, QPoint(20, 5));  // shows it on the board
        QCOMPARE(bench.find<TokenStrip>("boardStrip")->tokens(), sample->tokens());
        QVERIFY(bench.waitFor([&] { return bench.textOf("judgeButton") == "Judge"; }));
        QVERIFY(bench.type("judgeCountSpin", "10000"));
        QVERIFY(bench.click("judgeButton"));  // and a judgement can be cancelled
        QVERIFY(bench.waitFor([&] { return bench.textOf("judgeButton") == "Cancel"; }));
        QVERIFY(bench.click("judgeButton"));
        QVERIFY(bench.waitFor([&] { return bench.textOf("judgeButton") == "Judge"; }));
        QVERIFY(bench.textOf("rate_free_structural").contains("/20"));
    }

    void trainingIsJudgedAtItsCadence() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.type("stepsSpin", "400"));
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.click("gameLayout"));
        QVERIFY(bench.type("judgeCountSpin", "8"));
        QVERIFY(bench.chooseTab("Over training"));
        QVERIFY(bench.type("judgeEverySpin", "100"));
        auto* chart = bench.find<RatesChart>("trainingChart");
        QVERIFY(bench.click("startButton"));
        QVERIFY(bench.waitForState("Finished"));
        QVERIFY(bench.waitFor([&] { return chart->size() == 4; }));
        auto* table = bench.find<QTableView>("trainingChartTable");
        QVERIFY(bench.click("chartTableButton"));
        QVERIFY(table->isVisible());
        for (int row = 0; row < 4; ++row) {
            QCOMPARE(table->model()->index(row, 0).data().toString(), QString::number(100 * (row + 1)));
            QCOMPARE(table->model()->index(row, 1).data().toString(), QString("8"));
        }
        const QTemporaryDir folder;
        bench.dialogs.setNextFileName(folder.filePath("validity.csv"));
        bench.find<QAction>("exportGrammar_csv")->trigger();
        QVERIFY(bytesOf(folder.filePath("validity.csv")).startsWith("Step,Samples,"));
    }

    void aSweepRunsAndCanBeCancelled() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.trainAndPause(200));
        QVERIFY(bench.click("gameLayout"));
        QVERIFY(bench.type("judgeCountSpin", "4"));
        QVERIFY(bench.chooseTab("Over temperature"));
        auto* chart = bench.find<RatesChart>("temperatureChart");
        QVERIFY(bench.click("sweepButton"));
        QVERIFY(bench.waitFor([&] { return chart->size() == 20; }));
        QVERIFY(bench.waitFor([&] { return bench.textOf("sweepButton") == "Sweep temperature"; }));
        QVERIFY(!bench.isShown("sweepProgress"));

        QVERIFY(bench.type("judgeCountSpin", "10000"));
        QVERIFY(bench.click("sweepButton"));
        QVERIFY(bench.waitFor([&] { return bench.textOf("sweepButton") == "Cancel"; }));
        QVERIFY(bench.isShown("sweepProgress"));
        QVERIFY(bench.click("sweepButton"));
        QCOMPARE(bench.textOf("sweepButton"), QString("Sweep temperature"));
        QVERIFY(bench.textOf("sweepCaption").endsWith("cancelled"));
        QVERIFY(chart->size() < 20);
        const int shown = chart->size();
        QTest::qWait(200);
        QCOMPARE(chart->size(), shown);  // nothing of it comes late
    }

    void theModelPlaysAgainstTheAgents() {
        Workbench bench;
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.trainAndPause(200));
        QVERIFY(bench.click("gameLayout"));
        QVERIFY(bench.chooseTab("Model against the game"));
        QVERIFY(bench.type("gamesSpin", "6"));
        QVERIFY(!bench.isEnabled("watchButton"));
        QVERIFY(bench.click("playButton"));
        QVERIFY(bench.waitFor([&] { return bench.isEnabled("watchButton"); }));
        QVERIFY(bench.textOf("arenaCaption").startsWith("6 games each"));
        for (int player = 0; player < 4; ++player)
            QVERIFY(bench.textOf(qPrintable(QString("playerScore%1").arg(player))).contains(QStringLiteral("\u00b1")));
        QVERIFY(bench.click("watchButton"));
        const auto* strip = bench.find<TokenStrip>("boardStrip");
        QVERIFY(bench.waitFor([&] { return strip->isVisible() && !strip->tokens().empty(); }));
        QVERIFY(snake::replay(strip->tokens()).legal());  // a game is legal whoever plays
        QVERIFY(bench.type("boardIndexSpin", "6"));

        QVERIFY(bench.type("gamesSpin", "10000"));
        QVERIFY(bench.click("playButton"));
        QVERIFY(bench.waitFor([&] { return bench.textOf("playButton") == "Cancel"; }));
        QVERIFY(bench.click("playButton"));
        QCOMPARE(bench.textOf("playButton"), QString("Play"));
        QVERIFY(bench.textOf("arenaCaption").startsWith("6 games each"));
    }

    void aCorpusIsGenerated() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.click("generateCorpusButton"));
        QVERIFY(bench.isShown("generateDialog"));
        QVERIFY(bench.waitFor([&] { return !bench.find<TokenStrip>("previewStrip")->tokens().empty(); }));
        QVERIFY(bench.type("generateDocumentsSpin", "30"));
        QVERIFY(bench.type("generateBoardSpin", "6"));
        auto* random = bench.find<QSlider>("generateMix0");
        random->setFocus();
        QTest::keyClick(random, Qt::Key_End);  // all games by the random agent
        QCOMPARE(bench.textOf("generateMix0Number"), QString("100 %"));
        QCOMPARE(bench.textOf("generateMix1Number"), QString("0 %"));
        QVERIFY(bench.waitFor([&] { return bench.find<BoardView>("previewBoard")->state()->head().x <= 5; }));

        const QTemporaryDir folder;
        const QString path = folder.filePath("games.json");
        bench.dialogs.setNextFileName(path);
        QVERIFY(bench.click("generateSaveButton"));
        QVERIFY(bench.waitFor([&] { return QFile::exists(path); }));
        QVERIFY(bytesOf(path).startsWith("[[0, 3, 4, 18, 28,"));  // head at X3 Y3
        QVERIFY(bench.waitFor([&] { return bench.isEnabled("generateUseButton"); }));
        QVERIFY(bench.click("generateUseButton"));
        QVERIFY(bench.waitFor([&] { return !bench.isShown("generateDialog"); }));
        QVERIFY(bench.waitFor([&] { return bench.textOf("runCorpus").contains("6 x 6"); }));
        QVERIFY(bench.waitForState("Ready"));
    }

    void bracketsAreJudgedToo() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(bench.click("generateCorpusButton"));
        QVERIFY(bench.choose("generateKindCombo", "Balanced brackets"));
        QVERIFY(bench.type("generateDocumentsSpin", "200"));
        const QTemporaryDir folder;
        bench.dialogs.setNextFileName(folder.filePath("brackets.txt"));  // text: IDs would be read as bare numbers
        QVERIFY(bench.click("generateSaveButton"));
        QVERIFY(bench.waitFor([&] { return bench.isEnabled("generateUseButton") && QFile::exists(folder.filePath("brackets.txt")); }));
        QCOMPARE(bytesOf(folder.filePath("brackets.txt")).count('\n'), 200);
        QVERIFY(bench.click("generateUseButton"));
        QVERIFY(bench.waitFor([&] { return bench.textOf("runCorpus").startsWith("Brackets"); }));
        QVERIFY(bench.makeEndless());
        QVERIFY(bench.click("gameLayout"));
        QVERIFY(bench.type("judgeCountSpin", "10"));
        QVERIFY(bench.trainAndPause(50));
        QVERIFY(bench.waitFor([&] { return bench.textOf("rate_constrained_structural").contains("10/10"); }));
        QVERIFY(!bench.isShown("board"));
    }

    void generatingCanBeCancelled() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        const QString before = bench.textOf("runCorpus");
        QVERIFY(bench.click("generateCorpusButton"));
        QVERIFY(bench.type("generateDocumentsSpin", "1000000"));
        QVERIFY(bench.click("generateUseButton"));
        QCOMPARE(bench.textOf("generateCancelButton"), QString("Cancel"));
        QVERIFY(bench.isShown("generateProgress"));
        QVERIFY(bench.waitFor([&] { return bench.find<QProgressBar>("generateProgress")->value() > 0; }));
        QVERIFY(bench.click("generateCancelButton"));
        QCOMPARE(bench.textOf("generateCancelButton"), QString("Close"));
        QVERIFY(bench.isShown("generateDialog"));
        QVERIFY(bench.isEnabled("generateUseButton"));
        QCOMPARE(bench.textOf("runCorpus"), before);
    }
};

int main(int argc, char** argv) { return runWindowTest<TestWindowGame>(argc, argv); }
#include "tst_window_game.moc"
