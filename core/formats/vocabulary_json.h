#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/corpus/corpus.h"

namespace gamegpt {

// A vocabulary as JSON: kind, bos, eos and unknown (IDs or null), tokens (strings; lists of byte values where they are
// not UTF-8) and merges (pairs of IDs). The same vocabulary gives the same bytes.
std::string vocabulary_json(const Vocabulary& vocabulary);
// Throws Error (bad_format) with file, what was found and what was expected.
Vocabulary parse_vocabulary_json(std::string_view bytes, const std::string& name);

// Where the vocabulary of a weights file is kept: beside it, with ".vocabulary.json" behind its name.
std::string vocabulary_path(const std::string& weights_path);
// Writes it there. The game's tokens and bare IDs need no file: they only replace one that is there. Throws Error
// (write_failed).
void save_vocabulary_beside(const std::string& weights_path, const Vocabulary& vocabulary);
// Null when there is no such file. Throws Error for one that cannot be read.
std::shared_ptr<const Vocabulary> vocabulary_beside(const std::string& weights_path);

// Throws Error (mismatch) unless the corpus has the vocabulary of the weights: names both sizes, or the first token
// that differs.
void check_same_tokens(const Vocabulary& of_weights, const Corpus& corpus);

}  // namespace gamegpt
