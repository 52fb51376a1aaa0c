#pragma once

#include <QWidget>

#include <deque>
#include <vector>

#include "core/train/trainer.h"

class QSlider;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace gamegpt::ui {

class BigNumber;
class Card;
class ExportButton;
class FigureLabel;
class LossModel;
class LossPlot;

// How well the model does, in four figures and a curve.
class LossPanel : public QWidget {
    Q_OBJECT
   public:
    explicit LossPanel(QWidget* parent = nullptr);

    void reset(int vocabularySize, qint64 steps);
    void setSteps(qint64 steps);
    void append(const std::vector<StepRecord>& records);
    void setHeldOutAvailable(bool available);
    // png, svg, pdf or csv, by the name's ending.
    bool exportTo(const QString& fileName);
    LossPlot* plot() const { return m_plot; }

   signals:
    void exportRequested(const QString& format);  // "png", "svg", "pdf", "csv"

   private:
    QWidget* buildFigures();
    void buildTools();
    void showFigures();
    QTableView* buildTable();
    void showTable(bool shown);

    Card* m_card;
    QStackedWidget* m_pages;
    LossPlot* m_plot;
    QSlider* m_smoothing;
    FigureLabel* m_smoothingNumber;
    QToolButton *m_log, *m_follow, *m_fit, *m_table;
    ExportButton* m_export;
    LossModel* m_model;
    QStackedWidget* m_views;  // the plot and its table
    BigNumber *m_mean, *m_heldOut, *m_guess, *m_best;
    std::deque<double> m_recent;  // the last 100 losses
    double m_lastHeldOut = 0, m_bestHeldOut = 0;
    qint64 m_bestStep = -1;
    bool m_heldOutAvailable = true;
};

}  // namespace gamegpt::ui
