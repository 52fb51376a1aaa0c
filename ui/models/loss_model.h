#pragma once

#include <QAbstractTableModel>

#include <vector>

#include "core/train/trainer.h"

namespace gamegpt::ui {

// The steps of a run as a table: step, loss, held-out loss, learning rate. The twin of the loss plot.
class LossModel : public QAbstractTableModel {
    Q_OBJECT
   public:
    enum Column { stepColumn, lossColumn, heldOutColumn, learningRateColumn, columns };

    explicit LossModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    void append(const std::vector<StepRecord>& records);
    void clear();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

   private:
    std::vector<StepRecord> m_records;
};

}  // namespace gamegpt::ui
