#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

class QSlider;

namespace gamegpt::ui {

class FigureLabel;

// Whole percentages that always sum to 100: moving one slider takes from the others, or gives to them, in proportion.
class MixSliders : public QWidget {
    Q_OBJECT
   public:
    // Sliders are named `objectName`0, `objectName`1, ...
    MixSliders(const QStringList& names, const char* objectName, QWidget* parent = nullptr);

    const std::vector<int>& percentages() const { return m_percentages; }
    // Must sum to 100.
    void setPercentages(const std::vector<int>& percentages);

    // What the others become when number `moved` is set to `percentage`. Sums to 100.
    static std::vector<int> balanced(std::vector<int> percentages, std::size_t moved, int percentage);

   signals:
    // By the user only.
    void changed();

   private:
    void showPercentages();

    std::vector<QSlider*> m_sliders;
    std::vector<FigureLabel*> m_numbers;
    std::vector<int> m_percentages;
};

}  // namespace gamegpt::ui
