#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

#include "core/corpus/vocabulary.h"

class QCustomPlot;

namespace gamegpt::ui {

class PointCloud;

// Labelled points in the plane, both axes to the same scale. Drag, zoom, double click shows everything again. With
// Shift the mouse draws a lasso: the points inside stand out. A label that would touch another one is left out until
// there is room. While points move, the axes stay put as long as they can.
class ScatterPlot : public QWidget {
    Q_OBJECT
   public:
    explicit ScatterPlot(QWidget* parent = nullptr);
    ~ScatterPlot() override;

    struct Point {
        double x = 0, y = 0;
        QString label;
        TokenCategory category = TokenCategory::text;
    };
    // `ordered` points are positions: coloured from first to last and joined by a thin line.
    void setPoints(std::vector<Point> points, bool ordered);
    void clear() { setPoints({}, false); }
    void setAxisTitles(const QString& x, const QString& y);
    // Points whose label contains this text stand out; the rest fade. Empty for all.
    void setFilter(const QString& text);
    // The points inside the last lasso, ascending; none when nothing is selected.
    const std::vector<int>& selection() const { return m_selection; }
    void clearSelection();
    int size() const { return static_cast<int>(m_points.size()); }
    QPointF pointPosition(int index) const;  // on this widget
    void fit();
    bool exportTo(const QString& fileName);  // png, svg, pdf or csv

    QSize sizeHint() const override { return QSize(480, 360); }
    QSize minimumSizeHint() const override { return QSize(200, 160); }

   signals:
    void hovered(int index);  // -1 for none
    void selectionChanged();

   protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

   private:
    void restyle();
    void applyRanges();
    void setHovered(int index);
    bool lassoEvent(QEvent* event);
    void select(std::vector<int> points);

    QCustomPlot* m_plot;
    PointCloud* m_cloud = nullptr;  // owned by the plot
    std::vector<Point> m_points;
    std::vector<int> m_selection;
    bool m_fitted = true;
    bool m_roaming = false;  // the lasso is being drawn
};

}  // namespace gamegpt::ui
