#pragma once

#include <QWidget>

#include <vector>

namespace gamegpt::ui {

// Bars of how often each length occurs, with the shortest and the longest written underneath.
class Histogram : public QWidget {
    Q_OBJECT
   public:
    explicit Histogram(QWidget* parent = nullptr);

    // How many documents have a length in each of equal steps from `least` to `most`; no bars for an empty one.
    void setBars(std::size_t least, std::size_t most, const std::vector<std::size_t>& counts);
    void setUnit(const QString& unit);  // of the caption in the middle
    const std::vector<std::size_t>& counts() const { return m_counts; }

    QSize sizeHint() const override { return QSize(220, 58); }
    QSize minimumSizeHint() const override { return QSize(80, 58); }

   protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

   private:
    int barAt(int x) const;
    std::vector<std::size_t> m_counts;
    std::size_t m_least = 0, m_most = 0;
    QString m_unit;
    int m_hovered = -1;
};

}  // namespace gamegpt::ui
