#include "ui/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QMenu>
#include <QMimeData>
#include <QSettings>

#include "ui/controllers/arena_controller.h"
#include "ui/controllers/corpus_controller.h"
#include "ui/controllers/generate_controller.h"
#include "ui/controllers/inspection_controller.h"
#include "ui/controllers/judge_controller.h"
#include "ui/controllers/sampler_controller.h"
#include "ui/controllers/training_controller.h"
#include "ui/controllers/weights_controller.h"
#include "ui/panels/arena_panel.h"
#include "ui/panels/attention_panel.h"
#include "ui/panels/board_panel.h"
#include "ui/panels/corpus_panel.h"
#include "ui/panels/embeddings_panel.h"
#include "ui/panels/generate_dialog.h"
#include "ui/panels/grammar_panel.h"
#include "ui/panels/loss_panel.h"
#include "ui/panels/sampler_panel.h"
#include "ui/panels/training_panel.h"
#include "ui/status_line.h"
#include "ui/theme.h"
#include "ui/widgets/dock_grip.h"

namespace gamegpt::ui {

namespace {
constexpr int layoutVersion = 2;  // a saved layout of another version is not restored
}

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
      m_toolBar(new ToolBar),
      m_status(new StatusLine),
      m_corpusPanel(new CorpusPanel),
      m_trainingPanel(new TrainingPanel),
      m_lossPanel(new LossPanel),
      m_attentionPanel(new AttentionPanel),
      m_embeddingsPanel(new EmbeddingsPanel),
      m_samplerPanel(new SamplerPanel),
      m_boardPanel(new BoardPanel),
      m_grammarPanel(new GrammarPanel),
      m_arenaPanel(new ArenaPanel),
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
    restoreLayout();
    showStatus(m_training->status());
}

MainWindow::~MainWindow() = default;

QDockWidget* MainWindow::addDock(QWidget* panel) {
    auto* dock = new QDockWidget(panel->accessibleName(), this);
    dock->setObjectName(panel->objectName() + QStringLiteral("Dock"));
    dock->setTitleBarWidget(new DockGrip(dock));
    panel->setContentsMargins(4, 0, 4, 0);
    dock->setWidget(panel);
    connect(dock, &QDockWidget::visibilityChanged, dock,
            [dock](bool visible) { dock->setProperty("onScreen", visible); });
    return dock;
}

bool MainWindow::isOnScreen(const QDockWidget* dock) { return dock->property("onScreen").toBool(); }

void MainWindow::buildDocks() {
    setDockNestingEnabled(true);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setDockOptions(dockOptions() & ~QMainWindow::AnimatedDocks);
    m_corpusDock = addDock(m_corpusPanel);
    m_trainingDock = addDock(m_trainingPanel);
    m_lossDock = addDock(m_lossPanel);
    m_attentionDock = addDock(m_attentionPanel);
    m_embeddingsDock = addDock(m_embeddingsPanel);
    m_samplerDock = addDock(m_samplerPanel);
    m_boardDock = addDock(m_boardPanel);
    m_grammarDock = addDock(m_grammarPanel);
    m_arenaDock = addDock(m_arenaPanel);
    for (QDockWidget* dock : {m_corpusDock, m_trainingDock}) dock->setMinimumWidth(272);
    m_samplerDock->setMinimumWidth(320);
    applyLayout(ToolBar::Layout::train);
}

std::vector<QDockWidget*> MainWindow::docks() const {
    return {m_corpusDock,  m_trainingDock, m_lossDock,    m_attentionDock, m_embeddingsDock,
            m_samplerDock, m_boardDock,    m_grammarDock, m_arenaDock};
}

void MainWindow::applyLayout(ToolBar::Layout layout) {
    for (QDockWidget* dock : docks()) {
        dock->setFloating(false);
        removeDockWidget(dock);
    }
    // The three columns of every layout; what a layout has no use for stays hidden.
    addDockWidget(Qt::LeftDockWidgetArea, m_corpusDock);
    splitDockWidget(m_corpusDock, m_lossDock, Qt::Horizontal);
    splitDockWidget(m_lossDock, m_samplerDock, Qt::Horizontal);
    splitDockWidget(m_corpusDock, m_trainingDock, Qt::Vertical);
    splitDockWidget(m_trainingDock, m_boardDock, Qt::Vertical);
    splitDockWidget(m_lossDock, m_attentionDock, Qt::Vertical);
    for (QDockWidget* dock : {m_embeddingsDock, m_grammarDock, m_arenaDock}) tabifyDockWidget(m_attentionDock, dock);
    const bool train = layout == ToolBar::Layout::train;
    const bool sample = layout == ToolBar::Layout::sample;
    const bool game = layout == ToolBar::Layout::game;
    const auto show = [](std::initializer_list<QDockWidget*> docks, bool shown) {
        for (QDockWidget* dock : docks) dock->setVisible(shown);
    };
    show({m_corpusDock, m_trainingDock}, train);
    show({m_samplerDock}, layout != ToolBar::Layout::inspect);
    show({m_lossDock}, true);
    show({m_attentionDock, m_embeddingsDock}, !game);
    show({m_boardDock, m_grammarDock, m_arenaDock}, game);
    (game ? m_grammarDock : m_attentionDock)->raise();
    const int total = std::max(width(), 1280);
    if (train) {
        resizeDocks({m_corpusDock, m_lossDock, m_samplerDock}, {276, total - 276 - 344, 344}, Qt::Horizontal);
        resizeDocks({m_corpusDock, m_trainingDock}, {336, 420}, Qt::Vertical);
        resizeDocks({m_lossDock, m_attentionDock}, {320, 420}, Qt::Vertical);
    } else if (sample) {
        resizeDocks({m_lossDock, m_samplerDock}, {total / 2, total / 2}, Qt::Horizontal);
        resizeDocks({m_lossDock, m_attentionDock}, {280, 460}, Qt::Vertical);
    } else if (game) {
        const int board = total * 28 / 100;
        resizeDocks({m_boardDock, m_lossDock, m_samplerDock}, {board, total - board - 344, 344}, Qt::Horizontal);
        resizeDocks({m_lossDock, m_grammarDock}, {250, 530}, Qt::Vertical);
    } else {
        resizeDocks({m_lossDock, m_attentionDock}, {240, 560}, Qt::Vertical);
    }
}

void MainWindow::buildViewMenu() {
    QMenu* menu = m_toolBar->viewMenu();
    for (QDockWidget* dock : docks()) menu->addAction(dock->toggleViewAction());
    menu->addSeparator();
    const std::pair<QString, QString> themes[] = {{tr("Light"), QStringLiteral("light")},
                                                  {tr("Dark"), QStringLiteral("dark")}};
    for (const auto& [label, name] : themes) {
        QAction* action = menu->addAction(label);
        action->setObjectName(name + QStringLiteral("Theme"));
        connect(action, &QAction::triggered, this, [name = name] {
            QSettings().setValue(QStringLiteral("theme"), name);
            applyTheme(*qApp, name == QLatin1String("dark"));
        });
    }
}

void MainWindow::restoreLayout() {
    const QSettings settings;
    resize(1440, 900);
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    if (!restoreState(settings.value(QStringLiteral("window/state")).toByteArray(), layoutVersion))
        applyLayout(ToolBar::Layout::train);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/state"), saveState(layoutVersion));
    event->accept();
}

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

void MainWindow::startWhenReady() {
    m_startWhenReady = true;
    doWhenReady();
}

}  // namespace gamegpt::ui
