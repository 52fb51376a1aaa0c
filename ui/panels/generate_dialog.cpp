#include "ui/panels/generate_dialog.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTimer>

#include <cmath>
#include <limits>

#include "core/grammar/brackets.h"
#include "core/grammar/sums.h"
#include "core/snake/episodes.h"
#include "ui/widgets/board_view.h"
#include "ui/widgets/card.h"
#include "ui/widgets/figure_label.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"
#include "ui/widgets/mix_sliders.h"
#include "ui/widgets/token_strip.h"

namespace gamegpt::ui {

namespace {

QGridLayout* makeGrid(QWidget* page) {
    auto* grid = new QGridLayout(page);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    return grid;
}

}  // namespace

std::function<std::shared_ptr<const Corpus>(std::int64_t, std::function<bool(std::int64_t)>)> generatorOf(
    const GenerateRequest& request) {
    return [request](std::int64_t documents, std::function<bool(std::int64_t)> progress) {
        switch (request.kind) {
            case GenerateRequest::Kind::brackets:
                return brackets::collect({documents, request.seed, request.bracketKinds, request.bracketLongest,
                                          request.bracketDepth, std::move(progress)});
            case GenerateRequest::Kind::sums:
                return sums::collect({documents, request.seed, request.largestOperand, std::move(progress)});
            case GenerateRequest::Kind::snake: break;
        }
        return snake::collect({.episodes = documents,
                               .seed = request.seed,
                               .rules = request.rules,
                               .mix = request.mix,
                               .progress = std::move(progress)});
    };
}

GenerateDialog::GenerateDialog(QWidget* parent)
    : QDialog(parent), m_settings(new QStackedWidget), m_frames(new QTimer(this)), m_settle(new QTimer(this)) {
    setObjectName(QStringLiteral("generateDialog"));
    setWindowTitle(tr("Generate Corpus"));
    resize(860, 600);
    m_kind = named(new QComboBox, "generateKindCombo", tr("Grammar"));
    m_kind->addItem(tr("Snake"), int(GenerateRequest::Kind::snake));
    m_kind->addItem(tr("Balanced brackets"), int(GenerateRequest::Kind::brackets));
    m_kind->addItem(tr("Sums, 17+25=42"), int(GenerateRequest::Kind::sums));
    m_documents = makeSpin(1, 1'000'000, 200, "generateDocumentsSpin", tr("Episodes"));
    m_seed = makeSpin(0, std::numeric_limits<int>::max(), 42, "generateSeedSpin", tr("Seed"));
    m_fields = new QWidget;
    auto* column = new QVBoxLayout(m_fields);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    auto* common = new QWidget;
    QGridLayout* grid = makeGrid(common);
    addRow(grid, tr("Grammar"), m_kind, 156);
    m_documentsName = addRow(grid, tr("Episodes"), m_documents);
    addRow(grid, tr("Seed"), m_seed);
    column->addWidget(common);
    m_settings->addWidget(buildSnake());
    m_settings->addWidget(buildBrackets());
    m_settings->addWidget(buildSums());
    column->addWidget(m_settings);
    column->addStretch(1);
    m_fields->setFixedWidth(300);

    auto* row = new QHBoxLayout;
    row->setSpacing(20);
    row->addWidget(m_fields);
    row->addWidget(buildPreview(), 1);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(16, 16, 16, 16);
    outer->setSpacing(12);
    outer->addLayout(row, 1);
    outer->addWidget(buildButtons());

    m_settle->setSingleShot(true);
    m_settle->setInterval(150);
    connect(m_settle, &QTimer::timeout, this, &GenerateDialog::previewRequested);
    m_frames->setInterval(150);
    connect(m_frames, &QTimer::timeout, this, [this] {
        if (!m_film.frames.empty()) m_frame = (m_frame + 1) % m_film.frames.size();
        showFrame();
    });
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_settings->setCurrentIndex(index);
        const bool snake = index == int(GenerateRequest::Kind::snake);
        m_documentsName->setText(snake ? tr("Episodes") : tr("Documents"));
        m_documents->setAccessibleName(m_documentsName->text());
        m_boardView->setVisible(snake);
        m_save->setText(snake ? tr("Save as JSON\u2026") : tr("Save as text\u2026"));
        m_save->setAccessibleName(snake ? tr("Save as JSON") : tr("Save as text"));
        if (!snake && m_documents->value() == 200) m_documents->setValue(10'000);  // they are short
        if (snake && m_documents->value() == 10'000) m_documents->setValue(200);
        changed();
    });
    for (QSpinBox* spin : {m_documents, m_seed, m_board, m_ticks, m_snapshots, m_kinds, m_depth, m_longest, m_largest})
        connect(spin, &QSpinBox::valueChanged, this, &GenerateDialog::changed);
    connect(m_mix, &MixSliders::changed, this, &GenerateDialog::changed);
    setDone();
}

QWidget* GenerateDialog::buildSnake() {
    auto* page = new QWidget;
    QGridLayout* grid = makeGrid(page);
    const snake::GameRules rules;
    m_board = makeSpin(2, rules.board_size, rules.board_size, "generateBoardSpin", tr("Board"));
    m_board->setToolTip(tr("Cells a side; the vocabulary has no coordinate beyond 9"));
    m_ticks = makeSpin(1, 10'000, static_cast<int>(rules.tick_limit), "generateTicksSpin", tr("Tick limit"));
    m_ticks->setToolTip(tr("A game ends here at the latest"));
    m_snapshots =
        makeSpin(1, 10'000, static_cast<int>(rules.snapshot_interval), "generateSnapshotsSpin", tr("Snapshot every"));
    m_snapshots->setToolTip(tr("Ticks from one regular snapshot to the next"));
    addRow(grid, tr("Board"), m_board);
    addRow(grid, tr("Tick limit"), m_ticks);
    addRow(grid, tr("Snapshot every"), m_snapshots);
    m_mix = new MixSliders({tr("Random"), tr("Greedy"), tr("Wall follower")}, "generateMix");
    m_mix->setPercentages({40, 40, 20});
    auto* caption = makeText(tr("Which agent plays, in % of the episodes"), "caption");
    const int row = grid->rowCount();
    grid->addWidget(caption, row, 0, 1, 2);
    grid->addWidget(m_mix, row + 1, 0, 1, 2);
    return page;
}

QWidget* GenerateDialog::buildBrackets() {
    auto* page = new QWidget;
    QGridLayout* grid = makeGrid(page);
    m_kinds = makeSpin(1, 4, 2, "generateKindsSpin", tr("Kinds of bracket"));
    m_kinds->setToolTip(tr("Round, square, curly, angle"));
    m_depth = makeSpin(1, 500, 8, "generateDepthSpin", tr("Greatest depth"));
    m_longest = makeSpin(2, 1000, 24, "generateLongestSpin", tr("Longest document"));
    m_longest->setToolTip(tr("Brackets of a document"));
    addRow(grid, tr("Kinds of bracket"), m_kinds);
    addRow(grid, tr("Greatest depth"), m_depth);
    addRow(grid, tr("Longest document"), m_longest);
    grid->setRowStretch(grid->rowCount(), 1);
    return page;
}

QWidget* GenerateDialog::buildSums() {
    auto* page = new QWidget;
    QGridLayout* grid = makeGrid(page);
    m_largest = makeSpin(1, 999'999, 99, "generateLargestSpin", tr("Largest operand"));
    addRow(grid, tr("Largest operand"), m_largest);
    grid->setRowStretch(grid->rowCount(), 1);
    return page;
}

QWidget* GenerateDialog::buildPreview() {
    auto* card = new Card(tr("Preview"));
    card->setFact(tr("a few documents with these settings"));
    auto* facts = new QWidget;
    QGridLayout* grid = makeGrid(facts);
    m_length = addFigure(grid, tr("Mean length, tokens"), "previewLength");
    m_total = addFigure(grid, tr("Whole corpus, tokens"), "previewTotal");
    m_sources = addFigure(grid, tr("Tokens by agent"), "previewSources");
    card->content()->addWidget(facts);
    m_warning = named(makeText({}, "warning"), "previewWarning", tr("Warning"));
    m_warning->hide();
    card->content()->addWidget(m_warning);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    m_boardView = new BoardView;
    m_boardView->setObjectName(QStringLiteral("previewBoard"));
    m_strip = new TokenStrip;
    m_strip->setObjectName(QStringLiteral("previewStrip"));
    m_strip->setAccessibleName(tr("First document"));
    auto* strip = new QWidget;
    auto* stripColumn = new QVBoxLayout(strip);
    stripColumn->setContentsMargins(0, 0, scrollBarWidth + 1, 0);
    stripColumn->addWidget(m_strip);
    stripColumn->addStretch(1);
    row->addWidget(m_boardView, 1);
    row->addWidget(scrolled(strip), 1);
    card->content()->addLayout(row, 1);
    return card;
}

QWidget* GenerateDialog::buildButtons() {
    auto* host = new QWidget;
    auto* row = new QHBoxLayout(host);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_progress = named(new QProgressBar, "generateProgress", tr("Progress"));
    m_progress->setTextVisible(false);
    m_progressText = named(makeText({}, "caption"), "generateProgressText", tr("Done"));
    m_progressText->setWordWrap(false);
    m_error = named(makeText({}, "bad"), "generateError", tr("Error"));
    m_cancel = named(new QPushButton(tr("Close")), "generateCancelButton", tr("Close"));
    m_save = named(new QPushButton(tr("Save as JSON\u2026")), "generateSaveButton", tr("Save as JSON"));
    m_use = named(new QPushButton(tr("Use as Corpus")), "generateUseButton", tr("Use as Corpus"));
    m_use->setProperty("primary", true);
    // Enter ends the typing of a number; it does not start the work.
    for (QPushButton* button : {m_cancel, m_save, m_use}) button->setAutoDefault(false);
    row->addWidget(m_progress, 1);
    row->addWidget(m_progressText);
    row->addWidget(m_error, 1);
    row->addStretch(1);
    for (QPushButton* button : {m_cancel, m_save, m_use}) row->addWidget(button);
    connect(m_cancel, &QPushButton::clicked, this, &GenerateDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &GenerateDialog::saveRequested);
    connect(m_use, &QPushButton::clicked, this, &GenerateDialog::useRequested);
    return host;
}

GenerateRequest GenerateDialog::request() const {
    GenerateRequest request;
    request.kind = static_cast<GenerateRequest::Kind>(m_kind->currentData().toInt());
    request.documents = m_documents->value();
    request.seed = static_cast<quint64>(m_seed->value());
    request.rules = {m_board->value(), m_ticks->value(), m_snapshots->value()};
    for (std::size_t i = 0; i < request.mix.size(); ++i) request.mix[i] = m_mix->percentages()[i] / 100.0;
    request.bracketKinds = m_kinds->value();
    request.bracketDepth = m_depth->value();
    request.bracketLongest = m_longest->value();
    request.largestOperand = m_largest->value();
    return request;
}

void GenerateDialog::changed() {
    setError({});
    m_settle->start();
}

void GenerateDialog::setPreview(std::shared_ptr<const Corpus> corpus) {
    const double mean = double(corpus->tokens()) / double(corpus->documents());
    m_length->setText(fixedPoint(mean, 1));
    m_total->setText(tr("about %1").arg(grouped(std::llround(mean * m_documents->value()))));
    const Corpus::Sources& sources = corpus->sources();
    std::vector<std::size_t> tokens(sources.names.size());
    for (std::size_t i = 0; i < sources.of_document.size(); ++i)
        tokens[sources.of_document[i]] += corpus->document(i).size();
    QStringList shares;
    for (std::size_t i = 0; i < tokens.size(); ++i)
        shares << QStringLiteral("%1 %2").arg(QString::fromStdString(sources.names[i]).remove(QStringLiteral(" agent")),
                                              percent(double(tokens[i]) / double(corpus->tokens())));
    m_sources->setText(shares.isEmpty() ? QStringLiteral("\u2013") : shares.join(QStringLiteral(", ")));
    QStringList warnings;
    for (const std::string& warning : corpus->warnings()) warnings << QString::fromStdString(warning);
    m_warning->setText(warnings.join(QLatin1Char('\n')));
    m_warning->setVisible(!warnings.isEmpty());
    const std::vector<TokenId> first = corpus->document(0).to_vector();
    const GenerateRequest now = request();
    m_film = now.kind == GenerateRequest::Kind::snake ? snake::film(first, now.rules) : snake::Film{};
    m_strip->setTokens(first, corpus->vocabulary_ptr());
    m_frame = 0;
    showFrame();
}

void GenerateDialog::showFrame() {
    if (m_film.frames.empty()) return;
    const snake::Frame& frame = m_film.frames[m_frame];
    m_boardView->setBoard(m_board->value(), frame.state);
    m_strip->setMarked(static_cast<int>(frame.end) - 1);
}

void GenerateDialog::setProgress(int done, int all) {
    m_working = true;
    m_fields->setEnabled(false);
    m_save->setEnabled(false);
    m_use->setEnabled(false);
    m_progress->setRange(0, all);
    m_progress->setValue(done);
    m_progress->show();
    m_progressText->setText(tr("%1 of %2").arg(grouped(done), grouped(all)));
    m_progressText->show();
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAccessibleName(m_cancel->text());
    setError({});
}

void GenerateDialog::setDone() {
    m_working = false;
    m_fields->setEnabled(true);
    m_save->setEnabled(true);
    m_use->setEnabled(true);
    m_progress->hide();
    m_progressText->hide();
    m_cancel->setText(tr("Close"));
    m_cancel->setAccessibleName(m_cancel->text());
}

void GenerateDialog::setError(const QString& sentence) {
    m_error->setText(sentence);
    m_error->setVisible(!sentence.isEmpty());
}

void GenerateDialog::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    m_frames->start();
    emit previewRequested();
}

void GenerateDialog::hideEvent(QHideEvent* event) {
    m_frames->stop();
    QDialog::hideEvent(event);
}

// Escape and the close button: what is being made is cancelled first.
void GenerateDialog::reject() {
    if (m_working) emit cancelRequested();
    else QDialog::reject();
}

}  // namespace gamegpt::ui
