#pragma once

#include <QToolBar>

#include "core/train/training_loop.h"

class QAction;
class QActionGroup;
class QMenu;

namespace gamegpt::ui {

class FigureLabel;

// The window's verbs. Start is one button: it says Start, Pause or Resume, whatever it would do.
class ToolBar : public QToolBar {
    Q_OBJECT
   public:
    enum class Layout { train, inspect, sample, game, corpus };

    explicit ToolBar(QWidget* parent = nullptr);

    void setRun(const QString& corpusName, quint64 run);
    // `problem` is why the settings make no model; empty when they do.
    void setState(const TrainingStatus& status, const QString& problem);
    // As a click on its button; false if there is no layout of this name: "train", "inspect", ...
    bool chooseLayout(const QString& name);
    QMenu* viewMenu() const { return m_viewMenu; }

   signals:
    void openCorpus();
    void generateCorpus();
    void startOrPause();
    void stepOnce();
    void stop();
    void reset();
    void importWeights();
    void exportWeights();
    void layoutChosen(gamegpt::ui::ToolBar::Layout layout);

   protected:
    void changeEvent(QEvent* event) override;

   private:
    // `name` is what screen readers say of it; `label` stands on the button.
    QAction* verb(const char* objectName, const QString& label, const QString& name, const QString& icon,
                  const QKeySequence& key, const QString& what, void (ToolBar::*triggered)());
    void addCaption(const QString& text);
    void setLabel(QAction* action, const QString& label, const QString& name, const QString& icon);
    void showIcon(QAction* action);
    // What the action does, or why it cannot be done now.
    void showTip(QAction* action, const QString& reason);
    void addLayouts();

    FigureLabel *m_name, *m_run;
    QAction* m_start = nullptr;
    QAction *m_step, *m_stop, *m_reset, *m_import, *m_export;
    QMenu* m_viewMenu;
};

}  // namespace gamegpt::ui
