#pragma once

#include <QString>

class QAbstractItemModel;
class QTableView;

namespace gamegpt::ui {

// How all tables look: monospaced figures, rows of 20 px, no grid, read only.
void styleFiguresTable(QTableView& table);

// A read-only table in that style, sortable by the columns' heads.
QTableView* makeFiguresTable(QAbstractItemModel* model, const char* objectName, const QString& accessibleName);

}  // namespace gamegpt::ui
