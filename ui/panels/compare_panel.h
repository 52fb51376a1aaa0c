#pragma once

#include <QStringList>
#include <QWidget>

#include <memory>
#include <vector>

#include "core/corpus/vocabulary.h"

class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace gamegpt::ui {

class Card;
class FigureLabel;
class TokenStrip;

// Two to four models side by side: what each draws from the same beginning with the same draws.
class ComparePanel : public QWidget {
    Q_OBJECT
   public:
    explicit ComparePanel(QWidget* parent = nullptr);

    // A column each; the first is the present model, which cannot be removed.
    void setModels(const QStringList& names, bool full);
    // Of one column. `fact` says what is known about them as a whole.
    void setSamples(std::size_t column, const QString& name, const std::vector<std::vector<TokenId>>& samples,
                    const std::shared_ptr<const Vocabulary>& vocabulary, const QString& fact);
    std::size_t columns() const { return m_columns.size(); }

   signals:
    void keepRequested();
    void fileRequested();
    void removeRequested(std::size_t column);

   private:
    struct Column {
        QWidget* host;
        FigureLabel* name;
        QLabel* fact;
        QToolButton* remove;
        QVBoxLayout* list;
        std::vector<TokenStrip*> strips;
    };
    void addColumn();

    Card* m_card;
    QStackedWidget* m_pages;
    QHBoxLayout* m_row;
    QPushButton *m_keep, *m_file;
    std::vector<Column> m_columns;
};

}  // namespace gamegpt::ui
