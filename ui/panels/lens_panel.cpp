#include "ui/panels/lens_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSaveFile>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

#include <algorithm>
#include <cmath>

#include "ui/models/figures_model.h"
#include "ui/plots/lines_plot.h"
#include "ui/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/export_button.h"
#include "ui/widgets/figures_table.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"
#include "ui/widgets/token_strip.h"

namespace gamegpt::ui {

namespace {

constexpr int stripHeight = 70;    // three lines of tokens, the others by scrolling
constexpr double mostShade = 0.6;  // of a cell: its text stays easy to read

QString categoryName(std::size_t category) {
    const QString names[token_categories] = {LensPanel::tr("structure"), LensPanel::tr("entity and MOVE"),
                                             LensPanel::tr("position"),  LensPanel::tr("input and direction"),
                                             LensPanel::tr("score"),     LensPanel::tr("death"),
                                             LensPanel::tr("text")};
    return names[category];
}

}  // namespace

LensPanel::LensPanel(QWidget* parent)
    : QWidget(parent),
      m_card(new Card(tr("Layers"))),
      m_pages(new QStackedWidget),
      m_tabs(new QTabWidget),
      m_model(new FiguresModel({}, this)),
      m_categories(new FiguresModel({}, this)) {
    setObjectName(QStringLiteral("lensPanel"));
    setAccessibleName(tr("Layers"));
    m_tabs->setObjectName(QStringLiteral("lensTabs"));
    m_tabs->setAccessibleName(tr("View"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(buildPositions(), tr("Each position"));
    m_tabs->addTab(m_averagesPage = buildAverages(), tr("Averages"));
    m_pages->addWidget(new EmptyState(
        tr("No model yet"), tr("Start training, or import weights: what each layer would predict appears here.")));
    m_pages->addWidget(m_tabs);
    m_card->content()->addWidget(m_pages, 1);
    buildTools();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        m_tableButton->setVisible(wantsAverages());
        if (wantsAverages()) emit averagesWanted();
    });
    clear();
}

QWidget* LensPanel::buildPositions() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(4);
    m_lossText = named(makeText(QString(), "caption"), "lensLossText", tr("Loss"));
    m_lossText->setWordWrap(false);
    m_lossText->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    column->addWidget(m_lossText);
    m_strip = named(new TokenStrip, "lensStrip", tr("Loss of each token"));
    m_strip->setAlwaysChips(true);
    m_strip->setCursor(Qt::PointingHandCursor);
    QScrollArea* area = scrolled(m_strip);
    area->setFixedHeight(stripHeight);
    column->addWidget(area);
    m_table = makeFiguresTable(m_model, "lensTable", tr("What each layer would predict"));
    m_table->horizontalHeader()->setStretchLastSection(false);
    column->addWidget(m_table, 1);
    connect(m_strip, &TokenStrip::hovered, this, &LensPanel::showPosition);
    connect(m_strip, &TokenStrip::clicked, this, [this](int index) {
        if (index < 1) return;  // the first token is predicted by nothing
        m_table->sortByColumn(-1, Qt::AscendingOrder);
        m_table->selectRow(index - 1);
        m_table->scrollTo(m_table->model()->index(index - 1, 0), QAbstractItemView::PositionAtCenter);
    });
    return page;
}

QWidget* LensPanel::buildAverages() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_documents = makeSpin(1, 10'000, 20, "lensDocumentsSpin", tr("Documents to average over"));
    m_documents->setFixedWidth(72);
    m_averagesCaption = named(makeText(QString(), "caption"), "lensAveragesCaption", tr("What the averages are of"));
    m_averagesCaption->setWordWrap(false);
    row->addWidget(new QLabel(tr("Averaged over")));
    row->addWidget(m_documents);
    row->addWidget(new QLabel(tr("documents")));
    row->addStretch(1);
    row->addWidget(m_averagesCaption);
    column->addLayout(row);
    auto* sides = new QHBoxLayout;
    sides->setSpacing(12);
    m_plot = new LinesPlot(tr("Position"), tr("loss, nats"), "lensPlot");
    sides->addWidget(m_plot, 3);
    QTableView* categories = makeFiguresTable(m_categories, "lensCategoryTable", tr("Loss by category of the token"));
    categories->horizontalHeader()->setStretchLastSection(false);
    sides->addWidget(categories, 2);
    column->addLayout(sides, 1);
    connect(m_documents, &QSpinBox::valueChanged, this, &LensPanel::averagesWanted);
    return page;
}

void LensPanel::buildTools() {
    m_tableButton = named(new QToolButton, "lensTableButton", tr("Table"));
    m_tableButton->setText(tr("Table"));
    m_tableButton->setCheckable(true);
    m_tableButton->setToolTip(tr("The plot's figures as a table"));
    m_tableButton->hide();
    connect(m_tableButton, &QToolButton::toggled, m_plot, &LinesPlot::showTable);
    m_tableButton->setProperty("small", true);
    m_tableButton->setFocusPolicy(Qt::StrongFocus);
    m_export = new ExportButton("exportLensButton", QStringLiteral("exportLens_"));
    connect(m_export, &ExportButton::chosen, this, &LensPanel::exportRequested);
    connect(m_export->menu(), &QMenu::aboutToShow, this, [this] {  // a table has no picture
        for (QAction* action : m_export->menu()->actions())
            action->setEnabled(wantsAverages() || action->objectName().endsWith(QLatin1String("csv")) ||
                               action->objectName().endsWith(ExportButton::copyFigures));
    });
    m_card->addHeaderWidget(m_tableButton);
    m_card->addHeaderWidget(m_export);
}

bool LensPanel::wantsAverages() const { return m_tabs->currentWidget() == m_averagesPage; }
int LensPanel::documents() const { return m_documents->value(); }

QString LensPanel::nameOf(TokenId token) const {
    return m_vocabulary && static_cast<std::size_t>(token) < m_vocabulary->size()
               ? QString::fromStdString(m_vocabulary->label(token))
               : QString::number(token);
}

QString LensPanel::depthName(std::size_t depth) const {
    return depth == 0 ? tr("Embedding") : tr("Layer %1").arg(depth);
}

void LensPanel::setLens(std::shared_ptr<const LogitLens> lens, std::shared_ptr<const Vocabulary> vocabulary,
                        qint64 step) {
    m_lens = std::move(lens);
    m_vocabulary = std::move(vocabulary);
    m_card->setFact(tr("step %1").arg(grouped(step)));
    m_export->setEnabled(true);
    m_pages->setCurrentIndex(1);
    showLens();
}

void LensPanel::showLens() {
    if (!m_lens) return;
    const Theme& theme = themeFor(palette());
    const LogitLens& lens = *m_lens;
    const std::vector<double>& nll = lens.nll.back();
    m_strip->setTokens(lens.tokens, m_vocabulary);
    const double most = nll.empty() ? 0 : *std::max_element(nll.begin(), nll.end());
    std::vector<double> shades{-1};  // nothing predicts the first token
    for (const double value : nll) shades.push_back(value / std::max(most, 1e-12));
    m_strip->setShades(std::move(shades));
    QStringList columns{tr("Position"), tr("Token")};
    for (std::size_t depth = 0; depth < lens.best.size(); ++depth) columns << depthName(depth);
    columns << tr("Came next") << tr("Loss, nats");
    std::vector<FiguresModel::Row> rows;
    for (std::size_t t = 0; t < lens.tokens.size(); ++t) {
        FiguresModel::Row row{{grouped(qint64(t)), qint64(t)}, {nameOf(lens.tokens[t])}};
        for (std::size_t depth = 0; depth < lens.best.size(); ++depth) {
            const std::vector<LensCandidate>& best = lens.best[depth][t];
            QStringList lines;
            for (const LensCandidate& candidate : best)
                lines << QStringLiteral("%1  %2").arg(nameOf(candidate.token), percent(candidate.probability, 2));
            row.push_back({QStringLiteral("%1 %2").arg(nameOf(best[0].token), percent(best[0].probability)),
                           {},
                           lines.join(QLatin1Char('\n')),
                           blend(theme.panel, theme.accent, mostShade * best[0].probability)});
        }
        if (t < nll.size()) {
            row.push_back({nameOf(lens.tokens[t + 1])});
            row.push_back({fixedPoint(nll[t], 3), nll[t]});
        }
        rows.push_back(std::move(row));
    }
    m_model->setTable(columns, std::move(rows));
    showPosition(-1);
}

void LensPanel::showPosition(int position) {
    if (!m_lens) return;
    const std::vector<double>& nll = m_lens->nll.back();
    if (position >= 1 && position <= static_cast<int>(nll.size())) {
        const double loss = nll[static_cast<std::size_t>(position) - 1];
        m_lossText->setText(tr("%1 at %2: loss %3 nats, expected with %4")
                                .arg(nameOf(m_lens->tokens[static_cast<std::size_t>(position)]), grouped(position),
                                     fixedPoint(loss, 3), percent(std::exp(-loss), 1)));
        return;
    }
    double mean = 0;
    for (const double value : nll) mean += value / static_cast<double>(nll.size());
    m_lossText->setText(nll.empty()
                            ? tr("One token: nothing is predicted.")
                            : tr("Loss of each token of Attention's sequence: mean %1, the strongest shade %2 nats")
                                  .arg(fixedPoint(mean, 3), fixedPoint(*std::max_element(nll.begin(), nll.end()), 3)));
}

void LensPanel::setAverages(const LensAverages& averages, qint64 step) {
    std::vector<double> positions(averages.at_position.size());
    for (std::size_t t = 0; t < positions.size(); ++t) positions[t] = static_cast<double>(t);
    std::vector<LinesPlot::Line> lines;
    QStringList columns{tr("Predicted token"), tr("Share, %")};
    for (std::size_t depth = 0; depth < averages.all.size(); ++depth) {
        lines.push_back({depthName(depth), averages.by_position[depth]});
        columns << depthName(depth);
    }
    const int last = static_cast<int>(lines.size()) - 1;
    m_plot->setLines(std::move(positions), std::move(lines));
    m_plot->setHighlighted(last);
    double total = 0;
    for (const std::size_t count : averages.of_category) total += static_cast<double>(count);
    std::vector<FiguresModel::Row> rows;
    const auto add = [&](const QString& name, double share, const auto& lossAt) {
        FiguresModel::Row row{{name}, {fixedPoint(100 * share, 1), 100 * share}};
        for (std::size_t depth = 0; depth < averages.all.size(); ++depth)
            row.push_back({fixedPoint(lossAt(depth), 3), lossAt(depth)});
        rows.push_back(std::move(row));
    };
    for (std::size_t k = 0; k < token_categories; ++k)
        if (averages.of_category[k] > 0)
            add(categoryName(k), static_cast<double>(averages.of_category[k]) / total,
                [&](std::size_t depth) { return averages.by_category[depth][k]; });
    add(tr("all"), total > 0 ? 1 : 0, [&](std::size_t depth) { return averages.all[depth]; });
    m_categories->setTable(columns, std::move(rows));
    m_averagesCaption->setText(tr("Loss in nats over %1 predictions of %2 documents, step %3")
                                   .arg(grouped(qint64(total)), grouped(qint64(averages.sequences)), grouped(step)));
}

void LensPanel::clear() {
    m_lens.reset();
    m_model->clear();
    m_categories->clear();
    m_plot->clear();
    m_strip->setTokens({}, nullptr);
    m_averagesCaption->clear();
    m_card->setFact(QString());
    m_export->setEnabled(false);
    m_pages->setCurrentIndex(0);
}

bool LensPanel::exportTo(const QString& fileName) {
    if (wantsAverages()) return m_plot->exportTo(fileName);
    QSaveFile file(fileName);
    if (!fileName.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive) || !file.open(QIODevice::WriteOnly))
        return false;
    file.write(m_model->csv().toUtf8());
    return file.commit();
}

void LensPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) showLens();
    QWidget::changeEvent(event);
}

}  // namespace gamegpt::ui
