#pragma once

#include <QWidget>

class QLabel;

namespace gamegpt::ui {

// What stands where there is nothing to show yet: a short title and what to do next.
class EmptyState : public QWidget {
    Q_OBJECT
   public:
    EmptyState(const QString& title, const QString& next, QWidget* parent = nullptr);
    void setText(const QString& title, const QString& next);
    QString next() const;

   private:
    QLabel* m_title;
    QLabel* m_next;
};

}  // namespace gamegpt::ui
