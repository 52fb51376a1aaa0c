#include <QApplication>
#include <QDockWidget>
#include <QMenu>
#include <QSettings>

#include <algorithm>

#include "ui/main_window.h"
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
#include "ui/theme.h"
#include "ui/widgets/dock_grip.h"

// Docks and how they are laid out.
namespace gamegpt::ui {

namespace {
constexpr int layoutVersion = 3;  // a saved layout of another version is not restored
}

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
    m_studioDock = addDock(m_studioPanel);
    m_nextTokenDock = addDock(m_nextTokenPanel);
    m_compareDock = addDock(m_comparePanel);
    m_lensDock = addDock(m_lensPanel);
    m_weightsDock = addDock(m_weightsPanel);
    m_autogradDock = addDock(m_autogradPanel);
    for (QDockWidget* dock : {m_corpusDock, m_trainingDock}) dock->setMinimumWidth(272);
    m_samplerDock->setMinimumWidth(320);
    applyLayout(ToolBar::Layout::train);
}

std::vector<QDockWidget*> MainWindow::docks() const {
    return {m_corpusDock,    m_trainingDock, m_lossDock,     m_attentionDock, m_embeddingsDock,
            m_samplerDock,   m_boardDock,    m_grammarDock,  m_arenaDock,     m_studioDock,
            m_nextTokenDock, m_compareDock,  m_autogradDock, m_lensDock,      m_weightsDock};
}

// The columns are the same in every layout; what a layout has no use for stays hidden.
void MainWindow::applyLayout(ToolBar::Layout layout) {
    for (QDockWidget* dock : docks()) {
        dock->setFloating(false);
        removeDockWidget(dock);
    }
    addDockWidget(Qt::LeftDockWidgetArea, m_corpusDock);
    splitDockWidget(m_corpusDock, m_lossDock, Qt::Horizontal);
    splitDockWidget(m_lossDock, m_samplerDock, Qt::Horizontal);
    splitDockWidget(m_corpusDock, m_trainingDock, Qt::Vertical);
    splitDockWidget(m_trainingDock, m_boardDock, Qt::Vertical);
    splitDockWidget(m_lossDock, m_attentionDock, Qt::Vertical);
    for (QDockWidget* dock : {m_nextTokenDock, m_compareDock, m_lensDock, m_embeddingsDock, m_weightsDock,
                              m_autogradDock, m_studioDock, m_grammarDock, m_arenaDock})
        tabifyDockWidget(m_attentionDock, dock);
    const auto show = [this](const std::vector<QDockWidget*>& shown, QDockWidget* inFront) {
        for (QDockWidget* dock : docks()) dock->setVisible(std::find(shown.begin(), shown.end(), dock) != shown.end());
        inFront->raise();
    };
    const int total = std::max(width(), 1280);
    switch (layout) {
        case ToolBar::Layout::train:
            show({m_corpusDock, m_trainingDock, m_lossDock, m_attentionDock, m_embeddingsDock, m_samplerDock},
                 m_attentionDock);
            resizeDocks({m_corpusDock, m_lossDock, m_samplerDock}, {276, total - 276 - 344, 344}, Qt::Horizontal);
            resizeDocks({m_corpusDock, m_trainingDock}, {336, 420}, Qt::Vertical);
            resizeDocks({m_lossDock, m_attentionDock}, {320, 420}, Qt::Vertical);
            break;
        case ToolBar::Layout::inspect:
            show({m_lossDock, m_attentionDock, m_lensDock, m_embeddingsDock, m_weightsDock, m_autogradDock},
                 m_attentionDock);
            resizeDocks({m_lossDock, m_attentionDock}, {240, 560}, Qt::Vertical);
            break;
        case ToolBar::Layout::sample:
            show({m_nextTokenDock, m_compareDock, m_attentionDock, m_samplerDock}, m_nextTokenDock);
            resizeDocks({m_nextTokenDock, m_samplerDock}, {total / 2, total / 2}, Qt::Horizontal);
            break;
        case ToolBar::Layout::game: {
            show({m_boardDock, m_lossDock, m_grammarDock, m_arenaDock, m_samplerDock}, m_grammarDock);
            const int board = total * 28 / 100;
            resizeDocks({m_boardDock, m_lossDock, m_samplerDock}, {board, total - board - 344, 344}, Qt::Horizontal);
            resizeDocks({m_lossDock, m_grammarDock}, {250, 530}, Qt::Vertical);
            break;
        }
        case ToolBar::Layout::corpus:
            show({m_corpusDock, m_studioDock}, m_studioDock);
            resizeDocks({m_corpusDock, m_studioDock}, {276, total - 276}, Qt::Horizontal);
            break;
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

}  // namespace gamegpt::ui
