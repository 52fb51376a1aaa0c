#include "ui/tool_bar.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QStyle>
#include <QToolButton>

#include "ui/theme.h"
#include "ui/widgets/figure_label.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

ToolBar::ToolBar(QWidget* parent) : QToolBar(parent) {
    setObjectName(QStringLiteral("toolBar"));
    setWindowTitle(tr("Toolbar"));
    setAccessibleName(tr("Toolbar"));
    setMovable(false);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIconSize({12, 12});

    m_name = named(new FigureLabel, "runCorpus", tr("Corpus of the run"));
    QFont bold = m_name->font();
    bold.setWeight(QFont::DemiBold);
    m_name->setFont(bold);
    m_run = named(new FigureLabel, "runNumber", tr("Run"));
    m_run->setTone(Tone::muted);
    m_run->setContentsMargins(6, 0, 0, 0);
    addWidget(m_name);
    addWidget(m_run);
    addSeparator();
    verb("openCorpusButton", tr("Open\u2026"), tr("Open Corpus"), {}, QKeySequence::Open,
         tr("Train on a file of yours: text, episodes JSON or token names"), &ToolBar::openCorpus);
    verb("generateCorpusButton", tr("Generate\u2026"), tr("Generate Corpus"), {}, Qt::CTRL | Qt::Key_G,
         tr("Make a corpus: games of Snake, brackets or sums"), &ToolBar::generateCorpus);
    addSeparator();
    m_start = verb("startButton", tr("Start"), tr("Start"), QStringLiteral("play"), Qt::Key_F5, tr("Train the model"),
                   &ToolBar::startOrPause);
    showIcon(m_start);
    widgetForAction(m_start)->setProperty("primary", true);
    setFocusProxy(widgetForAction(m_start));
    m_step = verb("stepButton", tr("Step"), tr("Step"), QStringLiteral("step"), Qt::Key_F10,
                  tr("One training step, then pause"), &ToolBar::stepOnce);
    m_stop = verb("stopButton", tr("Stop"), tr("Stop"), QStringLiteral("stop"), Qt::SHIFT | Qt::Key_F5,
                  tr("End the run; the model stays as it is"), &ToolBar::stop);
    m_reset =
        verb("resetButton", tr("Reset"), tr("Reset"), QStringLiteral("reset"), Qt::CTRL | Qt::Key_R,
             tr("Begin again with fresh weights from the seed; the trained weights are dropped"), &ToolBar::reset);
    for (QAction* action : {m_step, m_stop, m_reset}) {  // their pictures say it, and the room is needed
        static_cast<QToolButton*>(widgetForAction(action))->setToolButtonStyle(Qt::ToolButtonIconOnly);
        showTip(action, {});
    }
    addSeparator();
    addCaption(tr("Weights"));
    m_import = verb("importWeightsButton", tr("Import\u2026"), tr("Import Weights"), {}, Qt::CTRL | Qt::Key_I,
                    tr("Look at or go on from weights in a file"), &ToolBar::importWeights);
    m_export = verb("exportWeightsButton", tr("Export\u2026"), tr("Export Weights"), {}, Qt::CTRL | Qt::Key_E,
                    tr("Write the weights as they stand to a file"), &ToolBar::exportWeights);

    auto* space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    addWidget(space);
    addLayouts();
    m_viewMenu = new QMenu(tr("View"), this);
    auto* view = named(new QToolButton, "viewButton", tr("View"));
    view->setText(tr("View"));
    view->setMenu(m_viewMenu);
    view->setPopupMode(QToolButton::InstantPopup);
    addWidget(view);
}

void ToolBar::addCaption(const QString& text) {
    auto* caption = makeText(text, "caption");
    caption->setWordWrap(false);
    addWidget(caption);
}

QAction* ToolBar::verb(const char* objectName, const QString& label, const QString& name, const QString& icon,
                       const QKeySequence& key, const QString& what, void (ToolBar::*triggered)()) {
    auto* action = new QAction(this);
    action->setShortcut(key);
    action->setProperty("what", what);
    addAction(action);
    widgetForAction(action)->setObjectName(QLatin1String(objectName));
    widgetForAction(action)->setFocusPolicy(Qt::TabFocus);
    setLabel(action, label, name, icon);
    connect(action, &QAction::triggered, this, triggered);
    return action;
}

void ToolBar::setLabel(QAction* action, const QString& label, const QString& name, const QString& icon) {
    if (action->text() == label) return;
    action->setText(label);
    action->setProperty("picture", icon);
    showIcon(action);
    widgetForAction(action)->setAccessibleName(name);
    showTip(action, {});
}

void ToolBar::showIcon(QAction* action) {
    const QString icon = action->property("picture").toString();
    if (icon.isEmpty()) return;
    const bool primary = action == m_start;
    const bool dark = primary && themeFor(palette()).dark;
    action->setIcon(QIcon(QStringLiteral(":/icons/%1%2%3.svg")
                              .arg(icon, primary ? QStringLiteral("-on-accent") : QString(),
                                   dark ? QStringLiteral("-dark") : QString())));
}

void ToolBar::changeEvent(QEvent* event) {
    QToolBar::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_start) showIcon(m_start);
}

void ToolBar::showTip(QAction* action, const QString& reason) {
    const auto* button = static_cast<QToolButton*>(widgetForAction(action));
    const QString what = reason.isEmpty() ? action->property("what").toString() : reason;
    const QString name = button->toolButtonStyle() == Qt::ToolButtonIconOnly
                             ? button->accessibleName() + QStringLiteral(": ")
                             : QString();
    action->setToolTip(
        QStringLiteral("%1%2 (%3)").arg(name, what, action->shortcut().toString(QKeySequence::NativeText)));
}

void ToolBar::addLayouts() {
    const std::tuple<const char*, QString, Layout> layouts[] = {
        {"trainLayout", tr("Train"), Layout::train},    {"inspectLayout", tr("Inspect"), Layout::inspect},
        {"sampleLayout", tr("Sample"), Layout::sample}, {"gameLayout", tr("Game"), Layout::game},
        {"corpusLayout", tr("Corpus"), Layout::corpus},
    };
    auto* segments = new QWidget;
    auto* row = new QHBoxLayout(segments);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* group = new QActionGroup(this);
    for (const auto& [objectName, label, layout] : layouts) {
        auto* action = new QAction(label, group);
        action->setCheckable(true);
        action->setChecked(layout == Layout::train);
        auto* button = named(new QToolButton, objectName, tr("%1 layout").arg(label));
        button->setDefaultAction(action);
        button->setProperty("segment", true);
        button->setFocusPolicy(Qt::TabFocus);
        row->addWidget(button);
        connect(action, &QAction::triggered, this, [this, which = layout] { emit layoutChosen(which); });
    }
    addWidget(segments);
}

bool ToolBar::chooseLayout(const QString& name) {
    auto* button = findChild<QToolButton*>(name + QStringLiteral("Layout"));
    if (button) button->click();
    return button != nullptr;
}

void ToolBar::setRun(const QString& corpusName, quint64 run) {
    m_name->setText(corpusName);
    m_run->setText(tr("run %1").arg(grouped(static_cast<qint64>(run))));
}

void ToolBar::setState(const TrainingStatus& status, const QString& problem) {
    const LoopState state = status.state;
    const bool alive = state != LoopState::preparing && state != LoopState::failed;
    const bool running = state == LoopState::running;
    const bool stepsLeft = status.step < status.steps;
    if (running) setLabel(m_start, tr("Pause"), tr("Pause"), QStringLiteral("pause"));
    else if (status.step > 0) setLabel(m_start, tr("Resume"), tr("Resume"), QStringLiteral("play"));
    else setLabel(m_start, tr("Start"), tr("Start"), QStringLiteral("play"));
    const bool canTrain = alive && problem.isEmpty() && stepsLeft;
    m_start->setEnabled(running || canTrain);
    m_step->setEnabled(!running && canTrain);
    m_stop->setEnabled(running || state == LoopState::paused);
    m_reset->setEnabled(state != LoopState::preparing);
    m_import->setEnabled(state != LoopState::preparing);
    m_export->setEnabled(alive);
    const bool done = status.step > 0 && !stepsLeft;
    const QString reason = !problem.isEmpty() ? problem
                           : done             ? tr("All steps are done: raise Steps to go on, or Reset")
                                              : QString();
    showTip(m_start, reason);
    showTip(m_step, reason);
}

}  // namespace gamegpt::ui
