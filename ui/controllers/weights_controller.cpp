#include "ui/controllers/weights_controller.h"

#include "core/base/error.h"
#include "core/formats/vocabulary_json.h"
#include "core/formats/weights_text.h"
#include "ui/controllers/training_controller.h"

namespace gamegpt::ui {

namespace {
// Why these weights cannot be used with the corpus; empty when they can.
QString misfit(const Weights& weights, const Vocabulary* tokens, const QString& path, const CorpusSplit& corpus) {
    if (!corpus.train) return {};
    const std::size_t vocabulary = corpus.train->vocabulary().size();
    if (static_cast<std::size_t>(weights.config().vocab_size) == vocabulary) {
        try {
            if (tokens) check_same_tokens(*tokens, *corpus.train);
            return {};
        } catch (const Error& error) {
            return QString::fromUtf8(Error(error.code(), error.message(), {path.toStdString(), {}, {}}).what());
        }
    }
    const Error error(Error::Code::mismatch,
                      "these weights know " + std::to_string(weights.config().vocab_size) + " tokens, but " +
                          corpus.train->name() + " has a vocabulary of " + std::to_string(vocabulary) +
                          ": open the corpus that they were trained on first",
                      {path.toStdString(), {}, {}});
    return QString::fromUtf8(error.what());
}
}  // namespace

WeightsController::WeightsController(TrainingController* training, QObject* parent)
    : QObject(parent),
      m_training(training),
      m_import([this](Outcome<Read> outcome) {
          // Against the corpus as it is now: it may have changed while the file was read.
          if (const auto& read = outcome.value)
              outcome.error = misfit(read->weights, read->vocabulary.get(), read->path, m_training->corpus());
          if (!outcome.error.isEmpty()) {
              emit failed(tr("Import Weights"), outcome.error);
              return;
          }
          m_training->importWeights(outcome.value->weights);
          emit imported(outcome.value->path);
      }),
      m_export([this](Outcome<Written> outcome) {
          if (outcome.value) emit exported(outcome.value->path, outcome.value->step);
          else emit failed(tr("Export Weights"), outcome.error);
      }) {
    connect(m_training, &TrainingController::snapshotArrived, this, &WeightsController::write);
    connect(m_training, &TrainingController::runBegan, this, [this] {
        if (m_lastOfRun) write(std::exchange(m_lastOfRun, nullptr));
    });
}

void WeightsController::importFrom(const QString& path) {
    m_import.run([path, heads = m_training->model().n_head](const auto&) {
        return attempt([&] {
            const std::string file = path.toStdString();
            return Read{path, load_weights_text(file, heads), vocabulary_beside(file)};
        });
    });
}

void WeightsController::exportTo(const QString& path) {
    m_pendingExport = path;
    m_lastOfRun = m_training->snapshot();
    // Only a running loop moves on; otherwise the newest snapshot is the model as it stands.
    if (m_training->status().state == LoopState::running) m_training->requestSnapshot();
    else if (m_training->snapshot()) write(m_training->snapshot());
}

void WeightsController::write(const std::shared_ptr<const ModelSnapshot>& snapshot) {
    if (m_pendingExport.isEmpty()) return;
    const QString path = std::exchange(m_pendingExport, {});
    m_lastOfRun.reset();
    m_export.run([path, snapshot](const auto&) {
        return attempt([&] {
            save_weights_text(snapshot->weights, path.toStdString());
            save_vocabulary_beside(path.toStdString(), *snapshot->vocabulary);
            return Written{path, snapshot->step};
        });
    });
}

}  // namespace gamegpt::ui
