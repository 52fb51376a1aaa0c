#include "ui/panels/corpus_studio_panel.h"

#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

#include <algorithm>
#include <climits>

#include "ui/models/document_model.h"
#include "ui/models/frequency_model.h"
#include "ui/plots/histogram.h"
#include "ui/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/figure_label.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"
#include "ui/widgets/share_bars.h"
#include "ui/widgets/token_strip.h"

namespace gamegpt::ui {

namespace {

constexpr std::size_t stripTokens = 2000;  // shown of a document at once
constexpr std::size_t contextBefore = 40;  // tokens before a match that starts behind the strip

QTableView* makeTable(QAbstractItemModel* model, const char* objectName, const QString& label) {
    auto* table = named(new QTableView, objectName, label);
    table->setModel(model);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setFont(monoFont());
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(20);
    table->verticalHeader()->setMinimumSectionSize(18);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setMinimumSectionSize(36);
    return table;
}

QVBoxLayout* makeColumn(QWidget* page, int right = 0) {
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, right, 0);
    column->setSpacing(6);
    return column;
}

QHBoxLayout* addLine(QVBoxLayout* column) {
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    column->addLayout(line);
    return line;
}

}  // namespace

CorpusStudioPanel::CorpusStudioPanel(QWidget* parent) : QWidget(parent), m_card(new Card(tr("Corpus studio"))) {
    setObjectName(QStringLiteral("corpusStudioPanel"));
    setAccessibleName(tr("Corpus studio"));
    m_pages = new QStackedWidget;
    m_pages->addWidget(new EmptyState(tr("No corpus yet"), tr("Open a corpus (Ctrl+O): its documents appear here.")));
    auto* halves = new QSplitter(Qt::Horizontal);
    halves->setChildrenCollapsible(false);
    halves->setHandleWidth(12);
    halves->addWidget(buildBrowser());
    halves->addWidget(buildFigures());
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    halves->setSizes({600, 400});
    m_pages->addWidget(halves);
    m_card->content()->addWidget(m_pages, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
}

QWidget* CorpusStudioPanel::buildBrowser() {
    auto* page = new QWidget;
    auto* column = makeColumn(page);
    column->addWidget(buildSearch());
    auto* parts = new QSplitter(Qt::Vertical);
    parts->setChildrenCollapsible(false);
    parts->setHandleWidth(8);
    parts->addWidget(buildDocuments());
    parts->addWidget(buildDocument());
    parts->setSizes({200, 200});
    column->addWidget(parts, 1);
    return page;
}

QWidget* CorpusStudioPanel::buildSearch() {
    auto* bar = new QWidget;
    auto* column = makeColumn(bar);
    auto* line = addLine(column);
    m_search = named(new QLineEdit, "tokenSearch", tr("Find tokens"));
    m_search->setPlaceholderText(tr("Find tokens"));
    m_search->setClearButtonEnabled(true);
    auto* next = named(new QPushButton(tr("Find next")), "findNext", tr("Find next"));
    m_documentSpin = makeSpin(1, 1, 1, "studioDocumentSpin", tr("Document"));
    m_documentSpin->setToolTip(tr("The document that is shown"));
    line->addWidget(m_search, 1);
    line->addWidget(next);
    line->addWidget(m_documentSpin);
    m_message = named(makeText(QString(), "caption"), "searchMessage", tr("Search result"));
    m_message->setWordWrap(false);
    m_message->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    column->addWidget(m_message);
    connect(m_search, &QLineEdit::returnPressed, this, &CorpusStudioPanel::search);
    connect(m_search, &QLineEdit::textChanged, this, [this] {
        m_found.reset();
        m_message->clear();
    });
    connect(next, &QPushButton::clicked, this, &CorpusStudioPanel::search);
    connect(m_documentSpin, &QSpinBox::valueChanged, this,
            [this](int number) { showDocument(static_cast<std::size_t>(number) - 1, 0); });
    return bar;
}

QWidget* CorpusStudioPanel::buildDocuments() {
    m_documentModel = new DocumentModel(this);
    m_documents = makeTable(m_documentModel, "documentTable", tr("Documents"));
    m_documents->setMinimumHeight(64);
    m_documents->horizontalHeader()->setStretchLastSection(true);
    connect(m_documents->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid()) showDocument(m_documentModel->documentAt(current.row()), 0);
            });
    return m_documents;
}

QWidget* CorpusStudioPanel::buildDocument() {
    auto* page = new QWidget;
    auto* column = makeColumn(page);
    auto* line = addLine(column);
    m_documentTitle = named(new FigureLabel, "documentTitle", tr("Document shown"));
    m_documentTitle->setFont(captionFont());
    m_documentTitle->setTone(Tone::muted);
    m_offset = makeSpin(0, 0, 0, "studioOffsetSpin", tr("First token"));
    m_offset->setToolTip(tr("The first token that is shown"));
    m_offset->setSingleStep(static_cast<int>(stripTokens));
    line->addWidget(m_documentTitle, 1);
    line->addWidget(m_offset);
    m_strip = named(new TokenStrip, "studioStrip", tr("Tokens of the document"));
    auto* content = new QWidget;
    auto* strips = makeColumn(content, scrollBarWidth + 1);
    strips->addWidget(m_strip);
    strips->addStretch(1);
    m_stripArea = scrolled(content);
    m_stripArea->setMinimumHeight(56);
    column->addWidget(m_stripArea, 1);
    connect(m_offset, &QSpinBox::valueChanged, this,
            [this](int offset) { showTokens(static_cast<std::size_t>(offset)); });
    return page;
}

QWidget* CorpusStudioPanel::buildFigures() {
    auto* page = new QWidget;
    auto* column = makeColumn(page, scrollBarWidth + 1);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    m_count = addFigure(grid, tr("Documents"), "studioDocuments");
    m_tokens = addFigure(grid, tr("Tokens"), "studioTokens");
    m_vocabulary = addFigure(grid, tr("Vocabulary"), "studioVocabulary");
    m_special = addFigure(grid, tr("Special tokens"), "studioSpecial");
    m_unused = addFigure(grid, tr("Unused tokens"), "studioUnused");
    m_lengths = addFigure(grid, tr("Median length"), "studioLengths");
    m_longer = addFigure(grid, tr("Longer than context"), "studioLonger");
    m_fromStart = addFigure(grid, tr("Windows from BOS"), "studioFromStart");
    m_fromStart->setToolTip(tr("Share of the training windows that start where a document starts"));
    column->addLayout(grid);
    m_histogram = new Histogram;
    m_histogram->setObjectName(QStringLiteral("studioHistogram"));
    m_histogram->setUnit(tr("tokens in a document"));
    column->addWidget(m_histogram);
    m_sourcesTitle = makeText(tr("Share of tokens"), "muted");
    m_sources = named(new ShareBars, "sourceBars", tr("Share of tokens by source"));
    m_sourcesNote = makeText(QString(), "warning");
    m_sourcesNote->setObjectName(QStringLiteral("sourceWarning"));
    column->addWidget(m_sourcesTitle);
    column->addWidget(m_sources);
    column->addWidget(m_sourcesNote);
    column->addWidget(buildFrequencies(), 1);
    QScrollArea* area = scrolled(page);
    area->setMinimumWidth(230);
    return area;
}

QWidget* CorpusStudioPanel::buildFrequencies() {
    auto* page = new QWidget;
    auto* column = makeColumn(page);
    auto* filter = named(new QLineEdit, "frequencyFilter", tr("Filter tokens"));
    filter->setPlaceholderText(tr("Filter tokens"));
    filter->setClearButtonEnabled(true);
    m_frequencyModel = new FrequencyModel(this);
    m_frequencyProxy = new QSortFilterProxyModel(this);
    m_frequencyProxy->setSourceModel(m_frequencyModel);
    m_frequencyProxy->setSortRole(FrequencyModel::sortRole);
    m_frequencyProxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_frequencyProxy->setFilterKeyColumn(FrequencyModel::tokenColumn);
    QTableView* table = makeTable(m_frequencyProxy, "frequencyTable", tr("Token frequencies"));
    table->setSortingEnabled(true);
    table->sortByColumn(FrequencyModel::countColumn, Qt::DescendingOrder);
    table->setMinimumHeight(140);
    table->horizontalHeader()->setSectionResizeMode(FrequencyModel::tokenColumn, QHeaderView::Stretch);
    for (const int figure : {FrequencyModel::idColumn, FrequencyModel::countColumn, FrequencyModel::shareColumn})
        table->horizontalHeader()->resizeSection(figure, figure == FrequencyModel::idColumn ? 44 : 72);
    connect(filter, &QLineEdit::textChanged, m_frequencyProxy, &QSortFilterProxyModel::setFilterFixedString);
    column->addWidget(filter);
    column->addWidget(table, 1);
    return page;
}

void CorpusStudioPanel::setCorpus(std::shared_ptr<const Corpus> corpus) {
    if (corpus == m_corpus) return;
    m_corpus = std::move(corpus);
    m_found.reset();
    m_message->clear();
    setStatistics(nullptr);
    m_documentModel->setCorpus(m_corpus);
    m_pages->setCurrentIndex(m_corpus ? 1 : 0);
    if (!m_corpus) {
        m_card->setFact(QString());
        m_strip->setTokens({}, nullptr);
        return;
    }
    const Vocabulary& vocabulary = m_corpus->vocabulary();
    m_card->setFact(QString::fromStdString(m_corpus->name()));
    m_search->setPlaceholderText(vocabulary.joins() ? tr("Find a text")
                                 : vocabulary.kind() == Vocabulary::Kind::game
                                     ? tr("Find tokens: TICK INPUT_U")
                                     : tr("Find tokens, with spaces between"));
    const bool sourced = !m_corpus->sources().of_document.empty();
    m_documents->setColumnHidden(DocumentModel::sourceColumn, !sourced);
    m_documents->resizeColumnToContents(DocumentModel::sourceColumn);
    m_documents->horizontalHeader()->resizeSection(DocumentModel::numberColumn, 52);
    m_documents->horizontalHeader()->resizeSection(DocumentModel::lengthColumn, 68);
    m_documentSpin->setRange(1, static_cast<int>(std::min<std::size_t>(m_corpus->documents(), INT_MAX)));

    m_count->setText(grouped(qint64(m_corpus->documents())));
    m_tokens->setText(grouped(qint64(m_corpus->tokens())));
    m_vocabulary->setText(grouped(qint64(vocabulary.size())));
    QStringList special;
    for (const auto& id : {vocabulary.bos(), vocabulary.eos(), vocabulary.unknown()})
        if (id) special << QString::fromStdString(vocabulary.label(*id));
    special.removeDuplicates();
    m_special->setText(special.isEmpty() ? tr("none") : special.join(QStringLiteral(", ")));
    m_histogram->setBars(m_corpus->shortest(), m_corpus->longest(), m_corpus->length_bars());
    m_histogram->setVisible(m_corpus->documents() > 1);
    showDocument(0, 0);
}

void CorpusStudioPanel::setStatistics(std::shared_ptr<const CorpusStatistics> statistics) {
    const QString unknown = QStringLiteral("\u2026");
    for (FigureLabel* figure : {m_unused, m_lengths, m_longer, m_fromStart}) figure->setText(unknown);
    const bool sourced = statistics && !statistics->sources.empty();
    m_sourcesTitle->setVisible(sourced);
    m_sources->setVisible(sourced);
    m_sourcesNote->setVisible(false);
    m_frequencyModel->setStatistics(statistics, statistics ? m_corpus->vocabulary_ptr() : nullptr);
    if (!statistics) return;
    m_unused->setText(grouped(qint64(statistics->unused.size())));
    m_lengths->setText(grouped(qint64(statistics->median)));
    m_lengths->setToolTip(tr("Half of the documents have %1 to %2 tokens; the mean is %3")
                              .arg(grouped(qint64(statistics->lower_quartile)),
                                   grouped(qint64(statistics->upper_quartile)),
                                   fixedPoint(statistics->mean_length, 1)));
    m_longer->setText(grouped(qint64(statistics->longer_than_context)));
    m_fromStart->setText(percent(statistics->windows_from_start, 1));
    std::vector<ShareBars::Bar> bars;
    QStringList over;
    for (const CorpusStatistics::Source& source : statistics->sources) {
        bars.push_back({QString::fromStdString(source.name), source.share});
        if (source.share > largest_fair_share)
            over << tr("\u26a0 %1 supplies %2 of the tokens").arg(bars.back().name, percent(source.share));
    }
    m_sources->setBars(std::move(bars), largest_fair_share);
    m_sourcesNote->setText(over.join(QLatin1Char('\n')));
    m_sourcesNote->setVisible(!over.isEmpty());
}

void CorpusStudioPanel::showDocument(std::size_t document, std::size_t offset) {
    m_document = document;
    const std::size_t length = m_corpus->length(document);
    const QSignalBlocker quietSpin(m_documentSpin), quietOffset(m_offset), quietRows(m_documents->selectionModel());
    m_documentSpin->setValue(static_cast<int>(document) + 1);
    const QModelIndex row = m_documentModel->index(m_documentModel->showPageOf(document), 0);
    if (m_documents->currentIndex() != row) {
        m_documents->setCurrentIndex(row);
        m_documents->scrollTo(row);
        m_documents->viewport()->update();
    }
    m_offset->setRange(0, static_cast<int>(std::min<std::size_t>(length == 0 ? 0 : length - 1, INT_MAX)));
    m_offset->setVisible(length > stripTokens);
    m_offset->setValue(static_cast<int>(offset));
    showTokens(offset);
}

void CorpusStudioPanel::showTokens(std::size_t offset) {
    const TokenView document = m_corpus->document(m_document);
    m_firstToken = std::min(offset, document.size());
    const std::size_t count = std::min(stripTokens, document.size() - m_firstToken);
    m_strip->setMarked(-1);
    m_strip->setTokens(document.subspan(m_firstToken, count).to_vector(), m_corpus->vocabulary_ptr());
    m_stripArea->ensureVisible(0, 0);
    const QString number = grouped(qint64(m_document) + 1);
    if (count == document.size()) {
        m_documentTitle->setText(tr("Document %1 \u00b7 %2 tokens").arg(number, grouped(qint64(document.size()))));
        return;
    }
    m_documentTitle->setText(tr("Document %1 \u00b7 %2\u2013%3 of %4")
                                 .arg(number, grouped(qint64(m_firstToken)), grouped(qint64(m_firstToken + count) - 1),
                                      grouped(qint64(document.size()))));
}

void CorpusStudioPanel::search() {
    if (!m_corpus || m_search->text().isEmpty()) return;
    m_message->setText(tr("Searching\u2026"));
    CorpusPlace from{m_document, 0};
    if (m_found) from = {m_found->document, m_found->offset + 1};
    emit findRequested(m_search->text(), from);
}

void CorpusStudioPanel::setFound(CorpusPlace place, int tokens) {
    if (!m_corpus || place.document >= m_corpus->documents()) return;
    m_found = place;
    const auto count = static_cast<std::size_t>(tokens);
    const bool onStrip = place.document == m_document && place.offset >= m_firstToken &&
                         place.offset + count <= m_firstToken + m_strip->tokens().size();
    if (!onStrip) {
        const bool startShowsIt = place.offset + count <= stripTokens;
        showDocument(place.document, startShowsIt ? 0 : place.offset - std::min(place.offset, contextBefore));
    }
    mark(place, tokens);
    m_message->setText(
        tr("document %1, offset %2").arg(grouped(qint64(place.document) + 1), grouped(qint64(place.offset))));
}

void CorpusStudioPanel::mark(CorpusPlace place, int tokens) {
    const auto first = static_cast<int>(place.offset - m_firstToken);
    m_strip->setMarked(first, tokens);
    if (m_stripArea->widget()->layout()) m_stripArea->widget()->layout()->activate();
    const QRect box = m_strip->tokenRect(first).translated(m_strip->pos());
    m_stripArea->ensureVisible(box.center().x(), box.center().y(), 8, 40);
}

void CorpusStudioPanel::setNotFound(const QString& sentence) { m_message->setText(sentence); }

}  // namespace gamegpt::ui
