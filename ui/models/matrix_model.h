#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <QStringList>

#include <memory>
#include <span>
#include <vector>

#include "core/model/weights.h"
#include "ui/theme.h"

namespace gamegpt::ui {

// One matrix of a model as a table: name of the row, its norm, then a column for each dimension, coloured around 0.
// Reads straight from the shared weights; nothing is copied.
class MatrixModel : public QAbstractTableModel {
    Q_OBJECT
   public:
    enum Column { nameColumn, normColumn, firstDimension };
    static constexpr int sortRole = Qt::UserRole;  // a number where there is one

    explicit MatrixModel(QObject* parent = nullptr);

    // The same shape and labels as before: dataChanged, so that scroll, selection and sort stay. Otherwise a reset.
    void setSnapshot(std::shared_ptr<const Weights> weights, const QString& matrix, QStringList labels);
    void clear();
    void setTheme(const Theme& theme);
    double largest() const { return m_largest; }  // absolute value: the ends of the colour scale

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

   private:
    void measure();
    double value(int row, int dimension) const;

    std::shared_ptr<const Weights> m_weights;  // keeps m_values alive
    std::span<const double> m_values;          // (rows, cols)
    QString m_matrix;
    QStringList m_labels;
    std::vector<double> m_norms;
    int m_rows = 0, m_cols = 0;
    double m_largest = 0;
    Theme m_theme;
};

// Sorts by any column and keeps rows whose name contains a text.
class MatrixProxy : public QSortFilterProxyModel {
    Q_OBJECT
   public:
    explicit MatrixProxy(QObject* parent = nullptr);
};

}  // namespace gamegpt::ui
