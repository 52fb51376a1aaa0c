#pragma once

#include <QAbstractTableModel>

#include <memory>
#include <vector>

#include "core/corpus/statistics.h"

namespace gamegpt::ui {

// How often each token of a vocabulary occurs in a corpus: token, ID, count, share.
class FrequencyModel : public QAbstractTableModel {
    Q_OBJECT
   public:
    enum Column { tokenColumn, idColumn, countColumn, shareColumn, columns };
    static constexpr int sortRole = Qt::UserRole;  // a number where there is one

    using QAbstractTableModel::QAbstractTableModel;

    // Both null to clear.
    void setStatistics(std::shared_ptr<const CorpusStatistics> statistics,
                       std::shared_ptr<const Vocabulary> vocabulary);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

   private:
    std::shared_ptr<const CorpusStatistics> m_statistics;
    std::shared_ptr<const Vocabulary> m_vocabulary;
};

}  // namespace gamegpt::ui
