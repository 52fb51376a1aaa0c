#pragma once

#include <QWidget>

#include <memory>
#include <vector>

#include "core/play/judged_samples.h"

class QCheckBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTabWidget;
class QToolButton;
class QVBoxLayout;

namespace gamegpt::ui {

class Card;
class EmptyState;
class ExportButton;
class RatesChart;
class TokenStrip;

// A row of the panel's table: how many of the samples of one way of drawing pass each tier.
struct GrammarRow {
    bool constrained = false;
    bool beyond = false;
    play::JudgedSamples judged;
};

// How many samples follow the corpus's grammar: now, over training, over temperature. Tiers of form and strict replay
// are kept visibly apart.
class GrammarPanel : public QWidget {
    Q_OBJECT
   public:
    explicit GrammarPanel(QWidget* parent = nullptr);

    // Null for a corpus of no grammar.
    void setGrammar(std::shared_ptr<const play::Grammar> grammar, std::shared_ptr<const Vocabulary> vocabulary);
    // Forgets what was judged of the last run.
    void clear();
    // Whether there is a model to draw from.
    void setAvailable(bool available);
    int count() const;  // samples to judge
    // Steps from one judgement to the next; 0 when training is not to be judged.
    qint64 trainingCadence() const;

    void setRows(const std::vector<GrammarRow>& rows, qint64 step, double temperature);
    void setRowsBusy(bool busy);
    void appendMilestone(qint64 step, const play::JudgedSamples& judged);
    void setSteps(qint64 steps);
    void beginSweep(qint64 step);
    void appendSweepPoint(double temperature, const play::JudgedSamples& judged);
    void endSweep(bool cancelled);
    // Of the chart in front.
    bool exportTo(const QString& fileName);

   signals:
    void judgeRequested();
    void judgeCancelled();
    void cadenceChanged();
    void sweepRequested();
    void sweepCancelled();
    void sequencePicked(const std::vector<TokenId>& tokens);
    void exportRequested(const QString& format);

   private:
    QWidget* buildNow();
    QWidget* buildTraining();
    QWidget* buildTemperature();
    void buildTools();
    void buildTable();
    void showLists();
    void showList(QVBoxLayout* list, std::vector<TokenStrip*>& strips, std::vector<QLabel*>& captions,
                  const GrammarRow* row, const QString& name);
    void refresh();
    RatesChart* chartInFront() const;

    Card* m_card;
    QStackedWidget* m_pages;
    EmptyState* m_empty;
    QTabWidget* m_tabs;
    QSpinBox* m_count;
    QPushButton *m_judge, *m_sweep;
    QCheckBox *m_beyond, *m_whileTraining;
    QSpinBox* m_every;
    QToolButton* m_table;
    ExportButton* m_export;
    QLabel *m_nowCaption, *m_trainingCaption, *m_sweepCaption;
    QProgressBar* m_sweepProgress;
    RatesChart *m_training, *m_temperature;
    QWidget* m_figuresHost;
    QVBoxLayout *m_freeList, *m_constrainedList;
    std::vector<TokenStrip*> m_freeStrips, m_constrainedStrips;
    std::vector<QLabel*> m_freeCaptions, m_constrainedCaptions;

    std::shared_ptr<const play::Grammar> m_grammar;
    std::shared_ptr<const Vocabulary> m_vocabulary;
    std::vector<GrammarRow> m_rows;
    std::vector<QLabel*> m_cells;  // (4 ways, tiers)
    bool m_available = false;
    bool m_busy = false;
    bool m_sweeping = false;
};

}  // namespace gamegpt::ui
