#pragma once

#include <QAbstractTableModel>
#include <QColor>
#include <QStringList>

#include <vector>

namespace gamegpt::ui {

// A table of figures as they are written on screen, each with the value to sort by: the twin of a plot, a list of
// results.
class FiguresModel : public QAbstractTableModel {
    Q_OBJECT
   public:
    static constexpr int sortRole = Qt::UserRole;

    struct Figure {
        QString text;
        QVariant value = {};  // to sort by; the text if there is none. Numbers are right-aligned.
        QString tip = {};
        QColor background = {};  // the text is then black or white, whichever reads better
    };
    using Row = std::vector<Figure>;  // one a column; missing ones are empty

    explicit FiguresModel(QStringList columns = {}, QObject* parent = nullptr);

    // Empties the table.
    void setColumns(const QStringList& columns);
    // As many rows as before: the figures change where they stand, so that scroll and selection stay.
    void setRows(std::vector<Row> rows);
    // The same for columns and rows.
    void setTable(const QStringList& columns, std::vector<Row> rows);
    void append(Row row);
    void clear() { setRows({}); }
    // The same figures as comma separated values, a header line first.
    QString csv() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

   private:
    QStringList m_columns;
    std::vector<Row> m_rows;
};

}  // namespace gamegpt::ui
