#include "ui/panels/board_panel.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>

#include <algorithm>

#include "core/corpus/game_tokens.h"
#include "ui/theme.h"
#include "ui/widgets/board_view.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/figure_label.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"
#include "ui/widgets/token_strip.h"

namespace gamegpt::ui {

BoardPanel::BoardPanel(QWidget* parent)
    : QWidget(parent),
      m_card(new Card(tr("Board"))),
      m_pages(new QStackedWidget),
      m_empty(new EmptyState({}, {})),
      m_board(new BoardView),
      m_strip(new TokenStrip),
      m_timer(new QTimer(this)) {
    setObjectName(QStringLiteral("boardPanel"));
    setAccessibleName(tr("Board"));
    setMinimumWidth(300);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_board, 3);
    column->addWidget(buildTransport());
    m_tiers = named(makeText({}, "caption"), "boardTiers", tr("Form"));
    m_tiers->setTextFormat(Qt::RichText);
    m_replay = named(makeText({}, "caption"), "boardReplay", tr("Strict replay"));
    m_replay->setTextFormat(Qt::RichText);
    m_replay->setMinimumHeight(2 * QFontMetrics(captionFont()).lineSpacing());
    m_replay->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    for (QLabel* text : {m_tiers, m_replay}) {
        text->setContentsMargins(0, 0, scrollBarWidth + 1, 0);
        column->addWidget(text);
    }
    m_strip->setObjectName(QStringLiteral("boardStrip"));
    m_strip->setAccessibleName(tr("Tokens on the board"));
    connect(m_strip, &TokenStrip::clicked, this, [this](int token) {
        if (token >= 0) setPosition(token);
    });
    auto* strip = new QWidget;
    auto* stripColumn = new QVBoxLayout(strip);
    stripColumn->setContentsMargins(0, 0, scrollBarWidth + 1, 0);
    stripColumn->addWidget(m_strip);
    stripColumn->addStretch(1);
    m_stripArea = scrolled(strip);
    m_stripArea->setMinimumHeight(68);
    column->addWidget(m_stripArea, 2);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(content);
    m_card->content()->setContentsMargins(11, 8, 2, 8);
    m_card->content()->addWidget(buildSource());
    m_card->content()->addWidget(m_pages, 1);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_card);
    connect(m_timer, &QTimer::timeout, this, [this] {
        if (m_stops.empty() || m_position >= m_stops.back()) play(false);
        else go(1);
    });
    clear();
}

QWidget* BoardPanel::buildSource() {
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, scrollBarWidth + 1, 0);
    line->setSpacing(8);
    m_source = named(new QComboBox, "boardSourceCombo", tr("Show"));
    m_source->addItem(tr("Current sample"), int(Source::sample));
    m_source->addItem(tr("Corpus document"), int(Source::document));
    m_source->addItem(tr("Model's game"), int(Source::game));
    m_source->addItem(tr("Judged sample"), int(Source::picked));
    m_index = makeSpin(1, 1, 1, "boardIndexSpin", tr("Number"));
    m_index->setFixedWidth(84);
    line->addWidget(m_source);
    line->addWidget(m_index);
    line->addStretch(1);
    connect(m_source, &QComboBox::currentIndexChanged, this, &BoardPanel::refreshIndex);
    connect(m_source, &QComboBox::activated, this, &BoardPanel::sourceChanged);
    connect(m_index, &QSpinBox::valueChanged, this, [this](int value) {
        (source() == Source::document ? m_documentIndex : m_gameIndex) = value;
        emit sourceChanged();
    });
    m_place = named(new FigureLabel, "boardPlace", tr("Place"));
    m_place->setFont(captionFont());
    m_place->setTone(Tone::muted);
    m_place->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_place->setWidthTemplate(QStringLiteral("token 1,000 of 1,000 \u00b7 tick 000"));
    line->addWidget(m_place);
    return row;
}

QWidget* BoardPanel::buildTransport() {
    auto* transport = new QWidget;
    auto* column = new QVBoxLayout(transport);
    column->setContentsMargins(0, 0, scrollBarWidth + 1, 0);
    column->setSpacing(4);
    m_scrub = named(new QSlider(Qt::Horizontal), "boardScrub", tr("Position"));
    m_scrub->setToolTip(tr("Token of the sequence; drag, or use the arrow keys"));
    connect(m_scrub, &QSlider::valueChanged, this, &BoardPanel::setPosition);
    column->addWidget(m_scrub);
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    m_first = makeTool(QStringLiteral("\u2502\u25c0"), "boardFirst", tr("To the start"), tr("To the start"));
    m_back = makeTool(QStringLiteral("\u25c0"), "boardBack", tr("Tick back"), tr("One tick back"));
    m_play = makeTool(tr("Play"), "boardPlay", tr("Play"), tr("Let the game go by, or halt it"));
    m_forward = makeTool(QStringLiteral("\u25b6"), "boardForward", tr("Tick forward"), tr("One tick forward"));
    m_last = makeTool(QStringLiteral("\u25b6\u2502"), "boardLast", tr("To the end"), tr("To the end"));
    for (QToolButton* button : {m_first, m_back, m_play, m_forward, m_last}) row->addWidget(button);
    m_play->setMinimumWidth(56);
    row->addStretch(1);
    m_speed = named(new QComboBox, "boardSpeed", tr("Speed"));
    for (const int speed : {2, 5, 10, 30, 60}) m_speed->addItem(tr("%1 / s").arg(speed), speed);
    m_speed->setCurrentIndex(2);
    m_speed->setToolTip(tr("Ticks a second"));
    row->addWidget(m_speed);
    column->addLayout(row);
    connect(m_first, &QToolButton::clicked, this, [this] { setPosition(0); });
    connect(m_last, &QToolButton::clicked, this, [this] { setPosition(static_cast<int>(m_tokens.size()) - 1); });
    connect(m_back, &QToolButton::clicked, this, [this] { go(-1); });
    connect(m_forward, &QToolButton::clicked, this, [this] { go(1); });
    connect(m_play, &QToolButton::clicked, this, [this] { play(!m_timer->isActive()); });
    connect(m_speed, &QComboBox::currentIndexChanged, this,
            [this] { m_timer->setInterval(1000 / m_speed->currentData().toInt()); });
    m_timer->setInterval(100);
    return transport;
}

BoardPanel::Source BoardPanel::source() const { return static_cast<Source>(m_source->currentData().toInt()); }

void BoardPanel::setSource(Source source) { m_source->setCurrentIndex(m_source->findData(int(source))); }

int BoardPanel::index() const { return m_index->value() - 1; }

void BoardPanel::setDocuments(int count) {
    m_documents = count;
    m_documentIndex = std::clamp(m_documentIndex, 1, std::max(count, 1));
    refreshIndex();
}

void BoardPanel::setGames(int count) {
    m_games = count;
    m_gameIndex = std::clamp(m_gameIndex, 1, std::max(count, 1));
    refreshIndex();
}

void BoardPanel::refreshIndex() {
    const QSignalBlocker quiet(m_index);
    const bool document = source() == Source::document;
    m_index->setVisible(document || source() == Source::game);
    m_index->setAccessibleName(document ? tr("Document") : tr("Game"));
    m_index->setMaximum(std::max(document ? m_documents : m_games, 1));
    m_index->setValue(document ? m_documentIndex : m_gameIndex);
    m_index->setEnabled((document ? m_documents : m_games) > 0);
}

void BoardPanel::clear() {
    play(false);
    m_tokens.clear();
    m_stops.clear();
    m_film = {};
    m_position = 0;
    m_place->setText(QString());
    m_card->setFact(QString());
    if (source() == Source::game)
        m_empty->setText(tr("No games yet"), tr("Let the model play in the panel \"Model against the game\"."));
    else
        m_empty->setText(tr("No sequence yet"),
                         tr("Start training: the current sample plays here. Or show a document of the corpus."));
    m_pages->setCurrentIndex(0);
}

void BoardPanel::setSequence(std::vector<TokenId> tokens, std::shared_ptr<const Vocabulary> vocabulary,
                             std::shared_ptr<const play::Grammar> grammar) {
    if (!grammar || !grammar->snake_rules() || tokens.empty()) {
        clear();
        if (!tokens.empty())
            m_empty->setText(tr("No board"),
                             tr("This corpus is no game of Snake. Generate episodes of Snake to see games."));
        return;
    }
    if (tokens == m_tokens) return;
    play(false);
    m_rules = *grammar->snake_rules();
    m_tokens = std::move(tokens);
    m_film = snake::film(m_tokens, m_rules);
    m_stops.clear();
    for (const snake::Frame& frame : m_film.frames) m_stops.push_back(static_cast<int>(frame.end) - 1);
    if (m_film.first_error) m_stops.push_back(static_cast<int>(m_film.first_error->token));
    for (const auto& claim : m_film.claims) m_stops.push_back(static_cast<int>(claim.token) + 2);
    m_stops.push_back(static_cast<int>(m_tokens.size()) - 1);
    std::sort(m_stops.begin(), m_stops.end());
    m_stops.erase(std::unique(m_stops.begin(), m_stops.end()), m_stops.end());
    m_strip->setTokens(m_tokens, std::move(vocabulary));
    m_grammar = std::move(grammar);
    showVerdict();
    const QSignalBlocker quiet(m_scrub);
    m_scrub->setRange(0, static_cast<int>(m_tokens.size()) - 1);
    m_position = m_stops.front();
    m_pages->setCurrentIndex(1);
    showPosition();
}

void BoardPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange && !m_tokens.empty()) showVerdict();  // its text has colours
    QWidget::changeEvent(event);
}

void BoardPanel::showVerdict() {
    const Theme& theme = themeFor(palette());
    const play::Verdict verdict = m_grammar->judge(m_tokens);
    QStringList form;
    bool replayed = false;
    for (std::size_t i = 0; i < m_grammar->tiers().size(); ++i) {
        const play::Tier& tier = m_grammar->tiers()[i];
        if (tier.by_replay) {
            replayed = verdict.passed[i];
            continue;
        }
        form << QStringLiteral("<span style=\"color:%1\">%2 %3</span>")
                    .arg((verdict.passed[i] ? theme.good : theme.bad).name(),
                         verdict.passed[i] ? QStringLiteral("\u2713") : QStringLiteral("\u2717"),
                         QString::fromStdString(tier.name).toHtmlEscaped());
    }
    m_tiers->setText(tr("Form:") + QStringLiteral(" ") + form.join(QStringLiteral("&nbsp; ")));
    QString text;
    QString reason;
    if (const auto& error = m_film.first_error) {
        reason = tr("Found %1, expected %2. %3")
                     .arg(QString::fromStdString(error->found), QString::fromStdString(error->expected),
                          QString::fromStdString(name_of(error->rule)));
        text = tr("Strict replay: \u2717 illegal at token %1. %2").arg(grouped(qint64(error->token)), reason);
    } else {
        text =
            tr("Strict replay: \u2713 legal") +
            (m_tokens.back() == game_tokens::eos ? tr(" to the end.") : tr(" as far as it goes; cut off without EOS."));
    }
    m_replay->setText(QStringLiteral("<span style=\"color:%1\">%2</span>")
                          .arg((replayed ? theme.good : theme.bad).name(), text.toHtmlEscaped()));
    m_strip->setMistake(m_film.first_error ? static_cast<int>(m_film.first_error->token) : -1, reason);
    m_card->setFact(replayed ? tr("legal") : tr("illegal at token %1").arg(grouped(qint64(m_film.first_error->token))));
}

QString BoardPanel::verdictText() const { return m_replay->text(); }

bool BoardPanel::isPlaying() const { return m_timer->isActive(); }

void BoardPanel::play(bool on) {
    if (on && !m_stops.empty() && m_position >= m_stops.back()) setPosition(m_stops.front());
    if (on) m_timer->start();
    else m_timer->stop();
    m_play->setText(on ? tr("Pause") : tr("Play"));
    m_play->setAccessibleName(m_play->text());
}

void BoardPanel::go(int direction) {
    if (direction > 0) {
        const auto next = std::upper_bound(m_stops.begin(), m_stops.end(), m_position);
        if (next != m_stops.end()) setPosition(*next);
    } else {
        const auto here = std::lower_bound(m_stops.begin(), m_stops.end(), m_position);
        setPosition(here == m_stops.begin() ? 0 : *(here - 1));
    }
}

void BoardPanel::setPosition(int token) {
    if (m_tokens.empty()) return;
    m_position = std::clamp(token, 0, static_cast<int>(m_tokens.size()) - 1);
    showPosition();
}

void BoardPanel::showPosition() {
    const QSignalBlocker quiet(m_scrub);
    m_scrub->setValue(m_position);
    m_strip->setMarked(m_position);
    const QRect token = m_strip->tokenRect(m_position);
    if (m_strip->isVisible()) m_stripArea->ensureVisible(token.center().x(), token.center().y(), 0, 2 * token.height());
    const auto at = static_cast<std::size_t>(m_position);
    const auto frame = m_film.frame_at(at);
    m_board->setBoard(m_rules.board_size, frame ? std::optional(m_film.frames[*frame].state) : std::nullopt);
    const bool wrong = m_film.first_error && at >= m_film.first_error->token;
    std::optional<snake::Cell> claimed;
    for (const auto& claim : m_film.claims)
        if (claim.token <= at) claimed = claim.head;
    if (wrong) m_board->setMistake(m_film.expected, claimed);
    else m_board->clearMistake();
    m_place->setText(tr("token %1 of %2 \u00b7 tick %3")
                         .arg(grouped(m_position + 1), grouped(qint64(m_tokens.size())),
                              frame ? grouped(m_film.frames[*frame].state.tick) : QStringLiteral("\u2013")));
    m_first->setEnabled(m_position > 0);
    m_back->setEnabled(m_position > 0);
    m_forward->setEnabled(m_position < m_stops.back());
    m_last->setEnabled(m_position + 1 < static_cast<int>(m_tokens.size()));
}

}  // namespace gamegpt::ui
