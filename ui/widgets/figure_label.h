#pragma once

#include <QLabel>

namespace gamegpt::ui {

// What a text stands for; its colour follows the theme.
enum class Tone { text, muted, accent, good, bad, warning, heldOut };

// A line of text whose digits all have the same width, so that nothing jumps while a number changes (Qt 6.4 cannot ask
// a font for its tabular figures). Elided at the right when there is too little room; the whole text is then the
// tooltip.
class FigureLabel : public QLabel {
    Q_OBJECT
   public:
    explicit FigureLabel(QWidget* parent = nullptr);
    explicit FigureLabel(const QString& text, QWidget* parent = nullptr);

    void setTone(Tone tone);
    Tone tone() const { return m_tone; }
    // Leaves out the beginning instead of the end: for paths.
    void setElideLeft(bool elideLeft) { m_elideLeft = elideLeft; }
    // Keeps the label as wide as this text would be.
    void setWidthTemplate(const QString& text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

   protected:
    void paintEvent(QPaintEvent* event) override;

   private:
    int widthOf(const QString& text) const;
    Tone m_tone = Tone::text;
    QString m_widthTemplate;
    bool m_elideLeft = false;
};

}  // namespace gamegpt::ui
