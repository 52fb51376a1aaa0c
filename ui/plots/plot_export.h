#pragma once

#include <QString>

class QCustomPlot;

namespace gamegpt::ui {

// Writes a plot as png (twice the size on screen), pdf or svg, or its figures as csv, by the file name's ending. False
// when the file cannot be written or the ending is another one; an older csv or svg is then untouched.
bool exportPlot(QCustomPlot& plot, const QString& fileName, const QString& title, const QString& csv);

}  // namespace gamegpt::ui
