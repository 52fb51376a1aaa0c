#include "ui/widgets/figures_table.h"

#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QTableView>

#include "ui/models/figures_model.h"
#include "ui/theme.h"
#include "ui/widgets/form.h"

namespace gamegpt::ui {

void styleFiguresTable(QTableView& table) {
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setFont(monoFont());
    table.setTabKeyNavigation(false);
    table.verticalHeader()->hide();
    table.verticalHeader()->setDefaultSectionSize(20);
    table.verticalHeader()->setMinimumSectionSize(18);
    table.horizontalHeader()->setHighlightSections(false);
}

QTableView* makeFiguresTable(QAbstractItemModel* model, const char* objectName, const QString& accessibleName) {
    auto* table = named(new QTableView, objectName, accessibleName);
    auto* proxy = new QSortFilterProxyModel(table);
    proxy->setSourceModel(model);
    proxy->setSortRole(FiguresModel::sortRole);
    table->setModel(proxy);
    table->setSortingEnabled(true);
    table->sortByColumn(-1, Qt::AscendingOrder);  // as they come
    styleFiguresTable(*table);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    return table;
}

}  // namespace gamegpt::ui
