#pragma once

#include <QSize>
#include <QString>

#include <functional>

class QPainter;

namespace gamegpt::ui {

// Writes what `paint` draws on an area of this size as png (twice the size), svg or pdf, by the file name's ending.
// False when the file cannot be written or the ending is another one.
bool exportPicture(const QString& fileName, const QSize& size, const std::function<void(QPainter&)>& paint);

}  // namespace gamegpt::ui
