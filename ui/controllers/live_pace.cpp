#include "ui/controllers/live_pace.h"

#include <algorithm>
#include <cmath>

namespace gamegpt::ui {

namespace {
constexpr double longestInterval = 3000;  // ms; what comes later is no pace but a pause
constexpr double newest = 0.4;            // weight of the newest interval in their mean
}  // namespace

LivePace::LivePace(QObject* parent) : QObject(parent) {
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &LivePace::due);
}

void LivePace::setRate(int perSecond) { m_rate = std::max(perSecond, 1); }

void LivePace::want(bool training) {
    m_training = training;
    m_wanted = m_drawing;
    if (m_drawing || (training && m_timer.isActive())) return;
    const double wait = training && m_sinceBegan.isValid()
                            ? std::max(1000.0 / m_rate, m_cost / share) - static_cast<double>(m_sinceBegan.elapsed())
                            : 0;
    if (wait > 0) m_timer.start(static_cast<int>(std::ceil(wait)));
    else emit due();
}

void LivePace::began() {
    m_timer.stop();
    m_wanted = false;
    m_drawing = true;
    const double interval = m_sinceBegan.isValid() ? static_cast<double>(m_sinceBegan.elapsed()) : longestInterval;
    if (interval >= longestInterval && m_cost / share < longestInterval) m_interval = 0;
    else m_interval = m_interval == 0 ? interval : m_interval + newest * (interval - m_interval);
    m_sinceBegan.start();
}

void LivePace::ended(double milliseconds) {
    m_drawing = false;
    m_cost = milliseconds;
    if (m_wanted) want(m_training);
}

void LivePace::stopped() {
    if (m_drawing) ended(static_cast<double>(m_sinceBegan.elapsed()));
}

double LivePace::reached() const { return m_interval > 0 ? 1000 / m_interval : 0; }

}  // namespace gamegpt::ui
