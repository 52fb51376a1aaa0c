#pragma once

#include <QStatusBar>

#include <deque>

#include "core/train/training_loop.h"

class QProgressBar;

namespace gamegpt::ui {

class FigureLabel;

// The status bar: what the run is doing, how far it is, how fast, and how long it will still take.
class StatusLine : public QStatusBar {
    Q_OBJECT
   public:
    explicit StatusLine(QWidget* parent = nullptr);

    // `memory` in bytes is what training takes.
    void reset(std::size_t memory = 0);
    void setStatus(const TrainingStatus& status);
    void append(const std::vector<StepRecord>& records);
    // A sentence at the right on what happened last ("Weights of step 3,250 written to ..."); stays until the next one.
    void setNews(const QString& sentence);

   private:
    FigureLabel* figure(const char* objectName, const QString& accessibleName, const QString& widthTemplate);

    FigureLabel *m_dot, *m_state, *m_step, *m_loss, *m_steps, *m_tokens, *m_left, *m_news, *m_memory;
    QProgressBar* m_progress;
    std::deque<double> m_recent;  // the last 100 losses
};

// "0.3 s", "2 min 05 s", "1 h 20 min".
QString durationText(double seconds);

}  // namespace gamegpt::ui
