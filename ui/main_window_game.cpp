#include <QDockWidget>

#include "ui/controllers/arena_controller.h"
#include "ui/controllers/corpus_controller.h"
#include "ui/controllers/generate_controller.h"
#include "ui/controllers/judge_controller.h"
#include "ui/controllers/training_controller.h"
#include "ui/main_window.h"
#include "ui/panels/arena_panel.h"
#include "ui/panels/board_panel.h"
#include "ui/panels/generate_dialog.h"
#include "ui/panels/grammar_panel.h"
#include "ui/panels/sampler_panel.h"
#include "ui/status_line.h"
#include "ui/widgets/file_dialogs.h"
#include "ui/widgets/format.h"

// The game's side of the wiring: the board, what is judged, and the model as a
// player.
namespace gamegpt::ui {

void MainWindow::connectBoard() {
    connect(m_boardPanel, &BoardPanel::sourceChanged, this, &MainWindow::showOnBoard);
    connect(m_boardDock, &QDockWidget::visibilityChanged, this, [this](bool visible) {
        if (visible) showOnBoard();
    });
    connect(m_samplerPanel, &SamplerPanel::sampleSelected, this, [this] {
        if (m_boardPanel->source() == BoardPanel::Source::sample) showOnBoard();
    });
    connect(m_judge, &JudgeController::grammarFound, this, [this] {
        const auto& corpus = m_training->corpus().train;
        m_grammarPanel->setGrammar(m_judge->grammar(), corpus ? corpus->vocabulary_ptr() : nullptr);
        m_samplerPanel->setGrammarAvailable(m_judge->grammar() != nullptr);
        m_grammarPanel->setSteps(m_training->train().steps);
        m_grammarPanel->setAvailable(m_training->snapshot() != nullptr);
        m_arenaPanel->setAvailable(m_training->snapshot() != nullptr,
                                   m_judge->grammar() && m_judge->grammar()->snake_rules());
        setMilestones();
        showOnBoard();
    });
}

void MainWindow::showOnBoard() {
    const auto& corpus = m_training->corpus().train;
    if (!corpus || !isOnScreen(m_boardDock)) return;
    std::vector<TokenId> tokens;
    const auto pick = [&](const std::vector<std::vector<TokenId>>& sequences, int index) {
        if (index >= 0 && static_cast<std::size_t>(index) < sequences.size())
            tokens = sequences[static_cast<std::size_t>(index)];
    };
    switch (m_boardPanel->source()) {
        case BoardPanel::Source::sample: pick(m_samples, m_samplerPanel->selectedSample()); break;
        case BoardPanel::Source::game: pick(m_games, m_boardPanel->index()); break;
        case BoardPanel::Source::picked: tokens = m_picked; break;
        case BoardPanel::Source::document: {
            const auto document =
                corpus->document(std::min(static_cast<std::size_t>(m_boardPanel->index()), corpus->documents() - 1));
            tokens = document.first(std::min(document.size(), BoardPanel::mostTokens)).to_vector();
            break;
        }
    }
    m_boardPanel->setSequence(std::move(tokens), corpus->vocabulary_ptr(), m_judge->grammar());
}

void MainWindow::connectGrammar() {
    const auto request = [this] {
        const SampleRequest sampler = m_samplerPanel->request();
        return JudgeRequest{sampler.temperature, sampler.seed, m_grammarPanel->count()};
    };
    const auto judge = [this, request] {
        if (m_training->snapshot()) m_judge->compareWays(m_training->snapshot(), request());
    };
    connect(m_grammarPanel, &GrammarPanel::judgeRequested, this, judge);
    // A model that somebody looks at is judged unasked when it stands still, and now and then while it learns: whenever
    // it has taken twice as many steps as at the last time.
    const auto judgeUnasked = [this, judge] {
        const LoopState state = m_training->status().state;
        const auto& snapshot = m_training->snapshot();
        if (!isOnScreen(m_grammarDock) || !snapshot || !m_judge->grammar() || snapshot->step == m_judgedStep) return;
        const bool still = state == LoopState::paused || state == LoopState::finished || state == LoopState::stopped;
        const bool due = state == LoopState::running && snapshot->step >= std::max<qint64>(500, 2 * m_judgedStep);
        if (!still && !due) return;
        m_judgedStep = snapshot->step;
        judge();
    };
    connect(m_grammarDock, &QDockWidget::visibilityChanged, this, judgeUnasked);
    connect(m_judge, &JudgeController::grammarFound, this, judgeUnasked);
    connect(m_training, &TrainingController::snapshotArrived, this, judgeUnasked);
    connect(m_training, &TrainingController::runBegan, this, [this] { m_judgedStep = -1; });
    connect(m_grammarPanel, &GrammarPanel::judgeCancelled, m_judge, &JudgeController::cancelWays);
    connect(m_judge, &JudgeController::waysBusyChanged, m_grammarPanel, &GrammarPanel::setRowsBusy);
    connect(m_judge, &JudgeController::waysCompared, this, [this](const JudgedWays& ways) {
        std::vector<GrammarRow> rows;
        for (const JudgedWay& way : ways.ways) rows.push_back({way.constrained, way.beyond, way.judged});
        m_grammarPanel->setRows(rows, ways.step, ways.temperature);
    });
    connect(m_grammarPanel, &GrammarPanel::cadenceChanged, this, &MainWindow::setMilestones);
    connect(m_grammarDock, &QDockWidget::visibilityChanged, this, &MainWindow::setMilestones);
    connect(m_training, &TrainingController::milestonesArrived, this,
            [this, request](const std::vector<std::shared_ptr<const ModelSnapshot>>& milestones) {
                if (m_grammarPanel->trainingCadence() > 0) m_judge->judgeMilestones(milestones, request());
            });
    connect(m_judge, &JudgeController::milestoneJudged, m_grammarPanel, &GrammarPanel::appendMilestone);
    connect(m_grammarPanel, &GrammarPanel::sweepRequested, this, [this, request] {
        if (m_training->snapshot()) m_judge->startSweep(m_training->snapshot(), request());
    });
    connect(m_grammarPanel, &GrammarPanel::sweepCancelled, m_judge, &JudgeController::cancelSweep);
    connect(m_judge, &JudgeController::sweepBegan, m_grammarPanel, &GrammarPanel::beginSweep);
    connect(m_judge, &JudgeController::sweepPoint, m_grammarPanel, &GrammarPanel::appendSweepPoint);
    connect(m_judge, &JudgeController::sweepEnded, m_grammarPanel, &GrammarPanel::endSweep);
    connect(m_judge, &JudgeController::failed, m_status, &StatusLine::setNews);
    connect(m_grammarPanel, &GrammarPanel::sequencePicked, this, [this](const std::vector<TokenId>& tokens) {
        m_picked = tokens;
        m_boardPanel->setSource(BoardPanel::Source::picked);
        m_boardDock->show();
        m_boardDock->raise();
        showOnBoard();
    });
}

// Training is judged only where somebody sees it.
void MainWindow::setMilestones() {
    m_training->setMilestones(isOnScreen(m_grammarDock) ? m_grammarPanel->trainingCadence() : 0);
}

void MainWindow::connectArena() {
    connect(m_arenaPanel, &ArenaPanel::playRequested, this, [this] {
        if (!m_training->snapshot() || !m_judge->grammar() || !m_judge->grammar()->snake_rules()) return;
        m_arena->start(m_training->snapshot(), m_arenaPanel->games(), m_arenaPanel->settings(),
                       *m_judge->grammar()->snake_rules());
    });
    connect(m_arenaPanel, &ArenaPanel::cancelled, m_arena, &ArenaController::cancel);
    connect(m_arena, &ArenaController::began, m_arenaPanel, &ArenaPanel::begin);
    connect(m_arena, &ArenaController::progressed, m_arenaPanel, &ArenaPanel::setProgress);
    connect(m_arena, &ArenaController::ended, m_arenaPanel, &ArenaPanel::end);
    connect(m_arena, &ArenaController::failed, m_status, &StatusLine::setNews);
    connect(m_arena, &ArenaController::played, this, [this](const ArenaResult& result) {
        m_games.clear();
        if (!result.players.empty())
            for (const play::GameResult& game : result.players.front().games) m_games.push_back(game.tokens);
        m_arenaPanel->setResults(result.players, result.step, result.settings);
        m_boardPanel->setGames(static_cast<int>(m_games.size()));
        if (m_boardPanel->source() == BoardPanel::Source::game) showOnBoard();
    });
    connect(m_arenaPanel, &ArenaPanel::watchRequested, this, [this] {
        m_boardPanel->setSource(BoardPanel::Source::game);
        m_boardDock->show();
        m_boardDock->raise();
        showOnBoard();
    });
}

void MainWindow::connectGenerate() {
    connect(m_toolBar, &ToolBar::generateCorpus, m_generateDialog, [this] {
        m_generateDialog->show();
        m_generateDialog->raise();
        m_generateDialog->activateWindow();
    });
    connect(m_generateDialog, &GenerateDialog::previewRequested, this,
            [this] { m_generate->preview(generatorOf(m_generateDialog->request())); });
    connect(m_generateDialog, &GenerateDialog::useRequested, this, [this] { generate({}); });
    connect(m_generateDialog, &GenerateDialog::saveRequested, this, [this] {
        const bool games = m_generateDialog->request().kind == GenerateRequest::Kind::snake;
        const auto path = m_dialogs.saveFile(
            m_generateDialog, tr("Save Corpus"),
            games ? tr("Episodes JSON (*.json)") : tr("Text, a document a line (*.txt)"), QStringLiteral("corpus"),
            games ? QStringLiteral("episodes.json") : QStringLiteral("documents.txt"));
        if (path) generate(*path);
    });
    connect(m_generateDialog, &GenerateDialog::cancelRequested, m_generate, &GenerateController::cancel);
    connect(m_generate, &GenerateController::previewed, m_generateDialog, &GenerateDialog::setPreview);
    connect(m_generate, &GenerateController::progressed, this,
            [this](int done) { m_generateDialog->setProgress(done, m_generateDialog->request().documents); });
    connect(m_generate, &GenerateController::ended, m_generateDialog, &GenerateDialog::setDone);
    connect(m_generate, &GenerateController::failed, m_generateDialog, &GenerateDialog::setError);
    connect(m_generate, &GenerateController::made, this, [this](std::shared_ptr<const Corpus> corpus) {
        m_generateDialog->hide();
        m_corpus->adopt(corpus, QString::fromStdString(corpus->name()));
    });
    connect(m_generate, &GenerateController::saved, this,
            [this](const QString& path, const std::shared_ptr<const Corpus>& corpus) {
                m_status->setNews(tr("%1 documents written to %2").arg(grouped(qint64(corpus->documents())), path));
            });
}

void MainWindow::generate(const QString& path) {
    const GenerateRequest request = m_generateDialog->request();
    m_generateDialog->setProgress(0, request.documents);
    m_generate->generate(generatorOf(request), request.documents, path);
}

}  // namespace gamegpt::ui
