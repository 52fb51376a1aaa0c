#pragma once

#include "ui/theme.h"

class QCustomPlot;
class QCPAxis;

namespace gamegpt::ui {

// Background, grid, axes and fonts of a plot in the theme's colours: QCustomPlot knows nothing of palettes.
void styleAxes(QCustomPlot& plot, const Theme& theme);
void styleAxis(QCPAxis& axis, const Theme& theme, bool grid);

}  // namespace gamegpt::ui
