#include <QDockWidget>
#include <QFileInfo>

#include <algorithm>

#include "core/base/error.h"
#include "ui/controllers/arena_controller.h"
#include "ui/controllers/corpus_controller.h"
#include "ui/controllers/inspection_controller.h"
#include "ui/controllers/judge_controller.h"
#include "ui/controllers/sampler_controller.h"
#include "ui/controllers/training_controller.h"
#include "ui/controllers/weights_controller.h"
#include "ui/main_window.h"
#include "ui/panels/arena_panel.h"
#include "ui/panels/attention_panel.h"
#include "ui/panels/autograd_panel.h"
#include "ui/panels/board_panel.h"
#include "ui/panels/corpus_panel.h"
#include "ui/panels/embeddings_panel.h"
#include "ui/panels/grammar_panel.h"
#include "ui/panels/lens_panel.h"
#include "ui/panels/loss_panel.h"
#include "ui/panels/next_token_panel.h"
#include "ui/panels/sampler_panel.h"
#include "ui/panels/training_panel.h"
#include "ui/panels/weights_panel.h"
#include "ui/status_line.h"
#include "ui/widgets/export_button.h"
#include "ui/widgets/file_dialogs.h"
#include "ui/widgets/format.h"

// What happens when: which panel tells which controller, and which result goes to which panel.
namespace gamegpt::ui {

void MainWindow::connectToolBar() {
    connect(m_toolBar, &ToolBar::openCorpus, this, [this] {
        const auto path = m_dialogs.openFile(
            this, tr("Open Corpus"), tr("Corpora (*.txt *.json *.csv *.md);;All files (*)"), QStringLiteral("corpus"));
        if (path) openCorpus(*path);
    });
    connect(m_toolBar, &ToolBar::startOrPause, this, [this] {
        if (m_training->status().state == LoopState::running) m_training->pause();
        else m_training->run();
    });
    connect(m_toolBar, &ToolBar::stepOnce, m_training, &TrainingController::stepOnce);
    connect(m_toolBar, &ToolBar::stop, m_training, &TrainingController::stop);
    connect(m_toolBar, &ToolBar::reset, m_training, &TrainingController::reset);
    connect(m_toolBar, &ToolBar::importWeights, this, [this] {
        const auto path = m_dialogs.openFile(this, tr("Import Weights"), tr("Weights (*.txt);;All files (*)"),
                                             QStringLiteral("weights"));
        if (path) importWeights(*path);
    });
    connect(m_toolBar, &ToolBar::exportWeights, this, [this] {
        const auto path = m_dialogs.saveFile(this, tr("Export Weights"), tr("Weights (*.txt);;All files (*)"),
                                             QStringLiteral("weights"), QStringLiteral("weights.txt"));
        if (path) m_weights->exportTo(*path);
    });
    connect(m_toolBar, &ToolBar::layoutChosen, this, &MainWindow::applyLayout);
}

void MainWindow::connectCorpus() {
    connect(m_corpus, &CorpusController::loadingChanged, m_corpusPanel, &CorpusPanel::setLoading);
    connect(m_corpus, &CorpusController::loaded, this, [this] {
        const CorpusSplit& corpus = m_corpus->split();
        showCorpus();
        m_judge->setCorpus(corpus.train);
        m_trainingPanel->setVocabularySize(static_cast<int>(corpus.train->vocabulary().size()));
        m_trainingPanel->followCorpus(*corpus.train);
        if (m_trainingPanel->problem()) m_training->setCorpus(corpus);
        else m_training->setCorpus(corpus, m_trainingPanel->model(), m_trainingPanel->train());
        if (const QString weights = std::exchange(m_importWhenLoaded, {}); !weights.isEmpty()) importWeights(weights);
    });
    connect(m_corpus, &CorpusController::failed, this, [this](const QString& sentence) {
        m_importWhenLoaded.clear();
        m_startWhenReady = false;
        showCorpus();  // a format that did not fit is not what is loaded
        m_corpusPanel->setError(sentence);
        m_dialogs.showError(this, tr("Open Corpus"), sentence);
    });
    connect(m_corpusPanel, &CorpusPanel::formatRequested, m_corpus, &CorpusController::setFormat);
    connect(m_corpusPanel, &CorpusPanel::heldOutShareRequested, m_corpus, &CorpusController::setHeldOutShare);
    connect(m_corpusPanel, &CorpusPanel::splitSeedRequested, m_corpus, &CorpusController::setSplitSeed);
    connect(m_corpusPanel, &CorpusPanel::tokensRequested, m_corpus, &CorpusController::setTokens);
    connect(m_corpus, &CorpusController::progressed, m_corpusPanel, &CorpusPanel::setProgress);
    connect(m_corpusPanel, &CorpusPanel::cancelRequested, m_corpus, [this] {
        m_importWhenLoaded.clear();
        m_startWhenReady = false;
        m_corpus->cancel();
        showCorpus();  // the choices are those of what is loaded
    });
    connect(m_weights, &WeightsController::imported, this,
            [this](const QString& path) { m_status->setNews(tr("Weights read from %1").arg(path)); });
    connect(m_weights, &WeightsController::exported, this, [this](const QString& path, qint64 step) {
        m_status->setNews(tr("Weights of step %1 written to %2").arg(grouped(step), path));
    });
    connect(m_weights, &WeightsController::failed, this, [this](const QString& title, const QString& sentence) {
        m_startWhenReady = false;  // not without the weights that were asked for
        m_dialogs.showError(this, title, sentence);
    });
}

void MainWindow::connectTraining() {
    connect(m_trainingPanel, &TrainingPanel::settingsChanged, this, [this] {
        // An active run goes on: what may change in it, learning rate and steps, comes by the signals below.
        if (!m_trainingPanel->problem() && !m_training->isLocked())
            m_training->setSettings(m_trainingPanel->model(), m_trainingPanel->train());
        showStatus(m_training->status());
    });
    connect(m_trainingPanel, &TrainingPanel::learningRateChanged, this, [this](double learningRate) {
        if (!m_trainingPanel->problem()) m_training->setLearningRate(learningRate);
    });
    connect(m_trainingPanel, &TrainingPanel::stepsChanged, this, [this](qint64 steps) {
        m_training->setSteps(steps);
        m_lossPanel->setSteps(steps);
        m_grammarPanel->setSteps(steps);
    });
    connect(m_training, &TrainingController::runBegan, this, &MainWindow::showRun);
    connect(m_training, &TrainingController::statusChanged, this, &MainWindow::showStatus);
    connect(m_training, &TrainingController::recordsArrived, this, [this](const std::vector<StepRecord>& records) {
        m_lossPanel->append(records);
        m_status->append(records);
        m_trainingPanel->setEffectiveLearningRate(records.back().learning_rate);
    });
    connect(m_training, &TrainingController::snapshotArrived, this, &MainWindow::showSnapshot);
}

void MainWindow::connectExports() {
    const auto connectExport = [this](auto* panel, const QString& what) {
        connect(panel, &std::remove_pointer_t<decltype(panel)>::exportRequested, this,
                [this, panel, what](const QString& format) {
                    if (format == ExportButton::copyPicture || format == ExportButton::copyFigures) {
                        const bool copied = ExportButton::copy(
                            format, [panel](const QString& fileName) { return panel->exportTo(fileName); });
                        m_status->setNews(copied ? tr("Copied to the clipboard") : tr("There is nothing to copy yet"));
                        return;
                    }
                    const auto path = m_dialogs.saveFile(this, tr("Export"),
                                                         QStringLiteral("%1 (*.%2)").arg(format.toUpper(), format),
                                                         QStringLiteral("export"), what + QLatin1Char('.') + format);
                    if (!path) return;
                    if (panel->exportTo(*path)) m_status->setNews(tr("Written to %1").arg(*path));
                    else
                        m_dialogs.showError(this, tr("Export"),
                                            tr("%1: cannot be written; nothing was changed.").arg(*path));
                });
    };
    connectExport(m_lossPanel, QStringLiteral("loss"));
    connectExport(m_attentionPanel, QStringLiteral("attention"));
    connectExport(m_lensPanel, QStringLiteral("layers"));
    connectExport(m_weightsPanel, QStringLiteral("weights"));
    connectExport(m_grammarPanel, QStringLiteral("validity"));
    connectExport(m_embeddingsPanel, QStringLiteral("map"));
    connectExport(m_autogradPanel, QStringLiteral("graph"));
}

void MainWindow::showCorpus() {
    const CorpusSplit& corpus = m_corpus->split();
    if (!corpus.train) return;
    m_corpusPanel->setChoices({m_corpus->heldOutShare(), m_corpus->splitSeed(), m_corpus->tokens(), m_corpus->merges(),
                               m_corpus->isBuiltIn()});
    m_corpusPanel->setCorpus(corpus, m_corpus->path(), corpus.train->format());
}

// A new run: nothing of the last one stays on screen.
void MainWindow::showRun() {
    const CorpusSplit& corpus = m_training->corpus();
    const ModelConfig& model = m_training->model();
    m_sampler->cancel();
    m_nextTokenPanel->clear();
    m_nextTokenPanel->setFilters(m_samplerPanel->request().temperature, m_samplerPanel->request().filters);
    m_inspection->cancel();
    m_judge->cancel();
    m_arena->cancel();
    m_samples.clear();
    m_games.clear();
    m_picked.clear();
    m_toolBar->setRun(QString::fromStdString(corpus.train->name()), m_training->runNumber());
    if (m_training->isImported()) m_trainingPanel->setModel(model);
    m_lossPanel->reset(model.vocab_size, m_training->train().steps);
    m_lossPanel->setHeldOutAvailable(corpus.held_out != nullptr);
    m_attentionPanel->clear();
    m_attentionPanel->setDocuments(static_cast<int>(std::min<std::size_t>(corpus.train->documents(), INT_MAX)));
    m_embeddingsPanel->clear();
    m_grammarPanel->clear();
    m_grammarPanel->setSteps(m_training->train().steps);
    m_arenaPanel->clear();
    m_boardPanel->setDocuments(static_cast<int>(std::min<std::size_t>(corpus.train->documents(), INT_MAX)));
    m_boardPanel->setGames(0);
    showOnBoard();
    m_samplerPanel->clear();
    m_samplerPanel->setVocabulary(corpus.train->vocabulary_ptr());
    m_samplerPanel->setBlockSize(model.block_size);
    m_samplerPanel->setAvailable(false);
    m_trainingPanel->setEffectiveLearningRate(-1);
    m_status->reset(training_bytes(model, m_training->train()));
}

void MainWindow::showStatus(const TrainingStatus& status) {
    m_status->setStatus(status);
    m_toolBar->setState(status, m_trainingPanel->problem().value_or(QString()));
    const bool locked = m_training->isLocked();
    if (locked != m_trainingPanel->isLocked())
        m_trainingPanel->setLocked(locked, m_training->isImported()
                                               ? tr("Locked: the model was imported. Reset to begin a new one.")
                                               : tr("Locked while a run is active. Reset to change."));
    const bool hasModel = m_training->snapshot() != nullptr;
    m_samplerPanel->setAvailable(hasModel);
    m_grammarPanel->setAvailable(hasModel);
    m_arenaPanel->setAvailable(hasModel, m_judge->grammar() && m_judge->grammar()->snake_rules());
    doWhenReady();
}

// In the sampler, or in a panel that looks into the current sample.
bool MainWindow::areSamplesSeen() const {
    const QDockWidget* docks[] = {m_samplerDock, m_attentionDock, m_lensDock, m_nextTokenDock, m_boardDock};
    return std::any_of(std::begin(docks), std::end(docks), isOnScreen);
}

void MainWindow::showSnapshot() {
    m_samplerPanel->setAvailable(true);
    // The first samples come unasked, later ones only while the user wants them live.
    const bool draw = m_samples.empty() || (m_samplerPanel->isLive() && areSamplesSeen());
    if (draw) m_sampler->pace().want(isTraining());
    // The attention of a sample comes with the sample.
    if (!draw || m_attentionPanel->source() != AttentionPanel::Source::sample) traceAttention();
    if (isOnScreen(m_embeddingsDock)) m_embeddingsPanel->setSnapshot(m_training->snapshot());
}

void MainWindow::doWhenReady() {
    const bool ready =
        m_training->status().state == LoopState::ready && m_importWhenLoaded.isEmpty() && !m_weights->isImporting();
    if (!ready) return;
    if (!focusWidget() || focusWidget()->parentWidget() == m_toolBar) m_toolBar->setFocus();  // Space starts
    if (!m_startWhenReady) return;
    m_startWhenReady = false;
    m_training->run();
}

}  // namespace gamegpt::ui
