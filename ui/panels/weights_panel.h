#pragma once

#include <QWidget>

#include <memory>
#include <vector>

class QComboBox;
class QLabel;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace gamegpt::ui {

class Card;
class ExportButton;
class FiguresModel;
class LinesPlot;
struct InspectedWeights;

// All matrices of the model in figures, now and over the steps that were seen while the panel was on screen: norm,
// standard deviation, update ratio, dead units, gradient, histograms; and what is wrong with them, in words.
class WeightsPanel : public QWidget {
    Q_OBJECT
   public:
    explicit WeightsPanel(QWidget* parent = nullptr);

    // Later than all before; the same step again replaces the last.
    void append(const std::shared_ptr<const InspectedWeights>& weights);
    void clear();
    int points() const { return static_cast<int>(m_history.size()); }
    bool exportTo(const QString& fileName);  // png, svg, pdf or csv, by the name's ending

   signals:
    void exportRequested(const QString& format);

   protected:
    void changeEvent(QEvent* event) override;

   private:
    enum class Quantity { norm, deviation, ratio, dead, gradient, histogram, gradientHistogram };
    QWidget* buildContent();
    void showTable();
    void showHealth();
    void showPlot();
    void showHistogram(bool ofGradients);
    std::size_t matrix() const;  // that is chosen in the table
    Quantity quantity() const;

    Card* m_card;
    QStackedWidget* m_pages;
    QLabel* m_health;
    FiguresModel* m_model;
    QTableView* m_table;
    QComboBox* m_quantity;
    LinesPlot* m_plot;
    QToolButton* m_tableButton;
    ExportButton* m_export;
    std::vector<std::shared_ptr<const InspectedWeights>> m_history;  // rising steps
};

}  // namespace gamegpt::ui
