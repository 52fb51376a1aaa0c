#pragma once

#include <algorithm>

namespace gamegpt::ui {

// An exponential mean with start-up correction: the weights of what has been seen so far sum to 1 from the first value
// on, so the smoothed curve starts where the raw one does. Factor 0 is no smoothing.
class ExponentialMean {
   public:
    explicit ExponentialMean(double factor = 0) : m_factor(std::clamp(factor, 0.0, 0.9999)) {}

    double add(double value) {
        m_sum = m_factor * m_sum + (1 - m_factor) * value;
        m_weight = m_factor * m_weight + (1 - m_factor);
        return m_sum / m_weight;
    }

   private:
    double m_factor;
    double m_sum = 0;
    double m_weight = 0;
};

}  // namespace gamegpt::ui
