#include "ui/controllers/arena_controller.h"

#include <QCoreApplication>
#include <QPointer>

namespace gamegpt::ui {

ArenaController::ArenaController(QObject* parent)
    : QObject(parent), m_task([this](Outcome<ArenaResult> outcome) {
          emit ended();
          if (outcome.value) emit played(*outcome.value);
          else emit failed(outcome.error);
      }) {}

void ArenaController::start(std::shared_ptr<const ModelSnapshot> snapshot, int games,
                            const play::PlayerSettings& settings, const snake::GameRules& rules) {
    const quint64 number = ++m_number;
    emit began(games);
    const QPointer<ArenaController> self(this);
    m_task.run([snapshot = std::move(snapshot), games, settings, rules, number, self](const auto& cancelled) {
        return attempt([&] {
            ArenaResult result{{}, snapshot->run, snapshot->step, settings};
            result.players = play::compare(snapshot->weights, games, settings.seed, settings, rules, [&](int done) {
                QMetaObject::invokeMethod(
                    QCoreApplication::instance(),
                    [self, number, done] {
                        if (self && self->m_number == number) emit self->progressed(done);
                    },
                    Qt::QueuedConnection);
                return !cancelled->load();
            });
            return result;
        });
    });
}

void ArenaController::cancel() {
    if (!isPlaying()) return;
    ++m_number;
    m_task.cancel();
    emit ended();
}

}  // namespace gamegpt::ui
