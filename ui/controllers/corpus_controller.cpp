#include "ui/controllers/corpus_controller.h"

#include <QFileInfo>

#include "core/snake/episodes.h"

namespace gamegpt::ui {

namespace {
constexpr int progressInterval = 60;  // ms
}

CorpusController::CorpusController(QObject* parent)
    : QObject(parent), m_task([this](Outcome<Loaded> outcome) {
          m_progressTimer.stop();
          emit loadingChanged({});
          if (!outcome.value) {
              emit failed(outcome.error);
              return;
          }
          m_whole = outcome.value->whole;
          m_split = outcome.value->split;
          m_path = outcome.value->path;
          m_tokens = outcome.value->tokens;
          m_merges = outcome.value->merges;
          emit loaded();
      }) {
    m_progressTimer.setInterval(progressInterval);
    connect(&m_progressTimer, &QTimer::timeout, this,
            [this] { emit progressed(m_progress->share, tr(m_progress->stage.load())); });
}

CorpusController::~CorpusController() = default;

void CorpusController::load(const QString& name, Work work) {
    m_progress = std::make_shared<Progress>();
    m_progressTimer.start();
    emit loadingChanged(name);
    m_task.cancel();
    m_task.run([work = std::move(work), progress = m_progress](const auto& cancelled) {
        return attempt([&] {
            return work([&](double share, const char* stage) {
                progress->share = share;
                progress->stage = stage;
                return !cancelled->load();
            });
        });
    });
}

void CorpusController::cancel() {
    if (!m_progressTimer.isActive()) return;
    m_task.cancel();
    m_progressTimer.stop();
    emit loadingChanged({});
}

void CorpusController::loadBuiltIn() {
    load(tr("Snake"), [tokens = m_tokens, merges = m_merges](const ReadProgress&) {
        return Loaded{nullptr, snake::built_in_corpus(), {}, tokens, merges};
    });
}

void CorpusController::open(const QString& path, std::optional<CorpusFormat> format) {
    read(path, format, m_tokens, m_merges);
}

void CorpusController::read(const QString& path, std::optional<CorpusFormat> format, TextTokens tokens, int merges) {
    const auto work = [=, share = m_heldOutShare, seed = m_splitSeed](const ReadProgress& progress) {
        ReadOptions options;
        options.format = format;
        options.tokens = tokens;
        options.merges = static_cast<std::size_t>(merges);
        options.progress = progress;
        const auto whole = read_corpus(path.toStdString(), options);
        if (!whole) return Loaded{};  // cancelled: nobody waits for it
        return Loaded{whole, gamegpt::split(whole, share, seed), path, tokens, merges};
    };
    load(QFileInfo(path).fileName(), work);
}

void CorpusController::adopt(std::shared_ptr<const Corpus> whole, const QString& name) {
    const auto work = [=, tokens = m_tokens, merges = m_merges, share = m_heldOutShare,
                       seed = m_splitSeed](const ReadProgress&) {
        return Loaded{whole, gamegpt::split(whole, share, seed), {}, tokens, merges};
    };
    load(name, work);
}

QString CorpusController::nameOfLoaded() const {
    return m_path.isEmpty() ? QString::fromStdString(m_whole->name()) : QFileInfo(m_path).fileName();
}

void CorpusController::setFormat(CorpusFormat format) {
    if (!m_path.isEmpty()) read(m_path, format, m_tokens, m_merges);
}

void CorpusController::setTokens(TextTokens tokens, int merges) {
    if (!m_path.isEmpty()) read(m_path, m_whole->format(), tokens, merges);
}

void CorpusController::setHeldOutShare(double share) {
    m_heldOutShare = share;
    splitAnew();
}

void CorpusController::setSplitSeed(quint64 seed) {
    m_splitSeed = seed;
    splitAnew();
}

void CorpusController::splitAnew() {
    if (!m_whole) return;
    const auto work = [whole = m_whole, path = m_path, tokens = m_tokens, merges = m_merges, share = m_heldOutShare,
                       seed = m_splitSeed](const ReadProgress&) {
        return Loaded{whole, gamegpt::split(whole, share, seed), path, tokens, merges};
    };
    load(nameOfLoaded(), work);
}

}  // namespace gamegpt::ui
