#pragma once

#include <QStringList>
#include <QWidget>

class QSlider;

namespace gamegpt::ui {

class FigureLabel;

// A slider over a real number with its name at the left, the number large at the right and captions underneath.
class LabelledSlider : public QWidget {
    Q_OBJECT
   public:
    enum class Scale { linear, logarithmic };

    LabelledSlider(const QString& label, const char* objectName, QWidget* parent = nullptr);

    // `step` is the smallest change on the linear scale; the logarithmic one has 400 places.
    void setRange(double least, double most, double step, Scale scale = Scale::linear);
    // Spread over the slider's width: the first at the left, the last at the right.
    void setCaptions(const QStringList& captions);
    void setDecimals(int decimals);
    // The number's text size in pixels; 20 unless told.
    void setNumberSize(int pixels);

    double value() const { return m_value; }
    // Emits nothing. A value outside the range shows as it is, the handle at the end.
    void setValue(double value);
    QSlider* slider() const { return m_slider; }
    QString numberText() const;

   signals:
    // By the user only.
    void valueChanged(double value);

   private:
    double fromPlace(int place) const;
    int toPlace(double value) const;
    void showNumber();

    QSlider* m_slider;
    FigureLabel* m_number;
    QWidget* m_captions = nullptr;
    double m_least = 0, m_most = 1, m_step = 0.01, m_value = 0;
    int m_decimals = 2;
    Scale m_scale = Scale::linear;
};

}  // namespace gamegpt::ui
