#include "ui/status_line.h"

#include <QHBoxLayout>
#include <QProgressBar>

#include <cmath>
#include <numeric>

#include "core/base/memory.h"
#include "ui/widgets/figure_label.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {

constexpr std::size_t meanOver = 100;

struct StateText {
    QString name;
    Tone tone;
};

StateText textOf(LoopState state) {
    switch (state) {
        case LoopState::preparing: return {StatusLine::tr("Preparing"), Tone::muted};
        case LoopState::ready: return {StatusLine::tr("Ready"), Tone::muted};
        case LoopState::running: return {StatusLine::tr("Training"), Tone::good};
        case LoopState::paused: return {StatusLine::tr("Paused"), Tone::warning};
        case LoopState::stopped: return {StatusLine::tr("Stopped"), Tone::muted};
        case LoopState::finished: return {StatusLine::tr("Finished"), Tone::accent};
        case LoopState::failed: return {StatusLine::tr("Failed"), Tone::bad};
    }
    return {};
}

}  // namespace

QString durationText(double seconds) {
    if (seconds < 60) return StatusLine::tr("%1 s").arg(seconds, 0, 'f', seconds < 10 ? 1 : 0);
    const auto whole = static_cast<qint64>(std::round(seconds));
    if (whole < 3600) return StatusLine::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
    return StatusLine::tr("%1 h %2 min").arg(grouped(whole / 3600)).arg(whole % 3600 / 60, 2, 10, QLatin1Char('0'));
}

StatusLine::StatusLine(QWidget* parent) : QStatusBar(parent) {
    setObjectName(QStringLiteral("statusLine"));
    setAccessibleName(tr("Status"));
    setSizeGripEnabled(false);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(12, 0, 12, 0);
    layout->setSpacing(12);
    m_dot = new FigureLabel(QStringLiteral("\u25cf"));
    m_state = figure("stateLabel", tr("State"), tr("Preparing"));
    m_progress = named(new QProgressBar, "progressBar", tr("Progress"));
    m_progress->setTextVisible(false);
    m_progress->setRange(0, 1000);
    m_progress->setFixedWidth(160);
    m_step = figure("stepLabel", tr("Step"), QStringLiteral("5,000 / 5,000"));
    m_loss = figure("lossLabel", tr("Mean loss"), tr("loss 0.000"));
    m_steps = figure("stepsPerSecondLabel", tr("Steps a second"), tr("10,000 steps/s"));
    m_tokens = figure("tokensPerSecondLabel", tr("Tokens a second"), tr("1,000,000 tokens/s"));
    m_left = figure("timeLeftLabel", tr("Time left"), tr("00 min 00 s left"));
    m_news = figure("newsLabel", tr("Last event"), {});
    m_news->setTone(Tone::muted);
    m_news->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    for (QWidget* widget :
         {static_cast<QWidget*>(m_dot), static_cast<QWidget*>(m_state), static_cast<QWidget*>(m_progress),
          static_cast<QWidget*>(m_step), static_cast<QWidget*>(m_loss), static_cast<QWidget*>(m_steps),
          static_cast<QWidget*>(m_tokens), static_cast<QWidget*>(m_left)})
        layout->addWidget(widget);
    layout->addWidget(m_news, 1);
    m_memory = figure("memoryLabel", tr("Memory"), {});
    m_memory->setTone(Tone::muted);
    m_memory->setToolTip(tr("Memory that training takes: parameters, gradients, moments and the engine's scratch"));
    layout->addWidget(m_memory);
    addWidget(row, 1);
    m_loss->setToolTip(tr("Mean of the last %1 steps, in nats per token").arg(meanOver));
    reset();
}

FigureLabel* StatusLine::figure(const char* objectName, const QString& accessibleName, const QString& widthTemplate) {
    auto* label = named(new FigureLabel, objectName, accessibleName);
    if (!widthTemplate.isEmpty()) label->setWidthTemplate(widthTemplate);
    return label;
}

void StatusLine::reset(std::size_t memory) {
    m_memory->setText(memory > 0 ? QString::fromStdString(bytes_text(memory)) : QString());
    m_recent.clear();
    setStatus({});
    m_loss->setText({});
}

void StatusLine::setStatus(const TrainingStatus& status) {
    const StateText state = textOf(status.state);
    m_dot->setTone(state.tone);
    m_state->setText(state.name);
    m_progress->setValue(status.steps > 0 ? static_cast<int>(1000 * status.step / status.steps) : 0);
    m_step->setText(tr("%1 / %2").arg(grouped(status.step), grouped(status.steps)));
    const bool measured = status.steps_per_second > 0;
    const auto rate = [&](double value, const QString& unit) {
        return measured ? unit.arg(value < 10 ? fixedPoint(value, 1) : grouped(static_cast<qint64>(value))) : QString();
    };
    m_steps->setText(rate(status.steps_per_second, tr("%1 steps/s")));
    m_tokens->setText(rate(status.tokens_per_second, tr("%1 tokens/s")));
    if (status.state == LoopState::finished) {
        m_left->setText(tr("in %1").arg(durationText(status.training_seconds)));
    } else {
        const auto left = static_cast<double>(status.steps - status.step);
        m_left->setText(measured && left > 0 ? tr("%1 left").arg(durationText(left / status.steps_per_second))
                                             : QString());
    }
    if (status.state == LoopState::failed) setNews(QString::fromStdString(status.error));
}

void StatusLine::append(const std::vector<StepRecord>& records) {
    for (const StepRecord& record : records) m_recent.push_back(record.loss);
    while (m_recent.size() > meanOver) m_recent.pop_front();
    const double mean = std::accumulate(m_recent.begin(), m_recent.end(), 0.0) / static_cast<double>(m_recent.size());
    m_loss->setText(tr("loss %1").arg(fixedPoint(mean, 3)));
}

void StatusLine::setNews(const QString& sentence) { m_news->setText(sentence); }

}  // namespace gamegpt::ui
