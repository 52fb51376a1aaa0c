#pragma once

#include <QWidget>

#include <vector>

namespace gamegpt::ui {

// Names with a share each, as bars that are read against the same whole. What is over the limit has the warning tone.
class ShareBars : public QWidget {
    Q_OBJECT
   public:
    struct Bar {
        QString name;
        double share = 0;  // 0..1
    };
    explicit ShareBars(QWidget* parent = nullptr);

    void setBars(std::vector<Bar> bars, double limit);
    const std::vector<Bar>& bars() const { return m_bars; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return QSize(120, sizeHint().height()); }

   protected:
    void paintEvent(QPaintEvent* event) override;

   private:
    std::vector<Bar> m_bars;
    double m_limit = 1;
};

}  // namespace gamegpt::ui
