#pragma once

#include <QObject>

#include "core/play/arena.h"
#include "core/train/training_loop.h"
#include "ui/controllers/latest_task.h"

namespace gamegpt::ui {

struct ArenaResult {
    std::vector<play::PlayerResults> players;  // the model first
    quint64 run = 0;
    qint64 step = 0;
    play::PlayerSettings settings;
};

// Lets the model and the agents play Snake off the GUI thread.
class ArenaController : public QObject {
    Q_OBJECT
   public:
    explicit ArenaController(QObject* parent = nullptr);

    void start(std::shared_ptr<const ModelSnapshot> snapshot, int games, const play::PlayerSettings& settings,
               const snake::GameRules& rules);
    void cancel();
    bool isPlaying() const { return m_task.isRunning(); }

   signals:
    void began(int games);
    void progressed(int done);
    void played(const gamegpt::ui::ArenaResult& result);
    void ended();  // played, cancelled or failed
    void failed(const QString& sentence);

   private:
    LatestTask<Outcome<ArenaResult>> m_task;
    quint64 m_number = 0;
};

}  // namespace gamegpt::ui
