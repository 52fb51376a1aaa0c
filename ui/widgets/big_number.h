#pragma once

#include <QWidget>

namespace gamegpt::ui {

class FigureLabel;
enum class Tone;

// A caption and under it one large figure of a fixed width.
class BigNumber : public QWidget {
    Q_OBJECT
   public:
    // `widthTemplate` is a text as wide as the widest figure to come. Small numbers have 13 px and a unit may follow.
    BigNumber(const QString& caption, const QString& widthTemplate, const char* objectName, bool small = false,
              QWidget* parent = nullptr);

    void setCaption(const QString& caption);
    QString caption() const;
    void setValue(const QString& value);
    QString value() const;
    void setTone(Tone tone);

   private:
    FigureLabel* m_caption;
    FigureLabel* m_value;
};

}  // namespace gamegpt::ui
