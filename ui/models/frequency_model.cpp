#include "ui/models/frequency_model.h"

#include "ui/widgets/format.h"

namespace gamegpt::ui {

void FrequencyModel::setStatistics(std::shared_ptr<const CorpusStatistics> statistics,
                                   std::shared_ptr<const Vocabulary> vocabulary) {
    beginResetModel();
    m_statistics = std::move(statistics);
    m_vocabulary = std::move(vocabulary);
    endResetModel();
}

int FrequencyModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_statistics ? 0 : static_cast<int>(m_statistics->counts.size());
}

int FrequencyModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QVariant FrequencyModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    if (role == Qt::TextAlignmentRole)
        return int((index.column() == tokenColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != sortRole) return {};
    const auto count = qint64(m_statistics->counts[static_cast<std::size_t>(index.row())]);
    switch (index.column()) {
        case tokenColumn: return QString::fromStdString(m_vocabulary->label(index.row()));
        case idColumn: return role == sortRole ? QVariant(index.row()) : QVariant(grouped(index.row()));
        case countColumn: return role == sortRole ? QVariant(count) : QVariant(grouped(count));
        default: break;
    }
    if (role == sortRole) return count;
    const double share = 100 * static_cast<double>(count) / static_cast<double>(m_statistics->tokens);
    return QStringLiteral("%1 %").arg(share, 0, 'f', share > 0 && share < 0.01 ? 4 : 2);
}

QVariant FrequencyModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columns) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == tokenColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const QString names[] = {tr("Token"), tr("ID"), tr("Count"), tr("Share")};
    return names[section];
}

}  // namespace gamegpt::ui
