#pragma once

#include <QWidget>

#include "core/sample/filters.h"
#include "ui/widgets/sample_list.h"

class QCheckBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace gamegpt::ui {

class Card;
class FigureLabel;
class FilterFields;
class LabelledSlider;
class PresetRow;
class PromptField;

// What the user asks of the sampler.
struct SampleRequest {
    double temperature = 0.5;
    int maxTokens = 64;
    int count = 5;
    quint64 seed = 42;
    FilterSettings filters = {};
    std::vector<TokenId> prompt = {};  // BOS included; empty for the vocabulary's start
    bool inTurn = false;               // all samples from one generator, as the original draws
    bool constrained = false;          // only what the grammar allows
    bool beyond = false;               // goes on beyond the context

    bool operator==(const SampleRequest&) const = default;
};

// Samples from the model as it stands: how they are drawn above, what came of it below.
class SamplerPanel : public QWidget {
    Q_OBJECT
   public:
    explicit SamplerPanel(QWidget* parent = nullptr);

    SampleRequest request() const;
    // The prompt's text stays as it is.
    // The tokens that prompts are made of.
    void setVocabulary(std::shared_ptr<const Vocabulary> vocabulary);
    // The most tokens a sample within the context can have; a length that was at the old limit goes with it.
    void setBlockSize(int blockSize);
    void setGrammarAvailable(bool available);
    void setSamples(const SampleSet& samples);
    void setFigures(const std::vector<std::vector<TokenFigures>>& figures) { m_samples->setFigures(figures); }
    void setBusy(bool busy);
    // Why nothing could be drawn; until the next request.
    void setProblem(const QString& sentence);
    // Live draws a second as they come; 0 for none.
    void setReachedRate(double perSecond);
    // Whether there is a model to draw from.
    void setAvailable(bool available);
    void clear();
    bool isLive() const;
    int liveRate() const;  // a second, at most
    int selectedSample() const { return m_samples->selected(); }
    SampleList& samples() { return *m_samples; }

   signals:
    void requestChanged();
    void sampleClicked();
    void liveToggled(bool live);
    void liveRateChanged(int perSecond);
    void sampleSelected(int index);
    void tokenClicked(int sample, int token);

   private:
    Card* buildControls();
    QLayout* buildNumbers();
    QLayout* buildLive();
    void change();
    void showLengths();
    void showFact();

    Card* m_card;
    LabelledSlider* m_temperature;
    PresetRow* m_presets;
    FilterFields* m_filters;
    PromptField* m_prompt;
    QLabel* m_problem;
    QSpinBox *m_length, *m_count, *m_seed, *m_rate;
    QPushButton* m_sample;
    QCheckBox* m_live;
    FigureLabel* m_reached;
    SampleList* m_samples;
    int m_blockSize = 64;
    qint64 m_step = -1;
    bool m_quiet = false;
    bool m_busy = false;
};

}  // namespace gamegpt::ui
