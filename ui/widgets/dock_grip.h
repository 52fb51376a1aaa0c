#pragma once

#include <QWidget>

class QDockWidget;

namespace gamegpt::ui {

// A dock's title bar: a thin handle to drag it by. The panel below says its own name. Double click floats and docks.
class DockGrip : public QWidget {
    Q_OBJECT
   public:
    explicit DockGrip(QDockWidget* dock);
    QSize sizeHint() const override { return {40, 8}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

   protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
};

}  // namespace gamegpt::ui
