#pragma once

#include <QString>

class QAbstractItemModel;
class QTableView;

namespace gamegpt::ui {

// A read-only table as all panels have it: monospaced figures, rows of 20 px, sortable by the columns' heads.
QTableView* makeFiguresTable(QAbstractItemModel* model, const char* objectName, const QString& accessibleName);

}  // namespace gamegpt::ui
