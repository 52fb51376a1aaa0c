#include <QClipboard>
#include <QDockWidget>
#include <QGuiApplication>

#include "core/base/error.h"
#include "core/play/judged_samples.h"
#include "core/sample/prompt.h"
#include "ui/controllers/judge_controller.h"
#include "ui/controllers/sample_export.h"
#include "ui/controllers/sampler_controller.h"
#include "ui/controllers/training_controller.h"
#include "ui/main_window.h"
#include "ui/panels/attention_panel.h"
#include "ui/panels/board_panel.h"
#include "ui/panels/next_token_panel.h"
#include "ui/panels/sampler_panel.h"
#include "ui/status_line.h"
#include "ui/widgets/draw_summary.h"
#include "ui/widgets/file_dialogs.h"
#include "ui/widgets/format.h"
#include "ui/widgets/sample_row.h"

// The sampler's side of the wiring: samples, and the place in one of them that is looked at.
namespace gamegpt::ui {

void MainWindow::connectSampler() {
    connect(m_samplerPanel, &SamplerPanel::requestChanged, this, [this] {
        if (m_samplerPanel->isLive()) drawSamples();
    });
    connect(m_samplerPanel, &SamplerPanel::sampleClicked, this, [this] {
        // While training, the newest weights are worth the wait of a step: their samples come with the snapshot.
        m_training->requestSnapshot();
        drawSamples();
    });
    connect(m_samplerPanel, &SamplerPanel::liveToggled, this, [this](bool live) {
        if (live) drawSamples();
    });
    connect(m_samplerPanel, &SamplerPanel::sampleSelected, this, &MainWindow::traceAttention);
    connect(m_sampler, &SamplerController::busyChanged, m_samplerPanel, &SamplerPanel::setBusy);
    connect(m_sampler, &SamplerController::drawn, this, [this](const Samples& samples) {
        m_samples = samples.sequences;
        m_samplerPanel->setSamples({samples.sequences, samples.vocabulary, samples.step, samples.settings.temperature,
                                    samples.count, samples.figures, drawSummary(samples.settings)});
        if (m_attentionPanel->source() == AttentionPanel::Source::sample) traceAttention();
        if (m_boardPanel->source() == BoardPanel::Source::sample && !m_boardPanel->isPlaying()) showOnBoard();
        // Snapshots come by themselves ten times a second at most.
        if (m_samplerPanel->isLive() && m_samplerPanel->liveRate() > 9 && isTraining()) m_training->requestSnapshot();
    });
    connect(m_sampler, &SamplerController::failed, m_samplerPanel, &SamplerPanel::setProblem);
    connect(m_samplerDock, &QDockWidget::visibilityChanged, this, [this](bool visible) {
        if (visible && m_samplerPanel->isLive()) drawSamples();
    });
    LivePace& pace = m_sampler->pace();
    connect(&pace, &LivePace::due, this, [this] {
        if (!m_training->snapshot()) return;
        m_samplerPanel->setReachedRate(isTraining() ? m_sampler->pace().reached() : 0);
        drawSamples(true);
    });
    connect(m_samplerPanel, &SamplerPanel::liveRateChanged, &pace, &LivePace::setRate);
    SampleList& list = m_samplerPanel->samples();
    connect(&list, &SampleList::stopClicked, m_sampler, &SamplerController::stop);
    connect(&list, &SampleList::figuresWanted, m_sampler, &SamplerController::explain);
    connect(m_sampler, &SamplerController::explained, m_samplerPanel, &SamplerPanel::setFigures);
    connectSamples(list);
}

// What is done with samples that are there.
void MainWindow::connectSamples(SampleList& list) {
    connect(&list, &SampleList::pinnedClicked, this, [this](const SampleRow& row, int token) {
        m_nextTokenPanel->setSequence(row.strip()->tokens(), row.strip()->vocabulary(), std::max(token, 1));
    });
    connect(&list, &SampleList::copyRequested, this, [this, &list](SampleFormat format, const SampleRow* row) {
        if (row) {
            QGuiApplication::clipboard()->setText(
                samplesAs(format, {row->strip()->tokens()}, *row->strip()->vocabulary()));
            m_status->setNews(tr("1 sample copied"));
        } else {
            QGuiApplication::clipboard()->setText(samplesAs(format, m_samples, *list.vocabulary()));
            m_status->setNews(tr("%1 samples copied").arg(grouped(qint64(m_samples.size()))));
        }
    });
    connect(&list, &SampleList::saveRequested, this, [this, &list] {
        const bool episodes = savesAsEpisodes(*list.vocabulary());
        const auto path = m_dialogs.saveFile(
            this, tr("Save Samples as Corpus"), episodes ? tr("Episodes JSON (*.json)") : tr("Text (*.txt)"),
            QStringLiteral("corpus"), episodes ? QStringLiteral("samples.json") : QStringLiteral("samples.txt"));
        if (!path) return;
        try {
            saveAsCorpus(*path, m_samples, list.vocabulary());
            m_status->setNews(tr("%1 samples written to %2").arg(grouped(qint64(m_samples.size())), *path));
        } catch (const Error& error) {
            m_dialogs.showError(this, tr("Save Samples as Corpus"), QString::fromUtf8(error.what()));
        }
    });
    connect(&list, &SampleList::boardRequested, this, [this](const SampleRow& row) {
        m_picked = row.strip()->tokens();
        m_boardPanel->setSource(BoardPanel::Source::picked);
        m_boardDock->show();
        m_boardDock->raise();
        showOnBoard();
    });
}

SampleSettings MainWindow::sampleSettings() const {
    const SampleRequest request = m_samplerPanel->request();
    SampleSettings settings =
        sample_settings_for(m_training->snapshot()->vocabulary ? *m_training->snapshot()->vocabulary
                                                               : m_training->corpus().train->vocabulary());
    const auto& grammar = m_judge->grammar();
    settings.temperature = request.temperature;
    settings.filters = request.filters;
    settings.seed = request.seed;
    settings.draws = request.inTurn ? DrawOrder::in_turn : DrawOrder::per_sample;
    settings.max_tokens =
        request.beyond ? request.maxTokens : std::min(request.maxTokens, m_training->model().block_size);
    settings.slide = request.beyond;
    if (grammar) settings.anchors = grammar->anchors();
    if (request.constrained && grammar) play::constrain(settings, grammar);
    if (!request.prompt.empty()) begin_with(settings, request.prompt, m_training->model());
    return settings;
}

bool MainWindow::isTraining() const { return m_training->status().state == LoopState::running; }

void MainWindow::drawSamples(bool quiet) {
    if (m_training->snapshot())
        m_sampler->draw(m_training->snapshot(), sampleSettings(), m_samplerPanel->request().count,
                        m_samplerPanel->samples().wantsFigures(), quiet);
}

void MainWindow::connectNextToken() {
    const auto want = [this] {
        if (m_training->snapshot() && isOnScreen(m_nextTokenDock) && !m_nextTokenPanel->tokens().empty())
            m_sampler->lookAt(m_training->snapshot(), sampleSettings(), m_nextTokenPanel->prefix());
    };
    connect(m_nextTokenPanel, &NextTokenPanel::prefixChanged, this, [this, want] {
        want();
        // Who steps through a sequence wants to see where the heads look in it.
        if (m_nextTokenPanel->isChosen() && m_attentionPanel->source() == AttentionPanel::Source::sample)
            m_attentionPanel->setSource(AttentionPanel::Source::place);
        if (m_attentionPanel->source() == AttentionPanel::Source::place) traceAttention();
    });
    connect(m_nextTokenDock, &QDockWidget::visibilityChanged, this, want);
    connect(m_training, &TrainingController::snapshotArrived, this, want);
    connect(m_sampler, &SamplerController::lookedAt, m_nextTokenPanel, &NextTokenPanel::setLogits);
    connect(m_samplerPanel, &SamplerPanel::requestChanged, this, [this] {
        const SampleRequest request = m_samplerPanel->request();
        m_nextTokenPanel->setFilters(request.temperature, request.filters);
    });
    connect(m_samplerPanel, &SamplerPanel::tokenClicked, this, [this](int sample, int token) {
        m_nextTokenPanel->setChosen();
        m_nextTokenPanel->setSequence(m_samples.at(static_cast<std::size_t>(sample)),
                                      m_training->snapshot()->vocabulary, std::max(token, 1));
    });
    // The first sample is looked at, as it is now, until the user chooses a place.
    const auto follow = [this] {
        if (m_nextTokenPanel->isChosen() || !isOnScreen(m_nextTokenDock) || m_samples.empty() || m_samples[0].empty())
            return;
        if (m_samples[0] != m_nextTokenPanel->tokens())
            m_nextTokenPanel->setSequence(m_samples[0], m_training->snapshot()->vocabulary,
                                          static_cast<int>(m_samples[0].size()) / 2);
    };
    connect(m_sampler, &SamplerController::drawn, this, follow);
    connect(m_nextTokenDock, &QDockWidget::visibilityChanged, this, follow);
    connect(m_nextTokenPanel, &NextTokenPanel::drawRequested, this, [this] {
        SampleSettings settings = sampleSettings();
        settings.prompt = m_nextTokenPanel->prefix();
        settings.max_tokens = static_cast<int>(settings.prompt.size()) + 1;
        settings.slide = true;
        settings.seed += settings.prompt.size();  // each place has a draw of its own
        m_sampler->goOn(m_training->snapshot(), settings, false);
    });
    connect(m_nextTokenPanel, &NextTokenPanel::branchRequested, this, [this](TokenId token) {
        SampleSettings settings = sampleSettings();
        settings.prompt = m_nextTokenPanel->prefix();
        settings.prompt.push_back(token);
        settings.slide = true;
        settings.max_tokens = std::max(settings.max_tokens, static_cast<int>(settings.prompt.size()) + 1);
        m_sampler->goOn(m_training->snapshot(), settings, true);
    });
    connect(m_sampler, &SamplerController::wentOn, this,
            [this](const std::vector<TokenId>& tokens, int prompt, bool branch) {
                if (branch) m_nextTokenPanel->addBranch(tokens, prompt);
                else m_nextTokenPanel->extend(tokens);
            });
}

}  // namespace gamegpt::ui
