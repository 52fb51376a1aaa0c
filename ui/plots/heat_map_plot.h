#pragma once

#include <QImage>
#include <QStringList>
#include <QWidget>

#include <memory>
#include <vector>

namespace gamegpt::ui {

// One head's attention, large: rows are queries (the first on top), columns keys, viridis over a fixed 0..1, what may
// not be looked at in the ground colour. Cells are square; labels thin out when there is too little room for all.
class HeatMapPlot : public QWidget {
    Q_OBJECT
   public:
    using Rows = std::vector<std::vector<double>>;  // [query][key], key 0..query

    explicit HeatMapPlot(QWidget* parent = nullptr);

    void setMap(std::shared_ptr<const Rows> rows, QStringList labels);
    // Values of -1..1 around a middle in the panel's colour, as similarities are.
    void setSigned(bool isSigned);
    // The colours reach to the largest value (of a map that starts with a 1 by its nature: of all but the first row)
    // instead of to 1. The legend says which.
    void setAutomatic(bool automatic);
    double top() const { return m_top; }  // the value of the scale's end
    void clear();
    int size() const { return m_rows ? static_cast<int>(m_rows->size()) : 0; }

    // Where a cell is on the widget; empty outside the map.
    QRectF cellRect(int query, int key) const;
    // Outlines a cell and emits hovered(); (-1, -1) for none.
    void setHoveredCell(int query, int key);

    // By the name's ending: png, svg, pdf or csv.
    bool exportTo(const QString& fileName);

    QSize sizeHint() const override { return QSize(420, 420); }
    QSize minimumSizeHint() const override { return QSize(220, 220); }

   signals:
    void hovered(int query, int key, double value);
    void left();
    void clicked(int query, int key);

   protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

   private:
    void arrange();
    void render();
    void measure();
    void paint(QPainter& painter) const;
    void paintLabels(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;
    void paintCallout(QPainter& painter) const;
    QString name(int index) const;
    QColor colourOf(double value) const;

    std::shared_ptr<const Rows> m_rows;
    QStringList m_labels;
    QImage m_image;  // one pixel a cell
    QRectF m_area;   // of all cells
    double m_cell = 0;
    bool m_signed = false;
    bool m_automatic = false;
    double m_top = 1;
    int m_query = -1, m_key = -1;
};

}  // namespace gamegpt::ui
