#pragma once

#include <QWidget>

#include <array>
#include <memory>
#include <vector>

#include "core/sample/filters.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace gamegpt::ui {

class BigNumber;
class Card;
class ProbabilityBars;
class TokenStrip;

// One sequence, a place in it, and what the model would draw there: the probabilities before and after each filter. A
// click on a token goes on with it in a new branch.
class NextTokenPanel : public QWidget {
    Q_OBJECT
   public:
    explicit NextTokenPanel(QWidget* parent = nullptr);

    // A new root of the branches, the place behind its token `position` - 1. A root that nothing branches from is
    // replaced.
    void setSequence(std::vector<TokenId> tokens, std::shared_ptr<const Vocabulary> vocabulary, int position);
    // The sequence that is on screen now has these tokens: it was gone on with.
    void extend(std::vector<TokenId> tokens);
    // A sequence that goes on from the present one at the present place.
    void addBranch(std::vector<TokenId> tokens, int position);
    void clear();

    // The logits (vocab_size) behind the prefix; ignored if the place is another by now.
    void setLogits(const std::vector<TokenId>& prefix, std::vector<double> logits, qint64 step);
    // Recomputes everything on screen at once from the logits that are there.
    void setFilters(double temperature, const FilterSettings& filters);

    const std::vector<TokenId>& tokens() const { return m_tokens; }
    int position() const { return m_position; }  // tokens of the prefix, at least 1
    std::vector<TokenId> prefix() const;
    // Whether the user has chosen what is looked at; until clear() it is theirs then.
    bool isChosen() const { return m_chosen; }
    void setChosen() { m_chosen = true; }
    double entropy() const { return m_entropy; }

   signals:
    // The prefix is another one: its logits are wanted.
    void prefixChanged();
    // To draw one more token behind the prefix, which is the whole sequence.
    void drawRequested();
    // To go on from the prefix with this token.
    void branchRequested(TokenId token);

   protected:
    void showEvent(QShowEvent* event) override;

   private:
    struct Branch {
        std::vector<TokenId> tokens;
        int position = 1;
    };
    QWidget* buildSequence();
    QWidget* buildStages();
    QWidget* buildBranches();
    void setPosition(int position);
    void select(QTreeWidgetItem* item);
    QTreeWidgetItem* addItem(QTreeWidgetItem* parent, const QString& name, std::vector<TokenId> tokens, int position);
    void removeSelected();
    void keepPlace();
    void showStages();
    void refresh();

    Card* m_card;
    QStackedWidget* m_pages;
    TokenStrip* m_strip;
    QToolButton *m_back, *m_forward;
    BigNumber *m_entropyNumber, *m_effectiveNumber;
    std::array<QToolButton*, 6> m_stages{};
    ProbabilityBars* m_bars;
    QTreeWidget* m_branches;
    QPushButton *m_rename, *m_remove;

    std::shared_ptr<const Vocabulary> m_vocabulary;
    std::vector<TokenId> m_tokens;
    int m_position = 1;
    std::vector<double> m_logits;
    double m_temperature = 0.5;
    FilterSettings m_filters;
    std::size_t m_stage = 5;  // the last one that is looked at
    double m_entropy = 0;
    bool m_chosen = false;
    std::vector<Branch> m_sequences;  // by the items' data
    QTreeWidgetItem* m_current = nullptr;
};

}  // namespace gamegpt::ui
