#include "ui/panels/attention_panel.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

#include "ui/models/figures_model.h"
#include "ui/plots/heat_map_plot.h"
#include "ui/plots/small_maps.h"
#include "ui/theme.h"
#include "ui/widgets/ablation_switches.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/export_button.h"
#include "ui/widgets/figures_table.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"
#include "ui/widgets/token_strip.h"

namespace gamegpt::ui {

namespace {
constexpr int leftWidth = 236;
constexpr int leastBeside = 640;  // width from which the strip may stand beside the map
constexpr int belowHeight = 46;   // of the strip below the map
}  // namespace

AttentionPanel::AttentionPanel(QWidget* parent)
    : QWidget(parent),
      m_card(new Card(tr("Attention"))),
      m_pages(new QStackedWidget),
      m_maps(new SmallMaps),
      m_map(new HeatMapPlot) {
    setObjectName(QStringLiteral("attentionPanel"));
    setAccessibleName(tr("Attention"));
    auto* content = new QWidget;
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(buildLeft());
    m_tabs = named(new QTabWidget, "attentionTabs", tr("View"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(buildMapPage(), tr("Map"));
    m_tabs->addTab(m_headsPage = buildHeadsPage(), tr("All heads"));
    m_tabs->addTab(buildSwitchPage(), tr("Switch off"));
    m_figures = new FiguresModel({tr("Query"), tr("Query token"), tr("Key"), tr("Key token"), tr("Weight")}, this);
    m_tabs->addTab(m_figuresPage = makeFiguresTable(m_figures, "attentionTable", tr("Figures of the map")),
                   tr("Figures"));
    auto* right = new QVBoxLayout;
    right->setSpacing(4);
    right->addWidget(buildAblationLine());
    right->addWidget(m_tabs, 1);
    row->addLayout(right, 1);
    m_pages->addWidget(new EmptyState(tr("No model yet"),
                                      tr("Start training, or import weights: each head's attention appears here.")));
    m_pages->addWidget(content);
    m_card->content()->addWidget(m_pages, 1);
    buildExport();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);

    connect(m_maps, &SmallMaps::selected, this, &AttentionPanel::select);
    // Whatever the mouse points at goes through the large map, which tells the other two.
    connect(m_map, &HeatMapPlot::hovered, this, &AttentionPanel::point);
    connect(m_map, &HeatMapPlot::left, this, [this] {
        m_maps->setPointed(-1, -1);
        showSelected();
        showQuery(m_query, -1);
    });
    connect(m_map, &HeatMapPlot::clicked, this, [this](int query, int key) {
        m_query = query;
        showQuery(query, key);
    });
    connect(m_maps, &SmallMaps::pointed, m_map, &HeatMapPlot::setHoveredCell);
    connect(m_strip, &TokenStrip::hovered, this,
            [this](int key) { m_map->setHoveredCell(key < 0 ? -1 : m_query, key); });
    connect(m_strip, &TokenStrip::clicked, this, [this](int query) {
        if (query < 0) return;
        m_query = query;
        m_map->setHoveredCell(query, query);
    });
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        m_export->setVisible(m_tabs->currentIndex() == 0);
        if (wantsHeads()) emit headsWanted();
        showFigures();
    });
    clear();
}

QWidget* AttentionPanel::buildLeft() {
    auto* left = new QWidget;
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, scrollBarWidth, 0);
    column->setSpacing(8);
    column->addWidget(m_maps);

    auto* pick = new QGridLayout;
    pick->setHorizontalSpacing(8);
    pick->setVerticalSpacing(5);
    m_layer = makeSpin(1, 1, 1, "layerSpin", tr("Layer"));
    m_head = makeSpin(1, 1, 1, "headSpin", tr("Head"));
    for (QSpinBox* spin : {m_layer, m_head}) {
        addRow(pick, spin->accessibleName(), spin, 64);
        connect(spin, &QSpinBox::valueChanged, this, [this] { select(m_layer->value() - 1, m_head->value() - 1); });
    }
    column->addLayout(pick);

    m_value = makeText(QString(), "caption");
    m_value->setObjectName(QStringLiteral("attentionValue"));
    m_value->setAccessibleName(tr("Attention value"));
    m_value->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_value->setMinimumHeight(3 * QFontMetrics(captionFont()).lineSpacing());
    column->addWidget(m_value);

    m_source = named(new QComboBox, "sourceCombo", tr("Source"));
    m_source->addItem(tr("Current sample"), int(Source::sample));
    m_source->addItem(tr("Corpus document"), int(Source::document));
    m_source->addItem(tr("Next token's prefix"), int(Source::place));
    m_source->addItem(tr("Typed text"), int(Source::typed));
    auto* source = new QGridLayout;
    source->setHorizontalSpacing(8);
    addRow(source, tr("Source"), m_source, 150);
    column->addLayout(source);
    m_place = new QWidget;
    auto* place = new QGridLayout(m_place);
    place->setContentsMargins(0, 0, 0, 0);
    place->setHorizontalSpacing(8);
    place->setVerticalSpacing(5);
    m_document = makeSpin(1, 1, 1, "documentSpin", tr("Document"));
    m_offset = makeSpin(0, 0, 0, "offsetSpin", tr("Offset"));
    m_offset->setToolTip(tr("Tokens of the document that are skipped"));
    for (QSpinBox* spin : {m_document, m_offset}) {
        addRow(place, spin->accessibleName(), spin, 84);
        connect(spin, &QSpinBox::valueChanged, this, &AttentionPanel::sourceChanged);
    }
    column->addWidget(m_place);
    m_typedPlace = new QWidget;
    auto* typed = new QVBoxLayout(m_typedPlace);
    typed->setContentsMargins(0, 0, 0, 0);
    typed->setSpacing(4);
    m_typed = named(new QLineEdit, "typedText", tr("Typed text"));
    m_typed->setPlaceholderText(tr("Text or token names"));
    m_typed->setToolTip(tr("The tokens that the model reads, behind the token that begins a document"));
    m_typedProblem = named(makeText(QString(), "bad"), "typedProblem", tr("What is wrong with the text"));
    typed->addWidget(m_typed);
    typed->addWidget(m_typedProblem);
    connect(m_typed, &QLineEdit::textEdited, this, &AttentionPanel::sourceChanged);
    column->addWidget(m_typedPlace);
    showPlace();
    column->addStretch(1);
    connect(m_source, &QComboBox::currentIndexChanged, this, &AttentionPanel::showPlace);
    connect(m_source, &QComboBox::activated, this, &AttentionPanel::sourceChanged);
    QScrollArea* area = scrolled(left);
    area->setFixedWidth(leftWidth);
    return area;
}

QWidget* AttentionPanel::buildMapPage() {
    auto* page = new QWidget;
    m_mapLayout = new QBoxLayout(QBoxLayout::TopToBottom, page);
    m_mapLayout->setContentsMargins(0, 4, 0, 0);
    m_mapLayout->setSpacing(8);
    m_mapLayout->addWidget(m_map, 1);
    auto* below = new QWidget;
    auto* column = new QVBoxLayout(below);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_stripCaption = named(makeText(QString(), "caption"), "stripCaption", tr("The query and where it looks"));
    column->addWidget(m_stripCaption);
    m_strip = named(new TokenStrip, "attentionStrip", tr("Where the query looks"));
    m_strip->setAlwaysChips(true);
    m_strip->setCursor(Qt::PointingHandCursor);
    column->addWidget(scrolled(m_strip), 1);
    m_mapLayout->addWidget(below);
    page->installEventFilter(this);
    return page;
}

// The strip stands beside the map where there is room for both, else below it, two lines high.
bool AttentionPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize && watched == m_mapLayout->parentWidget()) {
        const QSize size = m_mapLayout->parentWidget()->size();
        const bool beside = size.width() >= leastBeside && size.width() > size.height() * 3 / 2;
        QWidget* strip = m_mapLayout->itemAt(1)->widget();
        strip->setMaximumHeight(beside ? QWIDGETSIZE_MAX : belowHeight);
        m_stripCaption->setVisible(beside);
        m_mapLayout->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
        m_mapLayout->setStretch(1, beside ? 1 : 0);
    }
    return QWidget::eventFilter(watched, event);
}

void AttentionPanel::buildExport() {
    m_export = new ExportButton("exportAttentionButton", QStringLiteral("exportAttention_"));
    connect(m_export, &ExportButton::chosen, this, &AttentionPanel::exportRequested);
    auto* automatic = makeTool(tr("Auto scale"), "attentionAutoScale", tr("Auto scale"),
                               tr("Colours up to the largest weight of the map, instead of to 1"), true);
    connect(automatic, &QToolButton::toggled, m_map, &HeatMapPlot::setAutomatic);
    m_card->addHeaderWidget(automatic);
    m_card->addHeaderWidget(m_export);
}

void AttentionPanel::setTrace(std::shared_ptr<const Trace> trace, QStringList labels, qint64 step,
                              std::shared_ptr<const Vocabulary> vocabulary) {
    if (!trace || trace->attention.empty() || trace->attention.front().empty()) {
        clear();
        return;
    }
    m_trace = std::move(trace);
    m_labels = std::move(labels);
    m_strip->setTokens(vocabulary ? m_trace->tokens : std::vector<TokenId>(), vocabulary);
    m_switches->setShape(static_cast<int>(m_trace->attention.size()),
                         static_cast<int>(m_trace->attention.front().size()));
    const QSignalBlocker quietLayer(m_layer), quietHead(m_head);
    m_layer->setMaximum(static_cast<int>(m_trace->attention.size()));
    m_head->setMaximum(static_cast<int>(m_trace->attention.front().size()));
    m_maps->setTrace(m_trace);
    m_card->setFact(tr("step %1").arg(grouped(step)));
    m_export->setEnabled(true);
    m_pages->setCurrentIndex(1);
    select(m_layer->value() - 1, m_head->value() - 1);
}

void AttentionPanel::clear() {
    m_trace.reset();
    m_labels.clear();
    m_query = -1;
    m_maps->setTrace(nullptr);
    m_map->clear();
    m_strip->setTokens({}, nullptr);
    m_headsModel->clear();
    m_headsCaption->clear();
    m_ablationEffect.reset();
    m_switches->turnAllOn();
    m_card->setFact(QString());
    m_export->setEnabled(false);
    m_pages->setCurrentIndex(0);
}

void AttentionPanel::select(int layer, int head) {
    if (!m_trace) return;
    const QSignalBlocker quietLayer(m_layer), quietHead(m_head);
    m_layer->setValue(layer + 1);
    m_head->setValue(head + 1);
    m_maps->setSelected(layer, head);
    showSelected();
    const auto& rows = m_trace->attention[static_cast<std::size_t>(layer)][static_cast<std::size_t>(head)];
    if (m_query >= static_cast<int>(rows.size())) m_query = -1;
    showQuery(m_query, -1);
    m_map->setMap(std::shared_ptr<const HeatMapPlot::Rows>(m_trace, &rows), m_labels);  // a pointed cell is said anew
}

void AttentionPanel::showQuery(int query, int key) {
    if (!m_trace) return;
    const auto& rows = m_trace->attention[static_cast<std::size_t>(layer())][static_cast<std::size_t>(head())];
    if (query < 0) query = m_query = static_cast<int>(rows.size()) - 1;
    std::vector<double> shades = rows[static_cast<std::size_t>(query)];
    const double most = *std::max_element(shades.begin(), shades.end());
    for (double& shade : shades) shade /= std::max(most, 1e-12);
    m_strip->setShades(std::move(shades));
    m_strip->setMarked(query);
    m_strip->setPointed(key);
    m_stripCaption->setText(
        tr("Where %1 (%2) looks in head %3.%4: the strongest shade is %5. Click a token to ask for it.")
            .arg(tokenName(query), grouped(query))
            .arg(layer() + 1)
            .arg(head() + 1)
            .arg(fixedPoint(most, 3)));
}

void AttentionPanel::point(int query, int key, double value) {
    m_value->setText(tr("query %1 (%2) \u2192 key %3 (%4): %5")
                         .arg(tokenName(query), grouped(query), tokenName(key), grouped(key), fixedPoint(value, 4)));
    m_maps->setPointed(query, key);
    showQuery(query, key);
}

void AttentionPanel::showPlace() {
    m_place->setVisible(source() == Source::document);
    m_typedPlace->setVisible(source() == Source::typed);
}

// The map's twin: a row a cell of the chosen head, filled while it is in front.
void AttentionPanel::showFigures() {
    if (m_tabs->currentWidget() != m_figuresPage) return;
    std::vector<FiguresModel::Row> rows;
    if (m_trace) {
        const auto& map = m_trace->attention[static_cast<std::size_t>(layer())][static_cast<std::size_t>(head())];
        for (std::size_t query = 0; query < map.size(); ++query)
            for (std::size_t key = 0; key < map[query].size(); ++key)
                rows.push_back({{grouped(qint64(query)), qint64(query)},
                                {tokenName(int(query))},
                                {grouped(qint64(key)), qint64(key)},
                                {tokenName(int(key))},
                                {fixedPoint(map[query][key], 4), map[query][key]}});
    }
    m_figures->setRows(std::move(rows));
}

void AttentionPanel::showSelected() {
    showFigures();
    m_value->setText(
        tr("Head %1.%2. Each row is a query, its columns the keys it looks at. Point at a cell for its weight.")
            .arg(layer() + 1)
            .arg(head() + 1));
}

QString AttentionPanel::tokenName(int index) const { return m_labels.value(index, QString::number(index)); }

AttentionPanel::Source AttentionPanel::source() const { return static_cast<Source>(m_source->currentData().toInt()); }
void AttentionPanel::setSource(Source source) { m_source->setCurrentIndex(m_source->findData(int(source))); }
int AttentionPanel::document() const { return m_document->value() - 1; }
int AttentionPanel::offset() const { return m_offset->value(); }
QString AttentionPanel::typedText() const { return m_typed->text(); }
int AttentionPanel::layer() const { return m_layer->value() - 1; }
int AttentionPanel::head() const { return m_head->value() - 1; }

void AttentionPanel::setTypedProblem(const QString& sentence) {
    m_typedProblem->setText(sentence);
    m_typedProblem->setVisible(!sentence.isEmpty());
}

void AttentionPanel::setDocuments(int count) {
    const QSignalBlocker quiet(m_document);
    m_document->setMaximum(std::max(1, count));
}

void AttentionPanel::setDocumentLength(int tokens) {
    const QSignalBlocker quiet(m_offset);
    m_offset->setMaximum(std::max(0, tokens - 1));
}

bool AttentionPanel::exportTo(const QString& fileName) { return m_map->exportTo(fileName); }

}  // namespace gamegpt::ui
