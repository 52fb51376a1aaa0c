#pragma once

#include <QStringList>
#include <QWidget>

#include <memory>

#include "core/inspect/projection.h"
#include "core/train/training_loop.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QTabWidget;
class QTableView;
class QToolButton;

namespace gamegpt::ui {

class Card;
class ExportButton;
class FiguresModel;
class FiguresModel;
class HeatMapPlot;
class MatrixModel;
class MatrixProxy;
class ScatterPlot;
struct ComparedRows;

// The rows of any matrix of the model: as a table, as a map of their principal components, and beside each other by
// cosine, with the nearest of a chosen one.
class EmbeddingsPanel : public QWidget {
    Q_OBJECT
   public:
    explicit EmbeddingsPanel(QWidget* parent = nullptr);

    void setSnapshot(std::shared_ptr<const ModelSnapshot> snapshot);
    // Ignored unless it belongs to the matrix that is shown.
    void setProjection(const QString& matrix, const Projection& projection, qint64 step);
    // Ignored unless it belongs to the matrix that is shown.
    void setComparison(const ComparedRows& compared);
    void clear();
    QString matrix() const;
    bool isMapVisible() const;
    // The map or the similarity, whichever is in front: png, svg, pdf or csv, by the name's ending.
    bool exportTo(const QString& fileName);

    bool isComparisonVisible() const;

   signals:
    // The comparison is on screen and something in it is no longer so.
    void comparisonWanted(const QString& matrix, qint64 row, const std::vector<std::size_t>& chosen);
    // The map is on screen and there is a snapshot or a matrix that it does not show yet.
    void projectionWanted(const QString& matrix);
    void exportRequested(const QString& format);

   protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

   private:
    QTableView* buildTable();
    QWidget* buildComparison();
    void fillMatrices();
    void wantComparison();
    void chooseRow(int row);
    QString nameOf(std::size_t row) const;
    void showMatrix();
    void showScale();
    void wantProjection();
    QStringList rowLabels() const;
    void applySearch(const QString& text);

    Card* m_card;
    QStackedWidget* m_pages;
    QComboBox* m_matrix;
    QLineEdit* m_search;
    QTabWidget* m_tabs;
    QTableView* m_table;
    QLabel* m_scale;
    MatrixModel* m_model;
    MatrixProxy* m_proxy;
    ScatterPlot* m_map;
    QWidget* m_comparison;
    HeatMapPlot* m_similarity;
    QLabel *m_nearestText, *m_similarityText;
    FiguresModel* m_nearest;
    std::vector<std::size_t> m_compared;  // the rows of the similarity map
    int m_row = 0;                        // whose neighbours are listed
    ExportButton* m_export;
    QToolButton* m_mapTable;  // shows the map's figures instead
    QStackedWidget* m_mapViews;
    FiguresModel* m_mapFigures;
    std::shared_ptr<const ModelSnapshot> m_snapshot;
    QStringList m_labels;  // of m_labelledMatrix over m_labelled
    std::shared_ptr<const Vocabulary> m_labelled;
    QString m_labelledMatrix;
};

}  // namespace gamegpt::ui
