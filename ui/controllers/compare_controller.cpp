#include "ui/controllers/compare_controller.h"

#include <QFileInfo>

#include <algorithm>

#include "core/base/error.h"
#include "core/formats/weights_text.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {

QString nameOf(const ModelSnapshot& snapshot) {
    return CompareController::tr("run %1, step %2").arg(snapshot.run).arg(grouped(snapshot.step));
}

// The share of samples that pass the last tier: for Snake that is strict replay.
double legalShare(const play::Grammar& grammar, const std::vector<std::vector<TokenId>>& samples) {
    const auto legal = std::count_if(samples.begin(), samples.end(), [&](const std::vector<TokenId>& sample) {
        return grammar.judge(sample).passed.back();
    });
    return samples.empty() ? 0 : double(legal) / double(samples.size());
}

}  // namespace

CompareController::CompareController(QObject* parent)
    : QObject(parent),
      m_draw([this](Outcome<Result> outcome) {
          if (outcome.value) emit compared(outcome.value->models, outcome.value->vocabulary);
          else emit failed(outcome.error);
      }),
      m_read([this](Outcome<Model> outcome) {
          if (!outcome.value) {
              emit failed(outcome.error);
              return;
          }
          if (isFull()) return;
          m_models.push_back(*outcome.value);
          emit modelsChanged(names());
      }) {}

QStringList CompareController::names() const {
    QStringList names;
    for (const Model& model : m_models) names << model.name;
    return names;
}

void CompareController::setPresent(std::shared_ptr<const ModelSnapshot> snapshot) {
    if (!snapshot) return;
    const QString name = tr("now: %1").arg(nameOf(*snapshot));
    if (m_models.empty()) m_models.push_back({name, snapshot});
    m_models.front() = {name, std::move(snapshot)};
    const int size = m_models.front().snapshot->weights.config().vocab_size;
    const std::size_t before = m_models.size();
    std::erase_if(m_models, [size](const Model& model) { return model.snapshot->weights.config().vocab_size != size; });
    if (m_models.size() != before || before == 1) emit modelsChanged(names());
}

void CompareController::keepPresent() {
    if (m_models.empty() || isFull()) return;
    const auto snapshot = m_models.front().snapshot;
    m_models.push_back({nameOf(*snapshot), snapshot});
    emit modelsChanged(names());
}

void CompareController::addFile(const QString& path) {
    if (m_models.empty() || isFull()) return;
    m_read.run([path, present = m_models.front().snapshot](const auto&) {
        return attempt([&] {
            const ModelConfig& config = present->weights.config();
            Weights weights = load_weights_text(path.toStdString(), config.n_head);
            if (weights.config().vocab_size != config.vocab_size)
                throw Error(Error::Code::mismatch,
                            "the weights have a vocabulary of " + std::to_string(weights.config().vocab_size) +
                                " tokens, the present model one of " + std::to_string(config.vocab_size),
                            {path.toStdString(), {}, {}});
            return Model{QFileInfo(path).fileName(), std::make_shared<const ModelSnapshot>(
                                                         ModelSnapshot{0, 0, std::move(weights), present->vocabulary})};
        });
    });
}

void CompareController::remove(std::size_t index) {
    if (index == 0 || index >= m_models.size()) return;
    m_models.erase(m_models.begin() + static_cast<std::ptrdiff_t>(index));
    emit modelsChanged(names());
}

void CompareController::clear() {
    m_draw.cancel();
    m_read.cancel();
    if (m_models.size() <= 1) return;
    m_models.resize(1);
    emit modelsChanged(names());
}

void CompareController::draw(const SampleSettings& settings, int count, std::shared_ptr<const play::Grammar> grammar) {
    if (m_models.empty()) return;
    m_draw.run([models = m_models, settings, count, grammar = std::move(grammar)](const auto& cancelled) {
        return attempt([&] {
            Result result{{}, models.front().snapshot->vocabulary};
            for (const Model& model : models) {
                SampleSettings own = settings;
                if (!own.slide) own.max_tokens = std::min(own.max_tokens, model.snapshot->weights.config().block_size);
                DrawStatistics statistics;
                ComparedModel compared{
                    model.name,
                    generate_many(
                        model.snapshot->weights, own, count, 1, [&] { return !cancelled->load(); }, &statistics),
                    statistics.mean_entropy(),
                    {}};
                if (grammar) compared.legal = legalShare(*grammar, compared.samples);
                result.models.push_back(std::move(compared));
            }
            return result;
        });
    });
}

}  // namespace gamegpt::ui
