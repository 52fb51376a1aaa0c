#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace gamegpt::ui {

// When the next live draw may begin: as often as asked for, but while a model is being trained drawing takes no more
// than a small share of the time.
class LivePace : public QObject {
    Q_OBJECT
   public:
    static constexpr double share = 0.03;

    explicit LivePace(QObject* parent = nullptr);

    void setRate(int perSecond);
    int rate() const { return m_rate; }
    // There is something new to draw: due() follows at once, or when it is time if a model is being trained.
    void want(bool training);
    // A draw has begun; it ended after this many milliseconds of work, or was stopped after all the time since.
    void began();
    void ended(double milliseconds);
    void stopped();
    // Draws a second as they really came, over the last ones; 0 when there were none.
    double reached() const;

   signals:
    void due();

   private:
    int m_rate = 5;
    double m_cost = 0;      // ms, of the last draw
    double m_interval = 0;  // ms between draws, a running mean
    bool m_drawing = false;
    bool m_wanted = false;
    bool m_training = false;
    QElapsedTimer m_sinceBegan;
    QTimer m_timer;
};

}  // namespace gamegpt::ui
