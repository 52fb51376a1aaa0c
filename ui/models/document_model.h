#pragma once

#include <QAbstractTableModel>

#include <memory>

#include "core/corpus/corpus.h"

namespace gamegpt::ui {

// A corpus's documents, a page of them at a time: number, length, who made it, how it starts. Rows are worked out when
// they are asked for; a view of all of a hundred million would take more memory than they do.
class DocumentModel : public QAbstractTableModel {
    Q_OBJECT
   public:
    enum Column { numberColumn, lengthColumn, sourceColumn, startColumn, columns };
    static constexpr std::size_t pageSize = 1000;

    using QAbstractTableModel::QAbstractTableModel;

    void setCorpus(std::shared_ptr<const Corpus> corpus);
    // Shows the page that holds this document (from 0) and returns its row.
    int showPageOf(std::size_t document);
    std::size_t documentAt(int row) const { return m_first + static_cast<std::size_t>(row); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

   private:
    std::shared_ptr<const Corpus> m_corpus;
    std::size_t m_first = 0;  // document of row 0
};

}  // namespace gamegpt::ui
