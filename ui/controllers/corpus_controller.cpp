#include "ui/controllers/corpus_controller.h"

#include <QFileInfo>

#include "core/corpus/readers.h"
#include "core/snake/episodes.h"

namespace gamegpt::ui {

namespace {
constexpr std::uint64_t splitSeed = 42;
}

CorpusController::CorpusController(QObject* parent)
    : QObject(parent), m_task([this](Outcome<Loaded> outcome) {
          emit loadingChanged({});
          if (!outcome.value) {
              emit failed(outcome.error);
              return;
          }
          m_whole = outcome.value->whole;
          m_split = outcome.value->split;
          m_path = outcome.value->path;
          emit loaded();
      }) {}

void CorpusController::load(const QString& path, std::function<Loaded()> work) {
    emit loadingChanged(path.isEmpty() ? tr("Snake") : QFileInfo(path).fileName());
    m_task.cancel();
    m_task.run([work = std::move(work)](const auto&) { return attempt(work); });
}

void CorpusController::loadBuiltIn() {
    load({}, [] { return Loaded{nullptr, snake::built_in_corpus(), {}}; });
}

void CorpusController::open(const QString& path, std::optional<CorpusFormat> format) {
    load(path, [path, format, share = m_heldOutShare] {
        const auto whole = read_corpus(path.toStdString(), format);
        return Loaded{whole, gamegpt::split(whole, share, splitSeed), path};
    });
}

void CorpusController::setFormat(CorpusFormat format) {
    if (!m_path.isEmpty()) open(m_path, format);
}

void CorpusController::setHeldOutShare(double share) {
    m_heldOutShare = share;
    if (!m_whole) return;
    load(m_path, [whole = m_whole, path = m_path, share] {
        return Loaded{whole, gamegpt::split(whole, share, splitSeed), path};
    });
}

}  // namespace gamegpt::ui
