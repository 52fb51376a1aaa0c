#pragma once

#include <QString>

#include "core/corpus/corpus.h"
#include "ui/widgets/sample_list.h"

namespace gamegpt::ui {

// Samples as people paste them: a line each as text or as IDs, or the JSON of `gamegpt sample --json`.
QString samplesAs(SampleFormat format, const std::vector<std::vector<TokenId>>& samples, const Vocabulary& vocabulary);

// Whether a corpus of such samples is a file of IDs ("episodes JSON") rather than of text.
bool savesAsEpisodes(const Vocabulary& vocabulary);
// Replaces the file by one that can be opened as a corpus: the samples' IDs, or a line of text for each. Throws Error
// (write_failed).
void saveAsCorpus(const QString& path, const std::vector<std::vector<TokenId>>& samples,
                  const std::shared_ptr<const Vocabulary>& vocabulary);

}  // namespace gamegpt::ui
