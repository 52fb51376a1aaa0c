#include "ui/controllers/sampler_controller.h"

namespace gamegpt::ui {

SamplerController::SamplerController(QObject* parent)
    : QObject(parent), m_task([this](Outcome<Samples> outcome) {
          emit busyChanged(false);
          if (outcome.value) emit drawn(*outcome.value);
          else emit failed(outcome.error);
      }) {}

void SamplerController::draw(std::shared_ptr<const ModelSnapshot> snapshot, SampleSettings settings, int count) {
    settings.draws = DrawOrder::per_sample;
    settings.start = snapshot->vocabulary->start();
    settings.stop = snapshot->vocabulary->eos();
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

void SamplerController::cancel() {
    m_task.cancel();
    emit busyChanged(false);
}

}  // namespace gamegpt::ui
