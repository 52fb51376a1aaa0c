#include "ui/panels/attention_panel.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

#include "ui/plots/heat_map_plot.h"
#include "ui/plots/small_maps.h"
#include "ui/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {
constexpr int leftWidth = 236;
}

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
    row->addWidget(m_map, 1);
    m_pages->addWidget(new EmptyState(tr("No model yet"),
                                      tr("Start training, or import weights: each head's attention appears here.")));
    m_pages->addWidget(content);
    m_card->content()->addWidget(m_pages, 1);
    buildExport();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);

    connect(m_maps, &SmallMaps::selected, this, &AttentionPanel::select);
    connect(m_map, &HeatMapPlot::hovered, this, [this](int query, int key, double value) {
        m_value->setText(
            tr("query %1 (%2) \u2192 key %3 (%4): %5")
                .arg(tokenName(query), grouped(query), tokenName(key), grouped(key), fixedPoint(value, 4)));
    });
    connect(m_map, &HeatMapPlot::left, this, [this] { showSelected(); });
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
    m_place->hide();
    column->addWidget(m_place);
    column->addStretch(1);
    connect(m_source, &QComboBox::currentIndexChanged, this,
            [this] { m_place->setVisible(this->source() == Source::document); });
    connect(m_source, &QComboBox::activated, this, &AttentionPanel::sourceChanged);
    QScrollArea* area = scrolled(left);
    area->setFixedWidth(leftWidth);
    return area;
}

void AttentionPanel::buildExport() {
    m_export = named(new QToolButton, "exportAttentionButton", tr("Export"));
    m_export->setText(tr("Export"));
    m_export->setProperty("small", true);
    m_export->setFocusPolicy(Qt::StrongFocus);
    m_export->setToolTip(tr("Save this head's map as a picture or as a table"));
    auto* menu = new QMenu(m_export);
    for (const char* format : {"png", "svg", "pdf", "csv"}) {
        const QString name = QLatin1String(format);
        connect(menu->addAction(tr("%1\u2026").arg(name.toUpper())), &QAction::triggered, this,
                [this, name] { emit exportRequested(name); });
    }
    m_export->setMenu(menu);
    m_export->setPopupMode(QToolButton::InstantPopup);
    m_card->addHeaderWidget(m_export);
}

void AttentionPanel::setTrace(std::shared_ptr<const Trace> trace, QStringList labels, qint64 step) {
    if (!trace || trace->attention.empty() || trace->attention.front().empty()) {
        clear();
        return;
    }
    m_trace = std::move(trace);
    m_labels = std::move(labels);
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
    m_maps->setTrace(nullptr);
    m_map->clear();
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
    m_map->setMap(std::shared_ptr<const HeatMapPlot::Rows>(m_trace, &rows), m_labels);
}

void AttentionPanel::showSelected() {
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
int AttentionPanel::layer() const { return m_layer->value() - 1; }
int AttentionPanel::head() const { return m_head->value() - 1; }

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
