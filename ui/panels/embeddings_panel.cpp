#include "ui/panels/embeddings_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

#include "ui/models/figures_model.h"
#include "ui/models/inspected_weights.h"
#include "ui/models/matrix_model.h"
#include "ui/plots/heat_map_plot.h"
#include "ui/plots/scatter_plot.h"
#include "ui/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/export_button.h"
#include "ui/widgets/figures_table.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {

constexpr std::size_t mostCompared = 128;  // rows in the similarity map

// Whether the rows of a matrix are tokens.
bool ofTokens(const QString& matrix) { return matrix == QLatin1String("wte") || matrix == QLatin1String("lm_head"); }

}  // namespace

EmbeddingsPanel::EmbeddingsPanel(QWidget* parent)
    : QWidget(parent),
      m_card(new Card(tr("Embeddings"))),
      m_pages(new QStackedWidget),
      m_tabs(new QTabWidget),
      m_model(new MatrixModel(this)),
      m_proxy(new MatrixProxy(this)),
      m_map(new ScatterPlot) {
    setObjectName(QStringLiteral("embeddingsPanel"));
    setAccessibleName(tr("Embeddings"));
    m_model->setTheme(themeFor(palette()));
    m_matrix = named(new QComboBox, "matrixCombo", tr("Matrix"));
    m_matrix->addItem(tr("wte, token embeddings"), QStringLiteral("wte"));
    m_matrix->addItem(tr("wpe, position embeddings"), QStringLiteral("wpe"));
    m_matrix->addItem(tr("lm_head, output rows"), QStringLiteral("lm_head"));
    m_search = named(new QLineEdit, "searchField", tr("Search"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(180);
    m_scale = makeText(QString(), "caption");
    m_scale->setObjectName(QStringLiteral("scaleText"));
    m_scale->setWordWrap(false);
    m_scale->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_scale->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto* tools = new QHBoxLayout;
    tools->setSpacing(8);
    m_matrix->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_matrix->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    tools->addWidget(m_matrix);
    tools->addWidget(m_search, 1);
    tools->addWidget(m_scale, 1);
    tools->addStretch();
    m_table = buildTable();
    m_tabs->setObjectName(QStringLiteral("embeddingTabs"));
    m_tabs->setAccessibleName(tr("View"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_table, tr("Table"));
    m_mapFigures = new FiguresModel({tr("Token"), tr("Component 1"), tr("Component 2")}, this);
    m_mapViews = new QStackedWidget;
    m_mapViews->addWidget(m_map);
    m_mapViews->addWidget(makeFiguresTable(m_mapFigures, "mapTable", tr("Figures of the map")));
    m_tabs->addTab(m_mapViews, tr("Map (PCA)"));
    m_tabs->addTab(m_comparison = buildComparison(), tr("Similarity"));

    auto* content = new QWidget;
    auto* contentColumn = new QVBoxLayout(content);
    contentColumn->setContentsMargins(0, 0, 0, 0);
    contentColumn->setSpacing(4);
    contentColumn->addLayout(tools);
    contentColumn->addWidget(m_tabs, 1);
    m_pages->addWidget(
        new EmptyState(tr("No model yet"),
                       tr("Start training, or import weights: what the model thinks of each token appears here.")));
    m_pages->addWidget(content);
    m_card->content()->addWidget(m_pages, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);

    m_export = new ExportButton("exportMapButton", QStringLiteral("exportMap_"));
    m_export->hide();
    m_mapTable = makeTool(tr("Table"), "mapTableButton", tr("Table"), tr("The map's figures as a table"), true);
    m_mapTable->hide();
    connect(m_mapTable, &QToolButton::toggled, m_mapViews,
            [this](bool on) { m_mapViews->setCurrentIndex(on ? 1 : 0); });
    m_card->addHeaderWidget(m_mapTable);
    m_card->addHeaderWidget(m_export);
    connect(m_export, &ExportButton::chosen, this, &EmbeddingsPanel::exportRequested);
    connect(m_map, &ScatterPlot::selectionChanged, this, &EmbeddingsPanel::showScale);
    connect(m_matrix, &QComboBox::currentIndexChanged, this, [this] { showMatrix(); });
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        m_export->setVisible(m_tabs->currentWidget() != m_table);
        m_mapTable->setVisible(m_tabs->currentWidget() == m_mapViews);
        showScale();
        wantProjection();
        wantComparison();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid()) chooseRow(m_proxy->mapToSource(current).row());
            });
    connect(m_search, &QLineEdit::textChanged, this, &EmbeddingsPanel::applySearch);
}

QTableView* EmbeddingsPanel::buildTable() {
    auto* table = named(new QTableView, "embeddingTable", tr("Table"));
    m_proxy->setSourceModel(m_model);
    table->setModel(m_proxy);
    table->setSortingEnabled(true);
    table->sortByColumn(MatrixModel::nameColumn, Qt::AscendingOrder);
    styleFiguresTable(*table);
    table->horizontalHeader()->setDefaultSectionSize(48);
    table->horizontalHeader()->setMinimumSectionSize(40);
    return table;
}

QWidget* EmbeddingsPanel::buildComparison() {
    auto* page = new QWidget;
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(0, 8, 0, 0);
    row->setSpacing(12);
    m_similarity = named(new HeatMapPlot, "similarityMap", tr("Similarity of rows"));
    m_similarity->setSigned(true);
    row->addWidget(m_similarity, 3);
    auto* side = new QVBoxLayout;
    side->setSpacing(4);
    m_similarityText = named(makeText(QString(), "caption"), "similarityText", tr("What the map shows"));
    m_nearestText = named(makeText(QString(), "title"), "nearestText", tr("Nearest rows"));
    m_nearest = new FiguresModel({tr("Row"), tr("Cosine")}, this);
    QTableView* table = makeFiguresTable(m_nearest, "nearestTable", tr("Nearest rows"));
    table->horizontalHeader()->setStretchLastSection(false);
    side->addWidget(m_similarityText);
    side->addWidget(m_nearestText);
    side->addWidget(table, 1);
    row->addLayout(side, 2);
    connect(m_similarity, &HeatMapPlot::clicked, this,
            [this](int query, int) { chooseRow(static_cast<int>(m_compared[static_cast<std::size_t>(query)])); });
    return page;
}

void EmbeddingsPanel::chooseRow(int row) {
    if (m_row == row) return;
    m_row = row;
    wantComparison();
}

bool EmbeddingsPanel::isComparisonVisible() const { return isVisible() && m_tabs->currentWidget() == m_comparison; }

void EmbeddingsPanel::wantComparison() {
    if (!m_snapshot || !isComparisonVisible() || m_model->rowCount() == 0) return;
    m_row = std::min(m_row, m_model->rowCount() - 1);
    std::vector<std::size_t> chosen;  // those that the search leaves
    for (int row = 0; row < m_model->rowCount() && chosen.size() < mostCompared; ++row)
        if (nameOf(std::size_t(row)).contains(m_search->text(), Qt::CaseInsensitive))
            chosen.push_back(static_cast<std::size_t>(row));
    emit comparisonWanted(matrix(), m_row, chosen);
}

QString EmbeddingsPanel::nameOf(std::size_t row) const {
    return m_labels.value(static_cast<int>(row), QString::number(row));
}

void EmbeddingsPanel::setComparison(const ComparedRows& compared) {
    if (!m_snapshot || compared.matrix != matrix()) return;
    m_compared = compared.chosen;
    QStringList labels;
    for (const std::size_t row : m_compared) labels << nameOf(row);
    m_similarity->setMap(compared.similarity, labels);
    m_similarityText->setText(tr("Cosines of %1 of %2 rows. Click a cell, or a row of the table, for its nearest.")
                                  .arg(grouped(qint64(m_compared.size())), grouped(m_model->rowCount())));
    m_nearestText->setText(tr("Nearest to %1").arg(nameOf(compared.row)));
    std::vector<FiguresModel::Row> rows;
    for (const Neighbour& neighbour : compared.neighbours)
        rows.push_back({{nameOf(neighbour.row)}, {fixedPoint(neighbour.cosine, 4), neighbour.cosine}});
    m_nearest->setRows(std::move(rows));
    m_card->setFact(tr("step %1").arg(grouped(compared.step)));
}

// All matrices of the model; the chosen one stays if there still is one of its name.
void EmbeddingsPanel::fillMatrices() {
    const auto& entries = m_snapshot->weights.layout().entries();
    if (m_matrix->count() == static_cast<int>(entries.size())) return;
    const QString chosen = matrix();
    const QSignalBlocker quiet(m_matrix);
    while (m_matrix->count() > 3) m_matrix->removeItem(3);
    for (std::size_t i = 3; i < entries.size(); ++i) {
        const QString name = QString::fromStdString(entries[i].name);
        m_matrix->addItem(name, name);
    }
    m_matrix->setCurrentIndex(std::max(0, m_matrix->findData(chosen)));
}

QString EmbeddingsPanel::matrix() const { return m_matrix->currentData().toString(); }
bool EmbeddingsPanel::isMapVisible() const { return isVisible() && m_tabs->currentWidget() == m_mapViews; }

void EmbeddingsPanel::setSnapshot(std::shared_ptr<const ModelSnapshot> snapshot) {
    if (!snapshot) {
        clear();
        return;
    }
    m_snapshot = std::move(snapshot);
    m_pages->setCurrentIndex(1);
    fillMatrices();
    showMatrix();
}

void EmbeddingsPanel::clear() {
    m_snapshot.reset();
    m_model->clear();
    m_map->clear();
    m_similarity->clear();
    m_nearest->clear();
    m_card->setFact(QString());
    m_pages->setCurrentIndex(0);
}

QStringList EmbeddingsPanel::rowLabels() const {
    QStringList labels;
    const ModelConfig& config = m_snapshot->weights.config();
    if (!ofTokens(matrix())) {
        const auto rows = m_snapshot->weights.layout().find(matrix().toStdString()).rows;
        for (std::size_t i = 0; i < rows; ++i) labels << QString::number(i);
    } else if (m_snapshot->vocabulary) {
        const int known = std::min(config.vocab_size, static_cast<int>(m_snapshot->vocabulary->size()));
        for (int i = 0; i < known; ++i) labels << QString::fromStdString(m_snapshot->vocabulary->label(i));
    }
    return labels;
}

void EmbeddingsPanel::showMatrix() {
    if (!m_snapshot) return;
    const int columns = m_model->columnCount();
    if (m_labelled != m_snapshot->vocabulary || m_labelledMatrix != matrix() ||
        m_labels.size() != m_model->rowCount()) {
        m_labels = rowLabels();  // a large vocabulary is named once, not for every snapshot
        m_labelled = m_snapshot->vocabulary;
        m_labelledMatrix = matrix();
    }
    m_model->setSnapshot(std::shared_ptr<const Weights>(m_snapshot, &m_snapshot->weights), matrix(), m_labels);
    if (m_model->columnCount() != columns) {
        m_table->setColumnWidth(MatrixModel::nameColumn, 104);
        m_table->setColumnWidth(MatrixModel::normColumn, 60);
    }
    m_card->setFact(tr("step %1").arg(grouped(m_snapshot->step)));
    showScale();
    wantProjection();
    wantComparison();
}

// What the table's colours mean; on the map, what the lasso holds.
void EmbeddingsPanel::showScale() {
    if (m_tabs->currentWidget() == m_table) {
        m_scale->setText(tr("%1 rows of %2 \u00b7 colour scale \u00b1%3")
                             .arg(grouped(m_model->rowCount()),
                                  grouped(m_model->columnCount() - MatrixModel::firstDimension),
                                  fixedPoint(m_model->largest(), 2)));
        return;
    }
    if (m_tabs->currentWidget() == m_comparison) {
        m_scale->clear();
        return;
    }
    QStringList names;
    for (const int point : m_map->selection()) names << m_labels.value(point, QString::number(point));
    m_scale->setText(names.isEmpty() ? tr("Shift and drag: a lasso around points")
                                     : tr("%1 selected: %2").arg(names.size()).arg(names.join(QLatin1Char(' '))));
    m_scale->setToolTip(names.join(QLatin1Char(' ')));
}

bool EmbeddingsPanel::exportTo(const QString& fileName) {
    return m_tabs->currentWidget() == m_comparison ? m_similarity->exportTo(fileName) : m_map->exportTo(fileName);
}

void EmbeddingsPanel::wantProjection() {
    if (m_snapshot && isMapVisible()) emit projectionWanted(matrix());
}

void EmbeddingsPanel::setProjection(const QString& matrix, const Projection& projection, qint64 step) {
    if (!m_snapshot || matrix != this->matrix()) return;
    const bool positions = matrix == QLatin1String("wpe");
    std::vector<ScatterPlot::Point> points(projection.x.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const bool known = ofTokens(matrix) && m_snapshot->vocabulary && i < m_snapshot->vocabulary->size();
        points[i] = {projection.x[i], projection.y[i], m_labels.value(static_cast<int>(i), QString::number(i)),
                     known ? category(*m_snapshot->vocabulary, static_cast<TokenId>(i)) : TokenCategory::text};
    }
    std::vector<FiguresModel::Row> rows;
    for (const ScatterPlot::Point& point : points)
        rows.push_back({{point.label}, {fixedPoint(point.x, 4), point.x}, {fixedPoint(point.y, 4), point.y}});
    m_mapFigures->setRows(std::move(rows));
    m_map->setPoints(std::move(points), positions);
    m_map->setAxisTitles(tr("Component 1 \u00b7 %1 of the variance").arg(percent(projection.explained_x, 1)),
                         tr("Component 2 \u00b7 %1").arg(percent(projection.explained_y, 1)));
    m_card->setFact(tr("step %1").arg(grouped(step)));
}

void EmbeddingsPanel::applySearch(const QString& text) {
    m_proxy->setFilterFixedString(text);
    m_map->setFilter(text);
    wantComparison();
}

void EmbeddingsPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) m_model->setTheme(themeFor(palette()));
    QWidget::changeEvent(event);
}

void EmbeddingsPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    wantProjection();
    wantComparison();
}

}  // namespace gamegpt::ui
