#pragma once

#include <QWidget>

#include <vector>

#include "core/train/trainer.h"
#include "ui/plots/smoothing.h"

class QCustomPlot;
class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCPItemTracer;
class QLabel;
class QTimer;

namespace gamegpt::ui {

// Loss over steps: each step's, their exponential mean, the held-out loss and the loss of guessing. Grows by append();
// the view follows until the user drags or zooms.
class LossPlot : public QWidget {
    Q_OBJECT
   public:
    explicit LossPlot(QWidget* parent = nullptr);

    // Empties the plot for a run of `steps` over a vocabulary of this size (0: no line of guessing).
    void reset(int vocabularySize, qint64 steps);
    void setSteps(qint64 steps);
    void append(const std::vector<StepRecord>& records);

    void setSmoothing(double factor);  // 0..0.999
    double smoothing() const { return m_factor; }
    void setLogarithmic(bool logarithmic);
    void setFollow(bool follow);
    bool follow() const { return m_follow; }
    // Shows everything and follows again.
    void fit();

    // The curves as they are drawn, for a table or a test.
    std::vector<double> smoothedValues() const;
    qsizetype size() const { return static_cast<qsizetype>(m_steps.size()); }
    // Puts the crosshair at the step nearest to this one.
    void showCursorAt(double step);
    void hideCursor();
    // "step 1,234 · loss 0.512 · smoothed 0.498 · held out 0.510"; empty without a crosshair.
    QString readout() const { return m_readout; }

    // By the name's ending: png, svg, pdf or csv. False when it cannot be written.
    bool exportTo(const QString& fileName);

    QSize sizeHint() const override { return QSize(520, 260); }
    QSize minimumSizeHint() const override { return QSize(240, 140); }

   signals:
    void followChanged(bool follow);

   protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

   private:
    void buildGraphs();
    void connectMouse();
    void restyle();
    void resmooth();
    void updateView();
    void showLegend();
    void describe();
    QString csv() const;

    QCustomPlot* m_plot;
    QLabel* m_legend;
    QTimer* m_describeTimer;
    QCPGraph* m_raw = nullptr;
    QCPGraph* m_smooth = nullptr;
    QCPGraph* m_heldOut = nullptr;
    QCPItemStraightLine* m_guessLine = nullptr;
    QCPItemText* m_guessLabel = nullptr;
    QCPItemStraightLine* m_cursorLine = nullptr;
    QCPItemTracer* m_tracer = nullptr;

    std::vector<double> m_steps, m_losses, m_heldSteps, m_heldLosses;
    ExponentialMean m_mean{0.9};
    double m_factor = 0.9;
    double m_guess = 0;
    double m_least = 0, m_most = 0;  // of all losses
    qint64 m_plannedSteps = 0;
    bool m_follow = true;
    bool m_fitAll = true;
    bool m_logarithmic = false;
    QString m_readout;
};

}  // namespace gamegpt::ui
