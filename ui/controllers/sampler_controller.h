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

    // The logits behind a prefix.
    void lookAt(std::shared_ptr<const ModelSnapshot> snapshot, const SampleSettings& settings,
                std::vector<TokenId> prefix);
    // One sequence that begins with settings.prompt.
    void goOn(std::shared_ptr<const ModelSnapshot> snapshot, const SampleSettings& settings, bool branch);

   signals:
    void busyChanged(bool busy);
    void drawn(const gamegpt::ui::Samples& samples);
    void lookedAt(const std::vector<TokenId>& prefix, const std::vector<double>& logits, qint64 step);
    // `prompt` tokens of it were given.
    void wentOn(const std::vector<TokenId>& tokens, int prompt, bool branch);
    void failed(const QString& sentence);

   private:
    struct Look {
        std::vector<TokenId> prefix;
        std::vector<double> logits;
        qint64 step;
    };
    struct Continued {
        std::vector<TokenId> tokens;
        int prompt;
        bool branch;
    };
    LatestTask<Outcome<Samples>> m_task;
    LatestTask<Outcome<Look>> m_look;
    LatestTask<Outcome<Continued>> m_goOn;
};

}  // namespace gamegpt::ui
