#include "ui/models/document_model.h"

#include <algorithm>

#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {
constexpr std::size_t startTokens = 48;
}

void DocumentModel::setCorpus(std::shared_ptr<const Corpus> corpus) {
    beginResetModel();
    m_corpus = std::move(corpus);
    m_first = 0;
    endResetModel();
}

int DocumentModel::showPageOf(std::size_t document) {
    const std::size_t first = document - document % pageSize;
    if (first != m_first) {
        beginResetModel();
        m_first = first;
        endResetModel();
    }
    return static_cast<int>(document - first);
}

int DocumentModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid() || !m_corpus) return 0;
    return static_cast<int>(std::min(pageSize, m_corpus->documents() - m_first));
}

int DocumentModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QVariant DocumentModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    if (role == Qt::TextAlignmentRole)
        return int((index.column() <= lengthColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const std::size_t document = documentAt(index.row());
    switch (index.column()) {
        case numberColumn: return grouped(qint64(document) + 1);
        case lengthColumn: return grouped(qint64(m_corpus->length(document)));
        case sourceColumn: {
            const Corpus::Sources& sources = m_corpus->sources();
            if (document >= sources.of_document.size()) return QString();
            return QString::fromStdString(sources.names.at(sources.of_document[document]));
        }
        default: {
            const TokenView tokens = m_corpus->document(document);
            const auto start = tokens.first(std::min(tokens.size(), startTokens)).to_vector();
            return QString::fromStdString(m_corpus->vocabulary().text(start)).simplified();
        }
    }
}

QVariant DocumentModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columns) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section <= lengthColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const QString names[] = {tr("No."), tr("Tokens"), tr("Source"), tr("Start")};
    return names[section];
}

}  // namespace gamegpt::ui
