#include "ui/models/figures_model.h"

#include "ui/theme.h"

namespace gamegpt::ui {

namespace {

QString quoted(QString field) {
    if (!field.contains(QLatin1Char(',')) && !field.contains(QLatin1Char('"')) && !field.contains(QLatin1Char('\n')))
        return field;
    return QLatin1Char('"') + field.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

bool isNumber(const QVariant& value) {
    return value.typeId() == QMetaType::Double || value.typeId() == QMetaType::Int ||
           value.typeId() == QMetaType::LongLong;
}

}  // namespace

FiguresModel::FiguresModel(QStringList columns, QObject* parent)
    : QAbstractTableModel(parent), m_columns(std::move(columns)) {}

void FiguresModel::setColumns(const QStringList& columns) {
    beginResetModel();
    m_columns = columns;
    m_rows.clear();
    endResetModel();
}

void FiguresModel::setTable(const QStringList& columns, std::vector<Row> rows) {
    if (columns != m_columns) setColumns(columns);
    setRows(std::move(rows));
}

void FiguresModel::setRows(std::vector<Row> rows) {
    if (rows.size() == m_rows.size() && !rows.empty() && !m_columns.isEmpty()) {
        m_rows = std::move(rows);
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void FiguresModel::append(Row row) {
    const int at = static_cast<int>(m_rows.size());
    beginInsertRows({}, at, at);
    m_rows.push_back(std::move(row));
    endInsertRows();
}

QString FiguresModel::csv() const {
    QStringList lines;
    QStringList fields;
    for (const QString& column : m_columns) fields << quoted(column);
    lines << fields.join(QLatin1Char(','));
    for (const Row& row : m_rows) {
        fields.clear();
        for (const Figure& figure : row)
            fields << quoted(figure.value.isValid() ? figure.value.toString() : figure.text);
        lines << fields.join(QLatin1Char(','));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

int FiguresModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FiguresModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant FiguresModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Row& row = m_rows.at(static_cast<std::size_t>(index.row()));
    if (static_cast<std::size_t>(index.column()) >= row.size()) return {};
    const Figure& figure = row[static_cast<std::size_t>(index.column())];
    switch (role) {
        case Qt::DisplayRole: return figure.text;
        case sortRole: return figure.value.isValid() ? figure.value : QVariant(figure.text);
        case Qt::TextAlignmentRole:
            return QVariant(Qt::AlignVCenter | (isNumber(figure.value) ? Qt::AlignRight : Qt::AlignLeft));
        case Qt::ToolTipRole: return figure.tip.isEmpty() ? QVariant() : figure.tip;
        case Qt::BackgroundRole: return figure.background.isValid() ? figure.background : QVariant();
        case Qt::ForegroundRole: return figure.background.isValid() ? readableOn(figure.background) : QVariant();
        default: return {};
    }
}

QVariant FiguresModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole && section < m_columns.size())
        return m_columns.at(section);
    if (orientation == Qt::Vertical && role == Qt::DisplayRole) return section + 1;
    return {};
}

}  // namespace gamegpt::ui
