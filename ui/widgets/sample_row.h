#pragma once

#include <QToolButton>

#include "ui/widgets/token_strip.h"

class QLabel;

namespace gamegpt::ui {

// A small button with a pin that is down when it is checked.
class PinButton : public QToolButton {
    Q_OBJECT
   public:
    explicit PinButton(QWidget* parent = nullptr);

   protected:
    void paintEvent(QPaintEvent* event) override;
};

// A sample in a list: its tokens, a pin, and what it came from if it is pinned.
class SampleRow : public QWidget {
    Q_OBJECT
   public:
    // `origin` is empty for a sample that is not pinned.
    explicit SampleRow(const QString& stripName, const QString& origin = {}, QWidget* parent = nullptr);

    TokenStrip* strip() const { return m_strip; }
    const QString& origin() const { return m_origin; }
    // Row and strip.
    void setShown(bool shown);

   signals:
    void pinClicked();
    void menuRequested(const QPoint& globalPosition);

   protected:
    void contextMenuEvent(QContextMenuEvent* event) override;

   private:
    QString m_origin;
    TokenStrip* m_strip;
    PinButton* m_pin;
};

}  // namespace gamegpt::ui
