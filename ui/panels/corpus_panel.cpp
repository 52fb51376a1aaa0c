#include "ui/panels/corpus_panel.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <climits>
#include <numeric>

#include "ui/plots/histogram.h"
#include "ui/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/figure_label.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"
#include "ui/widgets/token_strip.h"

namespace gamegpt::ui {

namespace {

constexpr std::size_t mostShownTokens = 500;

QString kindName(Vocabulary::Kind kind) {
    switch (kind) {
        case Vocabulary::Kind::game: return CorpusPanel::tr("game grammar");
        case Vocabulary::Kind::characters: return CorpusPanel::tr("characters");
        case Vocabulary::Kind::words: return CorpusPanel::tr("words");
        case Vocabulary::Kind::numbers: return CorpusPanel::tr("bare IDs");
        case Vocabulary::Kind::bytes: return CorpusPanel::tr("bytes");
        case Vocabulary::Kind::merges: return CorpusPanel::tr("byte-pair merges");
    }
    return {};
}

QString formatName(CorpusFormat format) { return QString::fromStdString(name_of(format)); }

}  // namespace

CorpusPanel::CorpusPanel(QWidget* parent) : QWidget(parent), m_card(new Card(tr("Corpus"))) {
    setObjectName(QStringLiteral("corpusPanel"));
    setAccessibleName(tr("Corpus"));
    setMinimumWidth(256);  // the content scrolls up and down, never sideways
    m_empty = new EmptyState(tr("No corpus yet"), tr("Open a corpus (Ctrl+O) or generate Snake episodes to begin."));
    m_factsPage = scrolled(buildFacts());
    buildLoading();
    m_pages = new QStackedWidget;
    for (QWidget* page : {static_cast<QWidget*>(m_empty), static_cast<QWidget*>(m_factsPage), m_loading})
        m_pages->addWidget(page);
    m_error = makeText(QString(), "bad");
    m_error->setObjectName(QStringLiteral("corpusError"));
    m_error->hide();
    m_card->content()->setContentsMargins(11, 8, 2, 8);
    m_card->content()->addWidget(m_error);
    m_card->content()->addWidget(m_pages, 1);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
}

QWidget* CorpusPanel::buildFacts() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, scrollBarWidth + 1, 0);
    column->setSpacing(5);
    m_name = named(makeText(QString(), "title"), "corpusName", tr("Name"));
    m_path = named(new FigureLabel, "corpusPath", tr("Source"));
    m_path->setFont(captionFont());
    m_path->setTone(Tone::muted);
    m_path->setElideLeft(true);
    auto* names = new QVBoxLayout;
    names->setSpacing(1);
    names->addWidget(m_name);
    names->addWidget(m_path);
    column->addLayout(names);

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(4);
    grid->setVerticalSpacing(4);
    m_documents = addFigure(grid, tr("Documents"), "documents");
    m_tokens = addFigure(grid, tr("Tokens"), "tokens");
    m_vocabulary = addFigure(grid, tr("Vocabulary"), "vocabulary");
    m_vocabulary->setFont(captionFont());
    column->addLayout(grid);
    buildVocabulary(column);

    auto* controls = new QGridLayout;
    controls->setHorizontalSpacing(8);
    controls->setVerticalSpacing(5);
    m_format = named(new QComboBox, "formatCombo", tr("Format"));
    for (const CorpusFormat format :
         {CorpusFormat::episodes_json, CorpusFormat::lines, CorpusFormat::token_names, CorpusFormat::long_text})
        m_format->addItem(formatName(format), static_cast<int>(format));
    m_format->setMinimumContentsLength(8);
    m_format->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(m_format, &QComboBox::activated, this,
            [this](int row) { emit formatRequested(static_cast<CorpusFormat>(m_format->itemData(row).toInt())); });
    addRow(controls, tr("Format"), m_format, 164);
    buildChoices(controls);
    column->addLayout(controls);
    m_heldOutNote = makeText(QString(), "caption");
    m_heldOutNote->setObjectName(QStringLiteral("heldOutNote"));
    m_heldOutNote->setAlignment(Qt::AlignRight);
    column->addWidget(m_heldOutNote);

    m_histogram = new Histogram;
    column->addSpacing(4);
    column->addWidget(m_histogram);
    m_warnings = makeText(QString(), "warning");
    m_warnings->setObjectName(QStringLiteral("corpusWarnings"));
    column->addWidget(m_warnings);
    column->addStretch(1);
    return page;
}

void CorpusPanel::buildLoading() {
    m_loading = new QWidget;
    auto* column = new QVBoxLayout(m_loading);
    column->setContentsMargins(0, 4, scrollBarWidth + 1, 4);
    m_loadingText = named(makeText(QString(), "muted"), "loadingText", tr("What is being read"));
    m_progress = named(new QProgressBar, "loadingProgress", tr("Loading"));
    m_progress->setRange(0, 100);
    m_loadingStage = named(makeText(QString(), "caption"), "loadingStage", tr("Stage"));
    auto* cancel = named(new QPushButton(tr("Cancel")), "cancelLoading", tr("Cancel"));
    connect(cancel, &QPushButton::clicked, this, &CorpusPanel::cancelRequested);
    column->addWidget(m_loadingText);
    column->addWidget(m_progress);
    column->addWidget(m_loadingStage);
    column->addWidget(cancel, 0, Qt::AlignLeft);
    column->addStretch(1);
}

void CorpusPanel::buildChoices(QGridLayout* controls) {
    m_textTokens = named(new QComboBox, "textTokensCombo", tr("Tokens"));
    const std::pair<QString, TextTokens> kinds[] = {{tr("characters"), TextTokens::characters},
                                                    {tr("bytes"), TextTokens::bytes},
                                                    {tr("words"), TextTokens::words},
                                                    {tr("byte-pair merges"), TextTokens::merges}};
    for (const auto& [name, tokens] : kinds) m_textTokens->addItem(name, static_cast<int>(tokens));
    m_textTokens->setMinimumContentsLength(8);
    m_textTokens->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_merges = makeSpin(1, 20'000, 256, "mergesSpin", tr("Merges"));
    m_merges->setToolTip(tr("Pairs of neighbours that are joined into one token, learnt from the text."));
    const auto request = [this] {
        const auto tokens = static_cast<TextTokens>(m_textTokens->currentData().toInt());
        emit tokensRequested(tokens, m_merges->value());
    };
    connect(m_textTokens, &QComboBox::activated, this, request);
    connect(m_merges, &QSpinBox::valueChanged, this, request);
    m_textTokensLabel = addRow(controls, tr("Tokens"), m_textTokens, 164);
    m_mergesLabel = addRow(controls, tr("Merges"), m_merges);

    m_heldOut = makeSpin(0.0, 50.0, 10.0, 0, "heldOutSpin", tr("Held out"));
    m_heldOut->setSuffix(QStringLiteral(" %"));
    connect(m_heldOut, &QDoubleSpinBox::valueChanged, this,
            [this](double value) { emit heldOutShareRequested(value / 100); });
    addRow(controls, tr("Held out"), m_heldOut);
    m_splitSeed = makeSpin(0, INT_MAX, 42, "splitSeedSpin", tr("Split seed"));
    connect(m_splitSeed, &QSpinBox::valueChanged, this,
            [this](int seed) { emit splitSeedRequested(static_cast<quint64>(seed)); });
    addRow(controls, tr("Split seed"), m_splitSeed);
}

void CorpusPanel::buildVocabulary(QVBoxLayout* column) {
    m_expand = named(new QPushButton, "expandVocabulary", tr("Show tokens"));
    m_expand->setCheckable(true);
    m_expand->setProperty("flat", true);
    m_expand->setText(tr("Show tokens"));
    m_strip = new TokenStrip;
    m_strip->setObjectName(QStringLiteral("vocabularyStrip"));
    m_strip->setAccessibleName(tr("Vocabulary"));
    m_strip->setAlwaysChips(true);
    m_strip->hide();
    connect(m_expand, &QPushButton::toggled, this, &CorpusPanel::showVocabulary);
    column->addWidget(m_expand, 0, Qt::AlignRight);
    column->addWidget(m_strip);
}

void CorpusPanel::showVocabulary(bool shown) {
    m_strip->setVisible(shown);
    m_expand->setText(shown ? tr("Hide tokens") : tr("Show tokens"));
    m_expand->setAccessibleName(m_expand->text());
}

void CorpusPanel::setChoices(const Choices& choices) { m_choices = choices; }

void CorpusPanel::setCorpus(const CorpusSplit& corpus, const QString& path, CorpusFormat format) {
    if (!corpus.train) {
        clear();
        return;
    }
    const Corpus& train = *corpus.train;
    m_hasCorpus = true;
    setError(QString());
    m_name->setText(QString::fromStdString(train.name()));
    m_path->setText(path);
    m_path->setToolTip(path);
    m_path->setVisible(!path.isEmpty());
    m_card->setFact(format == CorpusFormat::built_in ? tr("built-in") : formatName(format));
    m_documents->setText(grouped(qint64(train.documents())));
    m_tokens->setText(grouped(qint64(train.tokens())));
    m_vocabulary->setText(
        tr("%1 tokens, %2").arg(grouped(qint64(train.vocabulary().size())), kindName(train.vocabulary().kind())));

    std::vector<TokenId> ids(std::min(train.vocabulary().size(), mostShownTokens));
    std::iota(ids.begin(), ids.end(), TokenId{0});
    m_strip->setTokens(std::move(ids), train.vocabulary_ptr());

    showChoices(corpus, format, !path.isEmpty());
    m_histogram->setBars(train.shortest(), train.longest(), train.length_bars());
    m_histogram->setVisible(train.documents() > 1);
    QStringList warnings;
    for (const std::string& warning : train.warnings())
        warnings << QStringLiteral("\u26a0 ") + QString::fromStdString(warning);
    m_warnings->setText(warnings.join(QLatin1Char('\n')));
    m_warnings->setVisible(!warnings.isEmpty());
    m_pages->setCurrentWidget(m_factsPage);
}

void CorpusPanel::showChoices(const CorpusSplit& corpus, CorpusFormat format, bool fromFile) {
    const QSignalBlocker quiet[] = {QSignalBlocker(m_format), QSignalBlocker(m_textTokens), QSignalBlocker(m_merges),
                                    QSignalBlocker(m_heldOut), QSignalBlocker(m_splitSeed)};
    const int builtInRow = m_format->findData(static_cast<int>(CorpusFormat::built_in));
    const bool generated = format == CorpusFormat::built_in;
    if (generated && builtInRow < 0) m_format->insertItem(0, tr("built-in"), static_cast<int>(CorpusFormat::built_in));
    if (!generated && builtInRow >= 0) m_format->removeItem(builtInRow);
    m_format->setCurrentIndex(m_format->findData(static_cast<int>(format)));
    m_format->setEnabled(fromFile);

    const bool text = fromFile && (format == CorpusFormat::lines || format == CorpusFormat::long_text);
    const bool merges = text && m_choices.tokens == TextTokens::merges;
    for (QWidget* field : {static_cast<QWidget*>(m_textTokens), static_cast<QWidget*>(m_textTokensLabel)})
        field->setVisible(text);
    for (QWidget* field : {static_cast<QWidget*>(m_merges), static_cast<QWidget*>(m_mergesLabel)})
        field->setVisible(merges);
    m_textTokens->setCurrentIndex(m_textTokens->findData(static_cast<int>(m_choices.tokens)));
    m_merges->setValue(m_choices.merges);

    const bool separate = m_choices.separateHeldOut;
    const bool oneText = corpus.held_out && corpus.train->documents() == 1 && format == CorpusFormat::long_text;
    m_heldOut->setEnabled(!separate);
    m_heldOut->setSpecialValueText(separate ? tr("separate") : tr("none"));
    m_heldOut->setValue(separate ? 0 : m_choices.heldOutShare * 100);
    m_splitSeed->setEnabled(!separate && corpus.held_out && !oneText);
    m_splitSeed->setValue(static_cast<int>(m_choices.splitSeed));
    if (separate) m_heldOutNote->setText(tr("20 fresh episodes, seed 1042"));
    else if (oneText) m_heldOutNote->setText(tr("the last %1 tokens").arg(grouped(qint64(corpus.held_out->tokens()))));
    else
        m_heldOutNote->setText(corpus.held_out ? tr("%1 documents").arg(grouped(qint64(corpus.held_out->documents())))
                                               : tr("the whole corpus is trained on"));
}

void CorpusPanel::setLoading(const QString& fileName) {
    if (fileName.isEmpty()) {
        m_pages->setCurrentWidget(m_hasCorpus ? m_factsPage : static_cast<QWidget*>(m_empty));
        return;
    }
    setError(QString());
    m_loadingText->setText(tr("Loading %1\u2026").arg(fileName));
    setProgress(0, QString());
    m_pages->setCurrentWidget(m_loading);
}

void CorpusPanel::setProgress(double share, const QString& stage) {
    m_progress->setValue(static_cast<int>(share * 100));
    m_loadingStage->setText(stage);
}

void CorpusPanel::clear() {
    m_hasCorpus = false;
    m_card->setFact(QString());
    m_pages->setCurrentWidget(m_empty);
}

void CorpusPanel::setError(const QString& sentence) {
    m_error->setText(sentence);
    m_error->setVisible(!sentence.isEmpty());
}

}  // namespace gamegpt::ui
