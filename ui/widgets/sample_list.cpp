#include "ui/widgets/sample_list.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>

#include <algorithm>

#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"
#include "ui/widgets/probability_legend.h"
#include "ui/widgets/sample_row.h"

namespace gamegpt::ui {

namespace {

QPushButton* smallButton(const QString& text, const char* objectName, const QString& tip) {
    auto* button = named(new QPushButton(text), objectName, text);
    button->setProperty("small", true);
    button->setToolTip(tip);
    return button;
}

}  // namespace

SampleList::SampleList(QWidget* parent)
    : QWidget(parent), m_card(new Card(tr("Samples"))), m_pages(new QStackedWidget) {
    setObjectName(QStringLiteral("sampleList"));
    m_card->setObjectName(QStringLiteral("samplesCard"));
    auto* content = new QWidget;
    auto* list = new QVBoxLayout(content);
    list->setContentsMargins(0, 0, scrollBarWidth + 1, 0);
    list->setSpacing(12);
    m_pinnedList = new QVBoxLayout;
    m_pinnedList->setSpacing(10);
    m_list = new QVBoxLayout;
    m_list->setSpacing(12);
    list->addLayout(m_pinnedList);
    list->addLayout(m_list);
    list->addStretch(1);
    m_pages->addWidget(
        new EmptyState(tr("No samples yet"), tr("Start training: samples appear here while the model learns.")));
    m_pages->addWidget(scrolled(content));
    m_card->content()->setContentsMargins(11, 8, 2, 8);
    m_card->content()->setSpacing(8);
    m_card->content()->addWidget(buildProgress());
    m_card->content()->addWidget(buildColours());
    m_card->content()->addWidget(m_pages, 1);
    m_card->content()->addWidget(buildActions());
    m_card->setMinimumHeight(120);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
    refresh();
}

QWidget* SampleList::buildProgress() {
    m_progressRow = new QWidget;
    auto* row = new QHBoxLayout(m_progressRow);
    row->setContentsMargins(0, 0, scrollBarWidth + 1, 0);
    row->setSpacing(8);
    m_progress = named(new QProgressBar, "samplesProgress", tr("Samples drawn"));
    m_progress->setTextVisible(false);
    auto* stop = smallButton(tr("Stop"), "stopSamplesButton", tr("Keep the samples that are there"));
    connect(stop, &QPushButton::clicked, this, &SampleList::stopClicked);
    row->addWidget(m_progress, 1);
    row->addWidget(stop);
    return m_progressRow;
}

QWidget* SampleList::buildColours() {
    auto* host = new QWidget;
    auto* row = new QHBoxLayout(host);
    row->setContentsMargins(0, 0, scrollBarWidth + 1, 0);
    row->setSpacing(12);
    m_colour = named(new QCheckBox(tr("Colour by probability")), "probabilityCheck", tr("Colour by probability"));
    m_colour->setToolTip(tr("How probable each token was where it was drawn, after the filters"));
    auto* legend = new ProbabilityLegend;
    QSizePolicy policy = legend->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    legend->setSizePolicy(policy);
    legend->hide();
    row->addWidget(m_colour);
    row->addWidget(legend, 1);
    connect(m_colour, &QCheckBox::toggled, this, [this, legend](bool on) {
        legend->setVisible(on);
        for (SampleRow* sample : m_rows) sample->strip()->setColouredByProbability(on);
        for (SampleRow* sample : m_pinned) sample->strip()->setColouredByProbability(on);
        if (on) emit figuresWanted();
    });
    return host;
}

QWidget* SampleList::buildActions() {
    m_actions = new QWidget;
    auto* row = new QHBoxLayout(m_actions);
    row->setContentsMargins(0, 0, scrollBarWidth + 1, 0);
    row->setSpacing(4);
    auto* copy = smallButton(tr("Copy as\u2026"), "copySamplesButton", tr("Copy all samples"));
    auto* menu = new QMenu(copy);
    fillCopyMenu(menu, nullptr);
    copy->setMenu(menu);
    auto* save = smallButton(tr("Save as corpus\u2026"), "saveSamplesButton",
                             tr("Write all samples to a file that can be opened as a corpus"));
    m_board = smallButton(tr("Board"), "boardSampleButton", tr("Show the chosen sample on the board"));
    connect(save, &QPushButton::clicked, this, &SampleList::saveRequested);
    connect(m_board, &QPushButton::clicked, this, [this] {
        if (static_cast<std::size_t>(m_selected) < m_rows.size())
            emit boardRequested(*m_rows[static_cast<std::size_t>(m_selected)]);
    });
    row->addWidget(copy);
    row->addWidget(save);
    row->addStretch(1);
    row->addWidget(m_board);
    return m_actions;
}

void SampleList::fillCopyMenu(QMenu* menu, const SampleRow* row) {
    const std::tuple<QString, const char*, SampleFormat> formats[] = {{tr("Text"), "copyText", SampleFormat::text},
                                                                      {tr("IDs"), "copyIds", SampleFormat::ids},
                                                                      {tr("JSON"), "copyJson", SampleFormat::json}};
    for (const auto& [text, name, format] : formats) {
        QAction* action = menu->addAction(text);
        action->setObjectName(QLatin1String(name));
        connect(action, &QAction::triggered, this, [this, format = format, row] { emit copyRequested(format, row); });
    }
}

void SampleList::addRow() {
    const auto index = static_cast<int>(m_rows.size());
    auto* row = new SampleRow(QStringLiteral("sample%1").arg(index));
    row->strip()->setAccessibleName(tr("Sample %1").arg(index + 1));
    connectRow(row);
    connect(row->strip(), &TokenStrip::clicked, this, [this, index](int token) {
        select(index);
        emit sampleSelected(index);
        emit tokenClicked(index, token);
    });
    connect(row, &SampleRow::pinClicked, this, [this, index] { pin(static_cast<std::size_t>(index)); });
    m_list->addWidget(row);
    m_rows.push_back(row);
}

void SampleList::connectRow(SampleRow* row) {
    row->strip()->setColouredByProbability(m_colour->isChecked());
    connect(row, &SampleRow::menuRequested, this, [this, row](const QPoint& at) { showMenu(row, at); });
}

void SampleList::setSamples(const SampleSet& samples) {
    const bool sameTokens = std::exchange(m_vocabulary, samples.vocabulary) == samples.vocabulary;
    m_step = samples.step;
    m_temperature = samples.temperature;
    m_settings = samples.settings;
    m_size = samples.sequences.size();
    m_count = samples.count;
    const std::size_t shown = std::min(m_size, mostShown);
    while (m_rows.size() < shown) addRow();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i]->setShown(i < shown);
        if (i >= shown) continue;
        TokenStrip* strip = m_rows[i]->strip();
        if (!sameTokens || strip->tokens() != samples.sequences[i])
            strip->setTokens(samples.sequences[i], m_vocabulary);
        strip->setFigures(i < samples.figures.size() ? samples.figures[i] : std::vector<TokenFigures>());
    }
    select(m_selected < static_cast<int>(shown) ? m_selected : 0);
    refresh();
}

void SampleList::setFigures(const std::vector<std::vector<TokenFigures>>& figures) {
    for (std::size_t i = 0; i < std::min(figures.size(), m_rows.size()); ++i)
        m_rows[i]->strip()->setFigures(figures[i]);
}

void SampleList::setDrawing(bool drawing) {
    m_drawing = drawing;
    refresh();
}

void SampleList::clear() {
    m_size = 0;
    m_count = 0;
    m_selected = 0;
    for (SampleRow* row : m_rows) row->setShown(false);
    refresh();
}

bool SampleList::wantsFigures() const { return m_colour->isChecked() || underMouse(); }

void SampleList::enterEvent(QEnterEvent* event) {
    QWidget::enterEvent(event);
    if (m_size > 0 && m_rows.front()->strip()->figures().empty()) emit figuresWanted();
}

void SampleList::select(int index) {
    m_selected = index;
    for (std::size_t i = 0; i < m_rows.size(); ++i) m_rows[i]->strip()->setSelected(static_cast<int>(i) == index);
}

void SampleList::pin(std::size_t index) {
    if (m_pinned.size() >= mostPinned) return;
    const TokenStrip* sample = m_rows[index]->strip();
    QStringList origin{tr("step %1").arg(grouped(m_step))};
    if (!m_settings.isEmpty()) origin << m_settings;
    origin << tr("sample %1").arg(index + 1);
    auto* row = new SampleRow(QStringLiteral("pinned%1").arg(m_pinned.size()), origin.join(QStringLiteral(" \u00b7 ")));
    TokenStrip* strip = row->strip();
    strip->setAccessibleName(tr("Pinned sample: %1").arg(row->origin()));
    strip->setTokens(sample->tokens(), m_vocabulary);
    strip->setFigures(sample->figures());
    connectRow(row);
    connect(strip, &TokenStrip::clicked, this, [this, row](int token) { emit pinnedClicked(*row, token); });
    connect(row, &SampleRow::pinClicked, this, [this, row] { unpin(row); });
    m_pinnedList->addWidget(row);
    m_pinned.push_back(row);
    refresh();
}

void SampleList::unpin(SampleRow* row) {
    std::erase(m_pinned, row);
    row->hide();
    row->deleteLater();
    refresh();
}

void SampleList::showMenu(SampleRow* row, const QPoint& position) {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("sampleMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillCopyMenu(menu->addMenu(tr("Copy as")), row);
    if (!m_board->isHidden())
        connect(menu->addAction(tr("Show on the board")), &QAction::triggered, this,
                [this, row] { emit boardRequested(*row); });
    if (row->origin().isEmpty()) {
        const auto index = static_cast<std::size_t>(std::find(m_rows.begin(), m_rows.end(), row) - m_rows.begin());
        connect(menu->addAction(tr("Pin")), &QAction::triggered, this, [this, index] { pin(index); });
    } else {
        connect(menu->addAction(tr("Unpin")), &QAction::triggered, this, [this, row] { unpin(row); });
    }
    menu->popup(position);
}

void SampleList::refresh() {
    const bool partial = static_cast<int>(m_size) < m_count;
    m_progressRow->setVisible(m_drawing && partial);
    m_progress->setRange(0, std::max(m_count, 1));
    m_progress->setValue(static_cast<int>(m_size));
    m_pages->setCurrentIndex(m_size > 0 || !m_pinned.empty() ? 1 : 0);
    m_actions->setVisible(m_size > 0);
    m_board->setVisible(m_vocabulary && m_vocabulary->kind() == Vocabulary::Kind::game);
    const QString there = grouped(qint64(m_size)), all = grouped(m_count);
    if (m_size == 0) m_card->setFact(QString());
    else if (m_drawing && partial) m_card->setFact(tr("%1 of %2").arg(there, all));
    else if (partial) m_card->setFact(tr("stopped at %1 of %2").arg(there, all));
    else if (m_size > mostShown) m_card->setFact(tr("%1 of %2 shown").arg(grouped(qint64(mostShown)), there));
    else m_card->setFact(tr("%1 at temperature %2").arg(there, fixedPoint(m_temperature, 2)));
}

}  // namespace gamegpt::ui
