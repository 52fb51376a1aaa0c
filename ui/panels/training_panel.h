#pragma once

#include <QWidget>

#include <optional>

#include "core/corpus/corpus.h"
#include "core/model/config.h"
#include "core/train/train_config.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSpinBox;

namespace gamegpt::ui {

class Card;
class LabelledSlider;

// The model's shape and how it is trained.
class TrainingPanel : public QWidget {
    Q_OBJECT
   public:
    explicit TrainingPanel(QWidget* parent = nullptr);

    // What the fields say; fields that are not on screen keep what setModel() and setTrain() gave.
    ModelConfig model() const;
    TrainConfig train() const;
    void setModel(const ModelConfig& model);
    void setTrain(const TrainConfig& train);
    void setVocabularySize(int size);
    // Takes over the corpus's preset unless the user has changed a setting of the present one.
    void followCorpus(const Corpus& corpus);
    // Why no model can be made of these settings, as a sentence.
    std::optional<QString> problem() const;
    // While locked, only the steps and the learning rate can be changed; the reason is shown.
    void setLocked(bool locked, const QString& reason = {});
    bool isLocked() const { return m_locked; }
    // The learning rate of the last step, after the schedule; negative when there is none.
    void setEffectiveLearningRate(double learningRate);

   signals:
    // By the user only.
    void settingsChanged();
    void learningRateChanged(double learningRate);
    void stepsChanged(qint64 steps);

   private:
    Card* buildModel();
    Card* buildTraining();
    void usePreset(int index);
    QList<QWidget*> lockedFields() const;
    void changed();
    void refresh();
    void setLearningRate(double learningRate, QWidget* from);

    Card* m_modelCard;
    Card* m_trainingCard;
    QSpinBox *m_layers, *m_embedding, *m_heads, *m_context, *m_seed;
    QSpinBox *m_steps, *m_batch, *m_horizon;
    QDoubleSpinBox* m_learningRate;
    QComboBox *m_preset, *m_schedule, *m_engine;
    LabelledSlider* m_now;
    QLabel *m_problem, *m_reason;
    ModelConfig m_model;
    TrainConfig m_train;
    int m_shownSeed = 42;  // what the field said before the user: seeds too large for it survive
    bool m_locked = false;
    bool m_quiet = false;  // while the program sets the fields
};

}  // namespace gamegpt::ui
