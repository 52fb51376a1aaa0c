#pragma once

#include <QWidget>

#include "core/sample/filters.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QSpinBox;
class QToolButton;

namespace gamegpt::ui {

class FigureLabel;

// How tokens are drawn beyond the temperature: a line that says it, and the fields when it is opened.
class FilterFields : public QWidget {
    Q_OBJECT
   public:
    explicit FilterFields(QWidget* parent = nullptr);

    FilterSettings filters() const;
    bool inTurn() const;
    bool constrained() const;  // never without a grammar
    bool beyond() const;
    // Emit nothing.
    void setFilters(const FilterSettings& filters);
    void setGrammarAvailable(bool available);

   signals:
    void changed();

   private:
    QWidget* buildFields();
    void showSummary();

    QToolButton* m_open;
    FigureLabel* m_summary;
    QSpinBox* m_topK;
    QDoubleSpinBox *m_topP, *m_minP, *m_penalty;
    QComboBox* m_order;
    QCheckBox *m_constrained, *m_beyond;
};

}  // namespace gamegpt::ui
