#include "ui/controllers/corpus_studio_controller.h"

namespace gamegpt::ui {

CorpusStudioController::CorpusStudioController(QObject* parent)
    : QObject(parent),
      m_count([this](std::shared_ptr<const CorpusStatistics> statistics) {
          if (statistics) emit counted(std::move(statistics));
      }),
      m_search([this](Outcome<Search> outcome) {
          if (!outcome.value) emit notFound(outcome.error);
          else if (!outcome.value->place) emit notFound(tr("not found"));
          else emit found(*outcome.value->place, outcome.value->tokens);
      }) {}

void CorpusStudioController::setCorpus(std::shared_ptr<const Corpus> corpus, int blockSize) {
    if (corpus == m_corpus && blockSize == m_blockSize) return;
    if (corpus != m_corpus) m_search.cancel();
    m_corpus = std::move(corpus);
    m_blockSize = blockSize;
    m_count.cancel();
    if (!m_corpus) return;
    m_count.run([corpus = m_corpus, blockSize](const auto& cancelled) -> std::shared_ptr<const CorpusStatistics> {
        auto counted = corpus_statistics(*corpus, blockSize, [&](double) { return !cancelled->load(); });
        return counted ? std::make_shared<const CorpusStatistics>(std::move(*counted)) : nullptr;
    });
}

void CorpusStudioController::find(const QString& text, CorpusPlace from) {
    if (!m_corpus) return;
    m_search.cancel();
    m_search.run([corpus = m_corpus, text = text.toStdString(), from](const auto& cancelled) {
        return attempt([&] {
            const std::vector<TokenId> tokens = corpus->vocabulary().encode(text);
            const auto goOn = [&](double) { return !cancelled->load(); };
            auto place = find_tokens(*corpus, tokens, from, goOn);
            if (!place && !cancelled->load()) place = find_tokens(*corpus, tokens, {0, 0}, goOn);
            return Search{place, static_cast<int>(tokens.size())};
        });
    });
}

}  // namespace gamegpt::ui
