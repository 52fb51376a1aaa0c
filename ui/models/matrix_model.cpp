#include "ui/models/matrix_model.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/format.h"

namespace gamegpt::ui {

MatrixModel::MatrixModel(QObject* parent) : QAbstractTableModel(parent), m_theme(lightTheme()) {}

void MatrixModel::setSnapshot(std::shared_ptr<const Weights> weights, const QString& matrix, QStringList labels) {
    if (!weights) {
        clear();
        return;
    }
    const ParameterEntry& entry = weights->layout().find(matrix.toStdString());
    const int rows = static_cast<int>(entry.rows), cols = static_cast<int>(entry.cols);
    const bool sameShape = m_weights && matrix == m_matrix && rows == m_rows && cols == m_cols && labels == m_labels;
    if (!sameShape) beginResetModel();
    m_values = weights->view(entry.name);
    m_weights = std::move(weights);
    m_matrix = matrix;
    m_labels = std::move(labels);
    m_rows = rows;
    m_cols = cols;
    measure();
    if (!sameShape) endResetModel();
    else if (m_rows > 0) emit dataChanged(index(0, normColumn), index(m_rows - 1, columnCount() - 1));
}

void MatrixModel::clear() {
    beginResetModel();
    m_weights.reset();
    m_values = {};
    m_labels.clear();
    m_norms.clear();
    m_rows = m_cols = 0;
    m_largest = 0;
    endResetModel();
}

void MatrixModel::setTheme(const Theme& theme) {
    m_theme = theme;
    if (m_rows > 0)
        emit dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1), {Qt::BackgroundRole, Qt::ForegroundRole});
}

void MatrixModel::measure() {
    m_norms.assign(static_cast<std::size_t>(m_rows), 0.0);
    m_largest = 0;
    for (int row = 0; row < m_rows; ++row) {
        double squares = 0;
        for (int dimension = 0; dimension < m_cols; ++dimension) {
            const double v = value(row, dimension);
            squares += v * v;
            m_largest = std::max(m_largest, std::abs(v));
        }
        m_norms[static_cast<std::size_t>(row)] = std::sqrt(squares);
    }
}

double MatrixModel::value(int row, int dimension) const {
    return m_values[static_cast<std::size_t>(row) * static_cast<std::size_t>(m_cols) +
                    static_cast<std::size_t>(dimension)];
}

int MatrixModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : m_rows; }
int MatrixModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : m_weights ? firstDimension + m_cols : 0;
}

QVariant MatrixModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const int row = index.row(), column = index.column();
    if (role == Qt::TextAlignmentRole)
        return QVariant(column == nameColumn ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    if (column == nameColumn) {
        const QString label = m_labels.value(row, QString::number(row));
        if (role == Qt::DisplayRole) return label;
        if (role == Qt::ToolTipRole) return tr("%1, row %2").arg(label, grouped(row));
        if (role == sortRole) return row;  // the vocabulary's own order
        return {};
    }
    const double number =
        column == normColumn ? m_norms[static_cast<std::size_t>(row)] : value(row, column - firstDimension);
    switch (role) {
        case Qt::DisplayRole: return fixedPoint(number, column == normColumn ? 3 : 2);
        case Qt::ToolTipRole:
            return QStringLiteral("%1 \u00b7 %2: %3")
                .arg(m_labels.value(row), headerData(column, Qt::Horizontal).toString(),
                     QString::number(number, 'g', 6));
        case sortRole: return number;
        case Qt::BackgroundRole:
        case Qt::ForegroundRole: {
            if (column == normColumn) return {};
            const QColor cell = diverging(m_largest > 0 ? number / m_largest : 0, m_theme);
            return role == Qt::BackgroundRole ? cell : readableOn(cell);
        }
        default: return {};
    }
}

QVariant MatrixModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(section == nameColumn ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == normColumn) return tr("Euclidean length of the row");
    if (role == Qt::ToolTipRole && section >= firstDimension) return tr("Dimension %1").arg(section - firstDimension);
    if (role != Qt::DisplayRole) return {};
    if (section == nameColumn) return m_matrix == QLatin1String("wpe") ? tr("Position") : tr("Token");
    if (section == normColumn) return tr("Norm");
    return QString::number(section - firstDimension);
}

MatrixProxy::MatrixProxy(QObject* parent) : QSortFilterProxyModel(parent) {
    setSortRole(MatrixModel::sortRole);
    setFilterKeyColumn(MatrixModel::nameColumn);
    setFilterCaseSensitivity(Qt::CaseInsensitive);
    setDynamicSortFilter(true);
}

}  // namespace gamegpt::ui
