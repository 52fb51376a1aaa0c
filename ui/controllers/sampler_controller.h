#pragma once

#include <QObject>

#include <atomic>

#include "core/sample/token_figures.h"
#include "core/train/training_loop.h"
#include "ui/controllers/latest_task.h"
#include "ui/controllers/live_pace.h"

namespace gamegpt::ui {

struct Samples {
    std::vector<std::vector<TokenId>> sequences;     // those that are there
    std::vector<std::vector<TokenFigures>> figures;  // of the first ones, where they were asked for
    std::shared_ptr<const Vocabulary> vocabulary;
    quint64 run = 0;
    qint64 step = 0;
    SampleSettings settings;
    int count = 0;  // as many were asked for
};

// Draws samples from a snapshot off the GUI thread; the newest request wins. What takes longer comes in parts.
class SamplerController : public QObject {
    Q_OBJECT
   public:
    static constexpr int mostExplained = 100;  // samples with figures

    explicit SamplerController(QObject* parent = nullptr);

    // In the order that settings.draws says: per sample in float, as `gamegpt sample --engine fast`; in turn in double,
    // as the original does. A quiet draw is not told of unless it comes in parts.
    void draw(std::shared_ptr<const ModelSnapshot> snapshot, SampleSettings settings, int count, bool figures = false,
              bool quiet = false);
    // Figures for the samples that were drawn last; explained() follows.
    void explain();
    // Drops the samples that are not there yet.
    void stop();
    // What is at work belongs to a run that is gone.
    void cancel();
    LivePace& pace() { return m_pace; }

    // The logits behind a prefix.
    void lookAt(std::shared_ptr<const ModelSnapshot> snapshot, const SampleSettings& settings,
                std::vector<TokenId> prefix);
    // One sequence that begins with settings.prompt.
    void goOn(std::shared_ptr<const ModelSnapshot> snapshot, const SampleSettings& settings, bool branch);

   signals:
    void busyChanged(bool busy);
    // All samples so far: as many as were asked for, or a part with more to come unless the draw was cancelled.
    void drawn(const gamegpt::ui::Samples& samples);
    void explained(const std::vector<std::vector<gamegpt::TokenFigures>>& figures);
    void lookedAt(const std::vector<TokenId>& prefix, const std::vector<double>& logits, qint64 step);
    // `prompt` tokens of it were given.
    void wentOn(const std::vector<TokenId>& tokens, int prompt, bool branch);
    void failed(const QString& sentence);

   private:
    struct Part {
        std::vector<std::vector<TokenId>> sequences;
        std::vector<std::vector<TokenFigures>> figures;
    };
    // `samples` is the GUI thread's.
    struct Draw {
        std::shared_ptr<const ModelSnapshot> snapshot;
        SampleSettings settings;
        bool figures;
        quint64 number;
        Samples samples;
    };
    struct Drawn {
        std::shared_ptr<Draw> draw;
        Part rest;
        double milliseconds;
    };
    struct Explained {
        std::shared_ptr<const Draw> draw;
        std::vector<std::vector<TokenFigures>> figures;
    };
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
    // Makes the samples; `deliver` takes those that are there now and then, `goOn` is asked between them.
    static Part work(const Draw& draw, const std::function<bool()>& goOn, const std::function<void(Part)>& deliver);
    void append(const std::shared_ptr<Draw>& draw, Part part);

    LatestTask<Outcome<Drawn>> m_task;
    LatestTask<Outcome<Explained>> m_explain;
    LatestTask<Outcome<Look>> m_look;
    LatestTask<Outcome<Continued>> m_goOn;
    LivePace m_pace;
    std::shared_ptr<Draw> m_shown;
    std::shared_ptr<std::atomic<quint64>> m_newest = std::make_shared<std::atomic<quint64>>(0);  // number of a draw
    quint64 m_dropped = 0;  // draws up to this number were cancelled
};

}  // namespace gamegpt::ui
