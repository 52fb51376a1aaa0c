#pragma once

#include <QWidget>

namespace gamegpt::ui {

// The colours of tokens by their probability, with numbers.
class ProbabilityLegend : public QWidget {
    Q_OBJECT
   public:
    explicit ProbabilityLegend(QWidget* parent = nullptr);

    QSize sizeHint() const override { return QSize(108, 24); }
    QSize minimumSizeHint() const override { return sizeHint(); }

   protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace gamegpt::ui
