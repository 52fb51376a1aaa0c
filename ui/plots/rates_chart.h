#pragma once

#include <QWidget>

#include <vector>

#include "core/play/judged_samples.h"

class QCPAxis;
class QCPErrorBars;
class QCPGraph;
class QCustomPlot;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace gamegpt::ui {

class FiguresModel;
enum class Tone;

// Shares of judged samples over something (steps, temperature): a line a tier with its 95 % interval, strict replay
// apart from the tiers of form by its thick dashed line, the mean entropy on an axis of its own. The same figures as a
// table one click away.
class RatesChart : public QWidget {
    Q_OBJECT
   public:
    // `over` names the x axis; `decimals` of its values.
    RatesChart(const QString& over, int decimals, const char* objectName, QWidget* parent = nullptr);

    // Empties the chart for these tiers.
    void setTiers(const std::vector<play::Tier>& tiers);
    // The range of x that is shown at least.
    void setRange(double least, double most);
    void append(double x, const play::JudgedSamples& judged);
    void clear();
    int size() const { return static_cast<int>(m_x.size()); }
    FiguresModel* table() const { return m_model; }
    void showTable(bool table);
    // png, svg, pdf or csv, by the name's ending.
    bool exportTo(const QString& fileName);

    QSize minimumSizeHint() const override { return QSize(240, 150); }

   protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

   private:
    struct Line {
        play::Tier tier;
        QCPGraph* graph;
        QCPErrorBars* bars;
    };
    void restyle();
    void fit();
    void showLegend();
    void showReadout(int point);

    QStackedWidget* m_pages;
    QCustomPlot* m_plot;
    QLabel* m_legend;
    FiguresModel* m_model;
    std::vector<Line> m_lines;
    QCPGraph* m_entropy = nullptr;
    std::vector<double> m_x;
    std::vector<play::JudgedSamples> m_points;  // without their sequences and verdicts
    QString m_over;
    int m_decimals;
    double m_least = 0, m_most = 1;
    int m_hovered = -1;
};

}  // namespace gamegpt::ui
