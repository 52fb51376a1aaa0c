#include "ui/main_window.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QMimeData>

#include "ui/controllers/arena_controller.h"
#include "ui/controllers/autograd_controller.h"
#include "ui/controllers/compare_controller.h"
#include "ui/controllers/corpus_controller.h"
#include "ui/controllers/corpus_studio_controller.h"
#include "ui/controllers/generate_controller.h"
#include "ui/controllers/inspection_controller.h"
#include "ui/controllers/judge_controller.h"
#include "ui/controllers/sampler_controller.h"
#include "ui/controllers/training_controller.h"
#include "ui/controllers/weights_controller.h"
#include "ui/panels/arena_panel.h"
#include "ui/panels/attention_panel.h"
#include "ui/panels/autograd_panel.h"
#include "ui/panels/board_panel.h"
#include "ui/panels/compare_panel.h"
#include "ui/panels/corpus_panel.h"
#include "ui/panels/corpus_studio_panel.h"
#include "ui/panels/embeddings_panel.h"
#include "ui/panels/generate_dialog.h"
#include "ui/panels/grammar_panel.h"
#include "ui/panels/lens_panel.h"
#include "ui/panels/loss_panel.h"
#include "ui/panels/next_token_panel.h"
#include "ui/panels/sampler_panel.h"
#include "ui/panels/training_panel.h"
#include "ui/panels/weights_panel.h"
#include "ui/status_line.h"

namespace gamegpt::ui {

MainWindow::MainWindow(FileDialogs& dialogs, QWidget* parent)
    : QMainWindow(parent),
      m_dialogs(dialogs),
      m_corpus(new CorpusController(this)),
      m_training(new TrainingController(this)),
      m_weights(new WeightsController(m_training, this)),
      m_sampler(new SamplerController(this)),
      m_inspection(new InspectionController(this)),
      m_judge(new JudgeController(this)),
      m_arena(new ArenaController(this)),
      m_generate(new GenerateController(this)),
      m_studio(new CorpusStudioController(this)),
      m_compare(new CompareController(this)),
      m_autograd(new AutogradController(this)),
      m_toolBar(new ToolBar),
      m_status(new StatusLine),
      m_corpusPanel(new CorpusPanel),
      m_trainingPanel(new TrainingPanel),
      m_lossPanel(new LossPanel),
      m_attentionPanel(new AttentionPanel),
      m_embeddingsPanel(new EmbeddingsPanel),
      m_lensPanel(new LensPanel),
      m_weightsPanel(new WeightsPanel),
      m_samplerPanel(new SamplerPanel),
      m_boardPanel(new BoardPanel),
      m_grammarPanel(new GrammarPanel),
      m_arenaPanel(new ArenaPanel),
      m_studioPanel(new CorpusStudioPanel),
      m_nextTokenPanel(new NextTokenPanel),
      m_comparePanel(new ComparePanel),
      m_autogradPanel(new AutogradPanel),
      m_generateDialog(new GenerateDialog(this)) {
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("GameGPT Workbench"));
    setAcceptDrops(true);
    addToolBar(m_toolBar);
    setStatusBar(m_status);
    buildDocks();
    buildViewMenu();
    connectToolBar();
    connectCorpus();
    connectTraining();
    connectSampler();
    connectInspection();
    connectExports();
    connectBoard();
    connectGrammar();
    connectArena();
    connectGenerate();
    connectCorpusStudio();
    connectNextToken();
    connectCompare();
    connectAutograd();
    restoreLayout();
    showStatus(m_training->status());
}

MainWindow::~MainWindow() = default;

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    openCorpus(event->mimeData()->urls().first().toLocalFile());
    event->acceptProposedAction();
}

void MainWindow::loadBuiltInCorpus() { m_corpus->loadBuiltIn(); }

void MainWindow::openCorpus(const QString& path) { m_corpus->open(path); }

void MainWindow::importWeights(const QString& path) {
    if (m_training->corpus().train) m_weights->importFrom(path);
    else m_importWhenLoaded = path;
}

void MainWindow::setSteps(qint64 steps) {
    TrainConfig train = m_trainingPanel->train();
    train.steps = steps;
    m_trainingPanel->setTrain(train);
    m_training->setSettings(m_trainingPanel->model(), train);
}

bool MainWindow::chooseLayout(const QString& name) { return m_toolBar->chooseLayout(name); }

void MainWindow::startWhenReady() {
    m_startWhenReady = true;
    doWhenReady();
}

}  // namespace gamegpt::ui
