#pragma once

#include <QWidget>

#include <memory>
#include <vector>

#include "core/corpus/vocabulary.h"

class QCheckBox;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QVBoxLayout;

namespace gamegpt::ui {

class Card;
class LabelledSlider;
class TokenStrip;

// What the user asks of the sampler.
struct SampleRequest {
    double temperature = 0.5;
    int maxTokens = 64;
    int count = 5;
    quint64 seed = 42;

    bool operator==(const SampleRequest&) const = default;
};

// Samples from the model as it stands.
class SamplerPanel : public QWidget {
    Q_OBJECT
   public:
    explicit SamplerPanel(QWidget* parent = nullptr);

    SampleRequest request() const;
    void setRequest(const SampleRequest& request);
    // The most tokens a sample can have; a length that was at the old limit goes with it.
    void setBlockSize(int blockSize);
    void setSamples(const std::vector<std::vector<TokenId>>& samples, std::shared_ptr<const Vocabulary> vocabulary,
                    qint64 step, double temperature);
    void setBusy(bool busy);
    // Whether there is a model to draw from.
    void setAvailable(bool available);
    void clear();
    bool isLive() const;
    int selectedSample() const { return m_selected; }

   signals:
    void requestChanged();
    void sampleClicked();
    void liveToggled(bool live);
    void sampleSelected(int index);
    void tokenClicked(int sample, int token);

   private:
    Card* buildControls();
    void select(int index);
    void showFact();

    Card* m_samplesCard;
    LabelledSlider* m_temperature;
    QSpinBox *m_length, *m_count, *m_seed;
    QPushButton* m_sample;
    QCheckBox* m_live;
    QStackedWidget* m_pages;
    QVBoxLayout* m_list;
    std::vector<TokenStrip*> m_strips;
    int m_shown = 0;
    int m_selected = 0;
    qint64 m_step = -1;
    bool m_quiet = false;
    bool m_busy = false;
    bool m_available = false;
};

}  // namespace gamegpt::ui
