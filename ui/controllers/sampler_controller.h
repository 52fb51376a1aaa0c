#pragma once

#include <QObject>

#include "core/sample/generate.h"
#include "core/train/training_loop.h"
#include "ui/controllers/latest_task.h"

namespace gamegpt::ui {

struct Samples {
    std::vector<std::vector<TokenId>> sequences;
    std::shared_ptr<const Vocabulary> vocabulary;
    quint64 run = 0;
    qint64 step = 0;
    double temperature = 0;
};

// Draws samples from a snapshot off the GUI thread; the newest request wins.
class SamplerController : public QObject {
    Q_OBJECT
   public:
    explicit SamplerController(QObject* parent = nullptr);

    // Sample i has its own generator, seeded with settings.seed + i: moving the temperature morphs the same samples.
    void draw(std::shared_ptr<const ModelSnapshot> snapshot, SampleSettings settings, int count);
    void cancel();

   signals:
    void busyChanged(bool busy);
    void drawn(const gamegpt::ui::Samples& samples);
    void failed(const QString& sentence);

   private:
    LatestTask<Outcome<Samples>> m_task;
};

}  // namespace gamegpt::ui
