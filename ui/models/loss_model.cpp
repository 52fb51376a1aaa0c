#include "ui/models/loss_model.h"

#include "ui/widgets/format.h"

namespace gamegpt::ui {

void LossModel::append(const std::vector<StepRecord>& records) {
    if (records.empty()) return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(records.size()) - 1);
    m_records.insert(m_records.end(), records.begin(), records.end());
    endInsertRows();
}

void LossModel::clear() {
    beginResetModel();
    m_records.clear();
    endResetModel();
}

int LossModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_records.size());
}

int LossModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(columns); }

QVariant LossModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    if (role == Qt::TextAlignmentRole) return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const StepRecord& record = m_records[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
        case stepColumn: return grouped(record.step);
        case lossColumn: return fixedPoint(record.loss, 4);
        case heldOutColumn: return record.held_out ? fixedPoint(*record.held_out, 4) : QString();
        case learningRateColumn: return smallNumber(record.learning_rate);
        default: return {};
    }
}

QVariant LossModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case stepColumn: return tr("Step");
        case lossColumn: return tr("Loss, nats");
        case heldOutColumn: return tr("Held out, nats");
        case learningRateColumn: return tr("Learning rate");
        default: return {};
    }
}

}  // namespace gamegpt::ui
