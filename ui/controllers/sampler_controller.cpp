#include "ui/controllers/sampler_controller.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QPointer>

#include <algorithm>

namespace gamegpt::ui {

namespace {

constexpr int atOnce = 16;      // samples that are drawn together
constexpr int partEvery = 100;  // ms

EngineKind engineOf(const SampleSettings& settings) {
    return settings.draws == DrawOrder::per_sample ? EngineKind::fast32 : EngineKind::fast64;
}

// Figures of one sequence after the other on the same decoder.
class Explainer {
   public:
    Explainer(const ModelSnapshot& snapshot, const SampleSettings& settings)
        : m_settings(settings), m_decoder(make_decoder(engineOf(settings), snapshot.weights)) {}
    std::vector<TokenFigures> explain(std::span<const TokenId> tokens) {
        return token_figures(*m_decoder, tokens, m_settings);
    }

   private:
    SampleSettings m_settings;
    std::unique_ptr<Decoder> m_decoder;
};

}  // namespace

SamplerController::SamplerController(QObject* parent)
    : QObject(parent),
      m_task([this](Outcome<Drawn> outcome) {
          if (!outcome.value) {
              m_pace.ended(0);
              emit busyChanged(false);
              emit failed(outcome.error);
              return;
          }
          QElapsedTimer showing;  // costs training time as well
          showing.start();
          emit busyChanged(outcome.value->draw->number < *m_newest);
          append(outcome.value->draw, std::move(outcome.value->rest));
          m_pace.ended(outcome.value->milliseconds + static_cast<double>(showing.nsecsElapsed()) * 1e-6);
      }),
      m_explain([this](Outcome<Explained> outcome) {
          if (!outcome.value) return emit failed(outcome.error);
          if (outcome.value->draw != m_shown) return;
          m_shown->samples.figures = outcome.value->figures;
          emit explained(m_shown->samples.figures);
      }),
      m_look([this](Outcome<Look> outcome) {
          if (outcome.value) emit lookedAt(outcome.value->prefix, outcome.value->logits, outcome.value->step);
          else emit failed(outcome.error);
      }),
      m_goOn([this](Outcome<Continued> outcome) {
          if (outcome.value) emit wentOn(outcome.value->tokens, outcome.value->prompt, outcome.value->branch);
          else emit failed(outcome.error);
      }) {}

SamplerController::Part SamplerController::work(const Draw& draw, const std::function<bool()>& goOn,
                                                const std::function<void(Part)>& deliver) {
    Part part;
    int made = 0;
    QElapsedTimer sinceDelivery;
    sinceDelivery.start();
    std::optional<Explainer> explainer;
    if (draw.figures) explainer.emplace(*draw.snapshot, draw.settings);
    const auto add = [&](std::vector<TokenId> tokens) {
        if (explainer && made < mostExplained) part.figures.push_back(explainer->explain(tokens));
        part.sequences.push_back(std::move(tokens));
        ++made;
        if (sinceDelivery.elapsed() < partEvery || made == draw.samples.count) return;
        deliver(std::exchange(part, {}));
        sinceDelivery.start();
    };
    if (draw.settings.draws == DrawOrder::in_turn) {
        generate(*make_decoder(engineOf(draw.settings), draw.snapshot->weights), draw.settings, draw.samples.count,
                 [&](int, std::vector<TokenId> tokens) {
                     add(std::move(tokens));
                     return goOn();
                 });
        return part;
    }
    const int block = draw.settings.max_tokens > draw.snapshot->weights.config().block_size ? 1 : atOnce;
    SampleSettings settings = draw.settings;
    while (made < draw.samples.count && goOn()) {
        settings.seed = draw.settings.seed + static_cast<quint64>(made);
        for (auto& tokens :
             generate_many(draw.snapshot->weights, settings, std::min(block, draw.samples.count - made), 1))
            add(std::move(tokens));
    }
    return part;
}

void SamplerController::draw(std::shared_ptr<const ModelSnapshot> snapshot, SampleSettings settings, int count,
                             bool figures, bool quiet) {
    auto draw = std::make_shared<Draw>(Draw{std::move(snapshot), std::move(settings), figures, ++*m_newest, {}});
    draw->samples = {{},   {}, draw->snapshot->vocabulary, draw->snapshot->run, draw->snapshot->step, draw->settings,
                     count};
    m_pace.began();
    if (!quiet) emit busyChanged(true);
    const QPointer<SamplerController> self(this);
    m_task.run([draw = std::move(draw), newest = m_newest, self](const auto& cancelled) {
        return attempt([&] {
            QElapsedTimer timer;
            timer.start();
            // A newer request does not wait for a long draw.
            const auto goOn = [&] {
                return !cancelled->load() && (timer.elapsed() < partEvery || *newest == draw->number);
            };
            const auto deliver = [&](Part part) {
                QMetaObject::invokeMethod(
                    QCoreApplication::instance(),
                    [self, draw, part = std::move(part)] {
                        if (!self || draw->number <= self->m_dropped) return;
                        emit self->busyChanged(true);
                        self->append(draw, part);
                    },
                    Qt::QueuedConnection);
            };
            Part rest = work(*draw, goOn, deliver);
            return Drawn{draw, std::move(rest), static_cast<double>(timer.nsecsElapsed()) * 1e-6};
        });
    });
}

void SamplerController::append(const std::shared_ptr<Draw>& draw, Part part) {
    Samples& samples = draw->samples;
    samples.sequences.insert(samples.sequences.end(), std::make_move_iterator(part.sequences.begin()),
                             std::make_move_iterator(part.sequences.end()));
    samples.figures.insert(samples.figures.end(), part.figures.begin(), part.figures.end());
    m_shown = draw;
    emit drawn(samples);
}

void SamplerController::explain() {
    if (!m_shown || m_shown->samples.sequences.empty()) return;
    auto sequences = m_shown->samples.sequences;
    sequences.resize(std::min(sequences.size(), std::size_t{mostExplained}));
    m_explain.run(
        [draw = std::shared_ptr<const Draw>(m_shown), sequences = std::move(sequences)](const auto& cancelled) {
            return attempt([&] {
                Explainer explainer(*draw->snapshot, draw->settings);
                Explained explained{draw, {}};
                for (const auto& tokens : sequences) {
                    if (cancelled->load()) break;
                    explained.figures.push_back(explainer.explain(tokens));
                }
                return explained;
            });
        });
}
void SamplerController::lookAt(std::shared_ptr<const ModelSnapshot> snapshot, const SampleSettings& settings,
                               std::vector<TokenId> prefix) {
    m_look.run([snapshot = std::move(snapshot), anchors = settings.anchors, prefix = std::move(prefix)](const auto&) {
        return attempt([&] {
            const auto decoder = make_decoder(EngineKind::fast32, snapshot->weights);
            return Look{prefix, next_logits(*decoder, prefix, anchors), snapshot->step};
        });
    });
}

void SamplerController::goOn(std::shared_ptr<const ModelSnapshot> snapshot, const SampleSettings& settings,
                             bool branch) {
    m_goOn.run([snapshot = std::move(snapshot), settings, branch](const auto&) {
        return attempt([&] {
            return Continued{generate_many(snapshot->weights, settings, 1, 1).front(),
                             static_cast<int>(settings.prompt.size()), branch};
        });
    });
}

void SamplerController::stop() {
    m_dropped = *m_newest;
    m_task.cancel();
    m_pace.stopped();
    emit busyChanged(false);
}

void SamplerController::cancel() {
    stop();
    m_pace.ended(0);
    m_explain.cancel();
    m_look.cancel();
    m_goOn.cancel();
}

}  // namespace gamegpt::ui
