#include "ui/widgets/dock_grip.h"

#include <QDockWidget>
#include <QPainter>

#include "ui/theme.h"

namespace gamegpt::ui {

DockGrip::DockGrip(QDockWidget* dock) : QWidget(dock) {
    setCursor(Qt::SizeAllCursor);
    setToolTip(tr("Drag to move %1, double-click to float it").arg(dock->windowTitle()));
}

void DockGrip::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(underMouse() ? theme.accent : theme.line);
    painter.drawRoundedRect(QRectF(width() / 2.0 - 14, height() / 2.0 - 1.5, 28, 3), 1.5, 1.5);
}

void DockGrip::enterEvent(QEnterEvent*) { update(); }
void DockGrip::leaveEvent(QEvent*) { update(); }

}  // namespace gamegpt::ui
