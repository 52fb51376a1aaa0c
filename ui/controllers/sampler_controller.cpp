#include "ui/controllers/sampler_controller.h"

#include "core/sample/token_figures.h"

namespace gamegpt::ui {

SamplerController::SamplerController(QObject* parent)
    : QObject(parent),
      m_task([this](Outcome<Samples> outcome) {
          emit busyChanged(false);
          if (outcome.value) emit drawn(*outcome.value);
          else emit failed(outcome.error);
      }),
      m_look([this](Outcome<Look> outcome) {
          if (outcome.value) emit lookedAt(outcome.value->prefix, outcome.value->logits, outcome.value->step);
          else emit failed(outcome.error);
      }),
      m_goOn([this](Outcome<Continued> outcome) {
          if (outcome.value) emit wentOn(outcome.value->tokens, outcome.value->prompt, outcome.value->branch);
          else emit failed(outcome.error);
      }) {}

void SamplerController::draw(std::shared_ptr<const ModelSnapshot> snapshot, SampleSettings settings, int count) {
    emit busyChanged(true);
    m_task.run([snapshot = std::move(snapshot), settings, count](const auto& cancelled) {
        return attempt([&] {
            Samples samples{{}, snapshot->vocabulary, snapshot->run, snapshot->step, settings.temperature};
            samples.sequences =
                generate_many(snapshot->weights, settings, count, 1, [&] { return !cancelled->load(); });
            return samples;
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

void SamplerController::cancel() {
    m_task.cancel();
    m_look.cancel();
    m_goOn.cancel();
    emit busyChanged(false);
}

}  // namespace gamegpt::ui
