#pragma once

#include <QFrame>

class QHBoxLayout;
class QVBoxLayout;

namespace gamegpt::ui {

class FigureLabel;
enum class Tone;

// A panel's frame: 8 px corners, a 1 px line, a 34 px header with a name at the left and one muted fact at the right.
class Card : public QFrame {
    Q_OBJECT
   public:
    explicit Card(const QString& title, QWidget* parent = nullptr);

    QString title() const;
    void setTitle(const QString& title);
    QString fact() const;
    void setFact(const QString& fact);
    void setFactTone(Tone tone);

    // Where the card's content goes; margins are set.
    QVBoxLayout* content() const { return m_content; }
    // Puts a small tool into the header, right of the fact.
    void addHeaderWidget(QWidget* widget);

   protected:
    void paintEvent(QPaintEvent* event) override;

   private:
    FigureLabel* m_title;
    FigureLabel* m_fact;
    QHBoxLayout* m_header;
    QVBoxLayout* m_content;
};

}  // namespace gamegpt::ui
