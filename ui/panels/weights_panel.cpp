#include "ui/panels/weights_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/models/figures_model.h"
#include "ui/models/inspected_weights.h"
#include "ui/plots/lines_plot.h"
#include "ui/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/export_button.h"
#include "ui/widgets/figures_table.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {
constexpr std::size_t mostPoints = 400;    // snapshots kept; of more, every second goes
constexpr std::size_t mostHistograms = 6;  // lines of a histogram over time
constexpr std::size_t mostSentences = 3;
}  // namespace

WeightsPanel::WeightsPanel(QWidget* parent)
    : QWidget(parent), m_card(new Card(tr("Weights"))), m_pages(new QStackedWidget) {
    setObjectName(QStringLiteral("weightsPanel"));
    setAccessibleName(tr("Weights"));
    m_pages->addWidget(new EmptyState(
        tr("No model yet"), tr("Start training, or import weights: the size and change of each matrix appear here.")));
    m_pages->addWidget(buildContent());
    m_card->content()->addWidget(m_pages, 1);
    m_tableButton = named(new QToolButton, "weightsTableButton", tr("Table"));
    m_tableButton->setText(tr("Table"));
    m_tableButton->setCheckable(true);
    m_tableButton->setProperty("small", true);
    m_tableButton->setFocusPolicy(Qt::StrongFocus);
    m_tableButton->setToolTip(tr("The plot's figures as a table"));
    connect(m_tableButton, &QToolButton::toggled, m_plot, &LinesPlot::showTable);
    m_export = new ExportButton("exportWeightsPlotButton", QStringLiteral("exportWeightsPlot_"));
    connect(m_export, &ExportButton::chosen, this, &WeightsPanel::exportRequested);
    m_card->addHeaderWidget(m_tableButton);
    m_card->addHeaderWidget(m_export);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
    clear();
}

QWidget* WeightsPanel::buildContent() {
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_health = named(makeText(QString(), "caption"), "weightsHealth", tr("Health"));
    m_health->setTextFormat(Qt::RichText);
    column->addWidget(m_health);
    m_model = new FiguresModel(
        {tr("Matrix"), tr("Shape"), tr("Norm"), tr("Mean"), tr("Std"), tr("Update, %"), tr("Dead, %"), tr("Gradient")},
        this);
    m_table = makeFiguresTable(m_model, "weightsTable", tr("Figures of all matrices"));
    m_table->horizontalHeader()->setStretchLastSection(false);
    auto* right = new QVBoxLayout;
    right->setSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_quantity = named(new QComboBox, "weightsQuantityCombo", tr("Over the steps"));
    m_quantity->addItem(tr("Norm"), int(Quantity::norm));
    m_quantity->addItem(tr("Standard deviation"), int(Quantity::deviation));
    m_quantity->addItem(tr("Update, %"), int(Quantity::ratio));
    m_quantity->addItem(tr("Dead units, %"), int(Quantity::dead));
    m_quantity->addItem(tr("Norm of the gradient"), int(Quantity::gradient));
    m_quantity->addItem(tr("Histogram"), int(Quantity::histogram));
    m_quantity->addItem(tr("Histogram of the gradient"), int(Quantity::gradientHistogram));
    row->addWidget(new QLabel(tr("Over the steps")));
    row->addWidget(m_quantity);
    row->addStretch(1);
    right->addLayout(row);
    m_plot = new LinesPlot(tr("Step"), tr("norm"), "weightsPlot");
    right->addWidget(m_plot, 1);
    right->addWidget(makeText(
        tr("Update: the change a step as a share of the norm. Recorded while this panel is on screen."), "caption"));
    auto* sides = new QHBoxLayout;
    sides->setSpacing(12);
    sides->addWidget(m_table, 6);
    sides->addLayout(right, 5);
    column->addLayout(sides, 1);
    connect(m_quantity, &QComboBox::currentIndexChanged, this, &WeightsPanel::showPlot);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &WeightsPanel::showPlot);
    return content;
}

void WeightsPanel::append(const std::shared_ptr<const InspectedWeights>& weights) {
    if (!m_history.empty() && m_history.back()->step >= weights->step) {
        if (m_history.back()->step > weights->step || weights->ratios.empty()) return;
        m_history.pop_back();
    }
    m_history.push_back(weights);
    if (m_history.size() > mostPoints) {  // the first and the last stay
        std::size_t kept = 0;
        for (std::size_t i = 0; i < m_history.size(); i += 2) m_history[kept++] = m_history[i];
        m_history.resize(kept);
    }
    m_card->setFact(tr("step %1").arg(grouped(weights->step)));
    m_export->setEnabled(true);
    m_pages->setCurrentIndex(1);
    showTable();
    showHealth();
    showPlot();
}

void WeightsPanel::clear() {
    m_history.clear();
    m_model->clear();
    m_plot->clear();
    m_health->clear();
    m_card->setFact(QString());
    m_export->setEnabled(false);
    m_pages->setCurrentIndex(0);
}

void WeightsPanel::showTable() {
    const InspectedWeights& now = *m_history.back();
    std::vector<FiguresModel::Row> rows;
    for (std::size_t i = 0; i < now.matrices.size(); ++i) {
        const MatrixStatistics& matrix = now.matrices[i];
        FiguresModel::Row row{{QString::fromStdString(matrix.name)},
                              {QStringLiteral("%1 \u00d7 %2").arg(now.shapes[i].first).arg(now.shapes[i].second),
                               qint64(now.shapes[i].first * now.shapes[i].second)},
                              {fixedPoint(matrix.norm, 3), matrix.norm},
                              {fixedPoint(matrix.mean, 4), matrix.mean},
                              {fixedPoint(matrix.deviation, 4), matrix.deviation}};
        if (i < now.ratios.size()) row.push_back({smallNumber(100 * now.ratios[i]), 100 * now.ratios[i]});
        else row.push_back({QStringLiteral("\u2013"), -1.0});
        const bool firstOfMlp = matrix.name.ends_with("mlp_fc1");
        if (const std::size_t layer = i < 3 ? 0 : (i - 3) / 6; firstOfMlp && layer < now.dead.size())
            row.push_back({fixedPoint(100 * now.dead[layer], 1), 100 * now.dead[layer]});
        else row.push_back({});
        row.push_back({smallNumber(now.gradients[i].norm), now.gradients[i].norm});
        rows.push_back(std::move(row));
    }
    m_model->setRows(std::move(rows));
}

void WeightsPanel::showHealth() {
    const InspectedWeights& now = *m_history.back();
    const Theme& theme = themeFor(palette());
    QStringList sentences;
    for (std::size_t i = 0; i < std::min(now.health.size(), mostSentences); ++i)
        sentences << QString::fromStdString(now.health[i]);
    if (now.health.size() > mostSentences) sentences << tr("And %1 more.").arg(now.health.size() - mostSentences);
    QStringList every;
    for (const std::string& sentence : now.health) every << QString::fromStdString(sentence);
    m_health->setToolTip(every.join(QLatin1Char('\n')));
    if (sentences.isEmpty())
        sentences << (now.ratios.empty() ? tr("All values are finite and most units fire. The change a step is known "
                                              "from the second snapshot on.")
                                         : tr("Healthy: all values are finite, each matrix changes by 0.01 % to 10 % "
                                              "a step, and most units fire."));
    const QColor tone = now.health.empty() ? theme.good : theme.warning;
    m_health->setText(QStringLiteral("<span style=\"color:%1\">%2</span>")
                          .arg(tone.name(), sentences.join(QLatin1Char(' ')).toHtmlEscaped()));
}

std::size_t WeightsPanel::matrix() const {
    const auto* proxy = static_cast<const QSortFilterProxyModel*>(m_table->model());
    const QModelIndex index = proxy->mapToSource(m_table->currentIndex());
    return index.isValid() ? static_cast<std::size_t>(index.row()) : 0;
}

WeightsPanel::Quantity WeightsPanel::quantity() const {
    return static_cast<Quantity>(m_quantity->currentData().toInt());
}

void WeightsPanel::showPlot() {
    if (m_history.empty()) return;
    const Quantity wanted = quantity();
    m_plot->setLogarithmic(wanted == Quantity::ratio || wanted == Quantity::gradient);
    if (wanted == Quantity::histogram || wanted == Quantity::gradientHistogram) {
        showHistogram(wanted == Quantity::gradientHistogram);
        return;
    }
    const InspectedWeights& now = *m_history.back();
    std::vector<double> steps;
    for (const auto& weights : m_history) steps.push_back(static_cast<double>(weights->step));
    std::vector<LinesPlot::Line> lines;
    const bool layers = wanted == Quantity::dead;
    for (std::size_t i = 0; i < (layers ? now.dead.size() : now.matrices.size()); ++i) {
        LinesPlot::Line line{layers ? tr("Layer %1").arg(i + 1) : QString::fromStdString(now.matrices[i].name), {}};
        for (const auto& weights : m_history) {
            double value = std::numeric_limits<double>::quiet_NaN();
            if (wanted == Quantity::norm) value = weights->matrices[i].norm;
            if (wanted == Quantity::deviation) value = weights->matrices[i].deviation;
            if (wanted == Quantity::gradient && weights->gradients[i].norm > 0) value = weights->gradients[i].norm;
            if (wanted == Quantity::dead) value = 100 * weights->dead[i];
            if (wanted == Quantity::ratio && i < weights->ratios.size() && weights->ratios[i] > 0)
                value = 100 * weights->ratios[i];
            line.y.push_back(value);
        }
        lines.push_back(std::move(line));
    }
    m_plot->setOver(tr("Step"), 0);
    m_plot->setValueName(m_quantity->currentText().toLower());
    m_plot->setLines(std::move(steps), std::move(lines));
    m_plot->setHighlighted(layers ? (matrix() < 3 ? -1 : static_cast<int>((matrix() - 3) / 6))
                                  : static_cast<int>(matrix()));
}

// The chosen matrix at some of the steps, evenly spread; the newest in the accent colour.
void WeightsPanel::showHistogram(bool ofGradients) {
    constexpr double deviations = 4;  // that a gradient's histogram reaches to
    std::vector<double> middles;
    for (std::size_t bin = 0; bin < histogram_bins; ++bin)
        middles.push_back((2 * (static_cast<double>(bin) + 0.5) / static_cast<double>(histogram_bins) - 1) *
                          (ofGradients ? deviations : histogram_most));
    std::vector<LinesPlot::Line> lines;
    const std::size_t count = std::min(mostHistograms, m_history.size());
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = count == 1 ? 0 : i * (m_history.size() - 1) / (count - 1);
        const InspectedWeights& then = *m_history[at];
        LinesPlot::Line line{tr("step %1").arg(grouped(then.step)), {}};
        for (const std::size_t values : (ofGradients ? then.gradients : then.matrices)[matrix()].histogram)
            line.y.push_back(static_cast<double>(values));
        lines.push_back(std::move(line));
    }
    m_plot->setOver(ofGradients ? tr("Gradient, in standard deviations") : tr("Weight"), 3);
    m_plot->setValueName(tr("values of %1").arg(QString::fromStdString(m_history.back()->matrices[matrix()].name)));
    m_plot->setLines(std::move(middles), std::move(lines));
    m_plot->setHighlighted(static_cast<int>(count) - 1);
}

bool WeightsPanel::exportTo(const QString& fileName) { return m_plot->exportTo(fileName); }

void WeightsPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange && !m_history.empty()) showHealth();
    QWidget::changeEvent(event);
}

}  // namespace gamegpt::ui
