#pragma once

#include <QWidget>

#include <vector>

class QCPGraph;
class QCustomPlot;
class QLabel;
class QStackedWidget;

namespace gamegpt::ui {

class FiguresModel;

// Several lines over one x, later ones stronger, one of them in the accent colour. The same figures as a table one
// click away; pointing at the plot reads them.
class LinesPlot : public QWidget {
    Q_OBJECT
   public:
    struct Line {
        QString name;
        std::vector<double> y;  // one an x; NaN for none
    };

    // `over` names the x axis, `value` the y axis.
    LinesPlot(const QString& over, const QString& value, const char* objectName, QWidget* parent = nullptr);

    void setLines(std::vector<double> x, std::vector<Line> lines);
    void clear() { setLines({}, {}); }
    void setValueName(const QString& value);
    void setHighlighted(int line);  // -1 for none
    void setLogarithmic(bool logarithmic);
    int size() const { return static_cast<int>(m_x.size()); }
    int lines() const { return static_cast<int>(m_lines.size()); }
    void showTable(bool table);
    // png, svg, pdf or csv, by the name's ending.
    bool exportTo(const QString& fileName);

    QSize minimumSizeHint() const override { return QSize(240, 120); }

   protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

   private:
    QColor colourOf(std::size_t line) const;
    void restyle();
    void fit();
    void showReadout(int point);

    QStackedWidget* m_pages;
    QCustomPlot* m_plot;
    QLabel* m_readout;
    FiguresModel* m_model;
    std::vector<double> m_x;
    std::vector<Line> m_lines;
    std::vector<QCPGraph*> m_graphs;  // owned by the plot
    QString m_over;
    int m_highlighted = -1;
    int m_point = -1;
    bool m_logarithmic = false;
};

}  // namespace gamegpt::ui
