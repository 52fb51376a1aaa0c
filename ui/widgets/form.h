#pragma once

#include <QString>

class QAbstractSpinBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QScrollArea;
class QSpinBox;
class QToolButton;
class QWidget;

namespace gamegpt::ui {

class FigureLabel;

// Sets a control's object name, and its accessible name to the label that people see.
template <class Widget>
Widget* named(Widget* widget, const char* objectName, const QString& accessibleName) {
    widget->setObjectName(QLatin1String(objectName));
    widget->setAccessibleName(accessibleName);
    return widget;
}

// A spin box as all panels have it: right-aligned, thousands separated, no signal for half-typed numbers.
QSpinBox* makeSpin(int least, int most, int value, const char* objectName, const QString& label);
QDoubleSpinBox* makeSpin(double least, double most, double value, int decimals, const char* objectName,
                         const QString& label);

// A small button of a panel's head or a row of tools: `text` on it, `name` for screen readers.
QToolButton* makeTool(const QString& text, const char* objectName, const QString& name, const QString& toolTip,
                      bool checkable = false);

// A row "label ... field" at the end of a two-column grid. Returns the label, whose buddy the field is.
QLabel* addRow(QGridLayout* grid, const QString& label, QWidget* field, int fieldWidth = 104);
// A row "label ... figure", read only.
FigureLabel* addFigure(QGridLayout* grid, const QString& label, const char* objectName);

// A caption; `role` is one of the style sheet's: "muted", "caption", "warning", "bad", "title". Wraps.
QLabel* makeText(const QString& text, const char* role, QWidget* parent = nullptr);

// A vertical scroll area without a frame on the panel's ground. Its bar lies over the right scrollBarWidth pixels of
// the content.
inline constexpr int scrollBarWidth = 8;
QScrollArea* scrolled(QWidget* content);

}  // namespace gamegpt::ui
