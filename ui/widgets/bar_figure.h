#pragma once

#include <QWidget>

namespace gamegpt::ui {

class FigureLabel;
enum class Tone;

// A figure and under it a thin bar of its share of the largest one.
class BarFigure : public QWidget {
    Q_OBJECT
   public:
    BarFigure(const char* objectName, const QString& accessibleName, QWidget* parent = nullptr);

    void setValue(const QString& text, double share);  // 0..1
    void setStrong(bool strong);                       // in the accent colour
    QString text() const;

   protected:
    void paintEvent(QPaintEvent* event) override;

   private:
    FigureLabel* m_text;
    double m_share = 0;
    bool m_strong = false;
};

}  // namespace gamegpt::ui
