#include "ui/plots/plot_style.h"

#include <qcustomplot.h>

#include "ui/widgets/format.h"

namespace gamegpt::ui {

void styleAxis(QCPAxis& axis, const Theme& theme, bool grid) {
    axis.setBasePen(Qt::NoPen);
    axis.setTickPen(Qt::NoPen);
    axis.setSubTickPen(Qt::NoPen);
    axis.setTickLabelFont(captionFont());
    axis.setTickLabelColor(theme.muted);
    axis.setLabelFont(captionFont());
    axis.setLabelColor(theme.muted);
    axis.setTickLabelPadding(6);
    axis.setNumberFormat(QStringLiteral("gb"));
    axis.grid()->setVisible(grid);
    axis.grid()->setPen(QPen(theme.faint, 1));
    axis.grid()->setSubGridVisible(false);
    axis.grid()->setZeroLinePen(QPen(theme.line, 1));
}

void styleAxes(QCustomPlot& plot, const Theme& theme) {
    plot.setBackground(QBrush(theme.panel));
    styleAxis(*plot.xAxis, theme, false);
    styleAxis(*plot.yAxis, theme, true);
    plot.setLocale(figures());
}

}  // namespace gamegpt::ui
