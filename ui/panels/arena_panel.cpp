#include "ui/panels/arena_panel.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "ui/widgets/bar_figure.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {

constexpr std::size_t players = 4;

// Half the 95 % interval of a mean: 1.96 standard errors.
template <class ValueOf>
double halfInterval(const std::vector<play::GameResult>& games, double mean, ValueOf valueOf) {
    if (games.size() < 2) return 0;
    double squares = 0;
    for (const play::GameResult& game : games) squares += std::pow(valueOf(game) - mean, 2);
    const auto n = static_cast<double>(games.size());
    return 1.96 * std::sqrt(squares / (n - 1) / n);
}

// "wall 61, itself 30, tick limit 9".
QString endsOf(const play::PlayerResults& player) {
    using End = play::GameResult::End;
    QStringList parts;
    for (const End end : {End::wall, End::self, End::tick_limit, End::won, End::forfeit}) {
        const auto count = std::count_if(player.games.begin(), player.games.end(),
                                         [end](const play::GameResult& game) { return game.end == end; });
        if (count > 0) parts << QStringLiteral("%1 %2").arg(QString::fromStdString(name_of(end))).arg(count);
    }
    return parts.join(QStringLiteral(", "));
}

}  // namespace

ArenaPanel::ArenaPanel(QWidget* parent)
    : QWidget(parent),
      m_card(new Card(tr("Model against the game"))),
      m_pages(new QStackedWidget),
      m_empty(new EmptyState({}, {})) {
    setObjectName(QStringLiteral("arenaPanel"));
    setAccessibleName(tr("Model against the game"));
    setMinimumWidth(360);
    m_card->content()->addWidget(buildControls());
    m_pages->addWidget(m_empty);
    m_pages->addWidget(buildTable());
    m_card->content()->addWidget(m_pages, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
    refresh();
}

QWidget* ArenaPanel::buildControls() {
    auto* controls = new QWidget;
    auto* grid = new QGridLayout(controls);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    m_games = makeSpin(1, 10'000, 100, "gamesSpin", tr("Games"));
    m_temperature = makeSpin(0.0, 5.0, 0.5, 2, "playTemperatureSpin", tr("Temperature"));
    m_temperature->setSingleStep(0.1);
    m_seed = makeSpin(0, std::numeric_limits<int>::max(), 42, "playSeedSpin", tr("Seed"));
    m_seed->setToolTip(tr("Of the boards and of the model's draws"));
    m_mode = named(new QComboBox, "playModeCombo", tr("The model may draw"));
    m_mode->addItem(tr("legal inputs only"), true);
    m_mode->addItem(tr("any token"), false);
    m_mode->setToolTip(tr("Any token: one that is no input forfeits the game"));
    int column = 0;
    for (QWidget* field : {static_cast<QWidget*>(m_games), static_cast<QWidget*>(m_mode),
                           static_cast<QWidget*>(m_temperature), static_cast<QWidget*>(m_seed)}) {
        auto* name = makeText(field->accessibleName(), "caption");
        name->setWordWrap(false);
        name->setBuddy(field);
        grid->addWidget(name, 0, column);
        grid->addWidget(field, 1, column++);
    }
    m_play = named(new QPushButton(tr("Play")), "playButton", tr("Play"));
    m_play->setProperty("primary", true);
    grid->addWidget(m_play, 1, column++);
    m_watch = named(new QPushButton(tr("Watch")), "watchButton", tr("Watch"));
    m_watch->setToolTip(tr("Show the model's games on the board"));
    grid->addWidget(m_watch, 1, column++);
    grid->setColumnStretch(column, 1);
    m_progress = named(new QProgressBar, "playProgress", tr("Games played"));
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    QSizePolicy keepRoom = m_progress->sizePolicy();
    keepRoom.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(keepRoom);
    m_progress->hide();
    grid->addWidget(m_progress, 2, 0, 1, column + 1);
    connect(m_play, &QPushButton::clicked, this, [this] {
        if (m_playing) emit cancelled();
        else emit playRequested();
    });
    connect(m_watch, &QPushButton::clicked, this, &ArenaPanel::watchRequested);
    return controls;
}

QWidget* ArenaPanel::buildTable() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    int place = 0;
    for (const QString& head :
         {tr("Player"), tr("Mean score"), tr("Best"), tr("Mean life, ticks"), tr("How its games end")}) {
        auto* name = makeText(head, "caption");
        name->setWordWrap(false);
        if (place > 0 && place < 4) name->setAlignment(Qt::AlignRight);
        grid->addWidget(name, 0, place++);
    }
    for (std::size_t i = 0; i < players; ++i) {
        const QByteArray number = QByteArray::number(int(i));
        Line line{};
        line.name = makeText({}, i == 0 ? "title" : "");
        line.name->setWordWrap(false);
        line.score = new BarFigure("playerScore" + number, tr("Mean score"));
        line.ticks = new BarFigure("playerTicks" + number, tr("Mean life"));
        line.best = named(makeText({}, ""), "playerBest" + number, tr("Best score"));
        line.best->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        line.ends = named(makeText({}, "caption"), "playerEnds" + number, tr("How its games end"));
        line.score->setStrong(i == 0);
        line.ticks->setStrong(i == 0);
        const int row = static_cast<int>(i) + 1;
        grid->addWidget(line.name, row, 0);
        grid->addWidget(line.score, row, 1);
        grid->addWidget(line.best, row, 2);
        grid->addWidget(line.ticks, row, 3);
        grid->addWidget(line.ends, row, 4);
        m_lines.push_back(line);
    }
    grid->setColumnStretch(1, 2);
    grid->setColumnStretch(3, 2);
    grid->setColumnStretch(4, 3);
    column->addLayout(grid);
    m_caption = named(makeText({}, "caption"), "arenaCaption", tr("Played"));
    column->addWidget(m_caption);
    column->addStretch(1);
    return page;
}

play::PlayerSettings ArenaPanel::settings() const {
    return {.constrained = m_mode->currentData().toBool(),
            .temperature = m_temperature->value(),
            .seed = static_cast<std::uint64_t>(m_seed->value())};
}

int ArenaPanel::games() const { return m_games->value(); }

void ArenaPanel::setAvailable(bool model, bool snake) {
    if (m_model == model && m_snake == snake) return;
    m_model = model;
    m_snake = snake;
    refresh();
}

void ArenaPanel::clear() {
    m_played = false;
    m_card->setFact(QString());
    refresh();
}

void ArenaPanel::begin(int games) {
    m_playing = true;
    m_progress->setRange(0, static_cast<int>(players) * games);
    m_progress->setValue(0);
    refresh();
}

void ArenaPanel::setProgress(int done) { m_progress->setValue(done); }

void ArenaPanel::end() {
    m_playing = false;
    refresh();
}

void ArenaPanel::setResults(const std::vector<play::PlayerResults>& results, qint64 step,
                            const play::PlayerSettings& settings) {
    double mostScore = 0, mostTicks = 0;
    for (const play::PlayerResults& player : results) {
        mostScore = std::max(mostScore, player.mean_score());
        mostTicks = std::max(mostTicks, player.mean_ticks());
    }
    for (std::size_t i = 0; i < m_lines.size() && i < results.size(); ++i) {
        const play::PlayerResults& player = results[i];
        const double score = player.mean_score(), ticks = player.mean_ticks();
        const double scoreHalf = halfInterval(player.games, score, [](const auto& game) { return double(game.score); });
        const double ticksHalf = halfInterval(player.games, ticks, [](const auto& game) { return double(game.ticks); });
        m_lines[i].name->setText(QString::fromStdString(player.player));
        m_lines[i].score->setValue(QStringLiteral("%1 \u00b1 %2").arg(fixedPoint(score, 2), fixedPoint(scoreHalf, 2)),
                                   mostScore > 0 ? score / mostScore : 0);
        m_lines[i].ticks->setValue(QStringLiteral("%1 \u00b1 %2").arg(fixedPoint(ticks, 1), fixedPoint(ticksHalf, 1)),
                                   mostTicks > 0 ? ticks / mostTicks : 0);
        m_lines[i].best->setText(grouped(player.best_score()));
        m_lines[i].ends->setText(endsOf(player));
    }
    m_played = !results.empty();
    m_card->setFact(tr("step %1").arg(grouped(step)));
    m_caption->setText(
        tr("%1 games each, on the same boards; the model draws %2 at temperature %3. The intervals are 95 %.")
            .arg(grouped(qint64(results.empty() ? 0 : results[0].games.size())),
                 settings.constrained ? tr("legal inputs only") : tr("from all tokens"),
                 fixedPoint(settings.temperature, 2)));
    refresh();
}

void ArenaPanel::refresh() {
    m_play->setText(m_playing ? tr("Cancel") : tr("Play"));
    m_play->setAccessibleName(m_play->text());
    m_play->setEnabled(m_playing || (m_model && m_snake));
    m_watch->setEnabled(m_played);
    m_progress->setVisible(m_playing);
    if (!m_snake) m_empty->setText(tr("No game to play"), tr("The model can play when it was trained on Snake."));
    else if (!m_model) m_empty->setText(tr("No model yet"), tr("Start training, or import weights."));
    else
        m_empty->setText(tr("Can it play?"),
                         tr("Press Play: the model plays Snake itself, against the agents that it learned from."));
    m_pages->setCurrentIndex(m_played ? 1 : 0);
}

}  // namespace gamegpt::ui
