#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/corpus/corpus.h"

namespace gamegpt {

// What the tokens of a text are.
enum class TextTokens {
    characters,  // UTF-8 code points: those that occur, sorted
    bytes,       // the 256 bytes, whatever the text's encoding
    words,       // what stands between white space, sorted; of too many the most frequent, "<UNK>" for the others
    merges,      // the 256 bytes, then byte-pair merges that are learnt from the text (see merges.h)
};

// How much is done (0..1) and of what ("Reading the file"); returns false to cancel.
using ReadProgress = std::function<bool(double share, const char* stage)>;

struct ReadOptions {
    std::optional<CorpusFormat> format;          // without it: detected (see detect_format); never built_in
    TextTokens tokens = TextTokens::characters;  // for `lines` and `long_text`
    std::size_t merges = 256;                    // most merges to learn
    // Take these tokens instead of the file's own. What is none of them is an error, unless there is an unknown word.
    std::shared_ptr<const Vocabulary> vocabulary;
    ReadProgress progress;  // called on the reading thread, some hundred times
};

// Reads a corpus file. Throws Error with file, line or token, what was found and what was expected; nothing is returned
// half read; null when it was cancelled. Takes at most 1.5 bytes of memory for each of the file plus the tokens.
//
// episodes_json  a JSON list of lists of token IDs, each 0 to max_vocabulary_size - 1. If all IDs fit the game's 74
//                tokens the vocabulary is the game's; otherwise it is numbers 0..largest ID, BOS and EOS being what all
//                documents (two or more) start and end with. Nothing is put around them. In errors documents and tokens
//                count from 0.
// lines          one document a line. One boundary token "<BOS>", the vocabulary's last, is both BOS and EOS and stands
//                before and after each.
// token_names    one document a line, tokens separated by white space. If all are names of the game's tokens the
//                vocabulary is the game's and lines stand as they are; otherwise it is lines of words.
// long_text      the whole file is one document without BOS and EOS.
// Line ends may be \n or \r\n; blank lines are skipped in all formats but long_text, which keeps everything but \r
// before \n and a byte-order mark.
std::shared_ptr<const Corpus> read_corpus(const std::string& path, const ReadOptions& options);
std::shared_ptr<const Corpus> read_corpus(const std::string& path, std::optional<CorpusFormat> format = {});

// The same from bytes already in memory; `name` stands for the file in errors.
std::shared_ptr<const Corpus> parse_corpus(std::string_view bytes, const std::string& name, const ReadOptions& options);
std::shared_ptr<const Corpus> parse_corpus(std::string_view bytes, const std::string& name,
                                           std::optional<CorpusFormat> format = {});

// JSON if the file starts as JSON lists and objects do; token names if every word of the first lines is a game token; a
// document a line if lines are a few words; one long text if lines are long, many are blank or they go on with each
// other's sentences as hard-wrapped prose does; else a document a line.
CorpusFormat detect_format(std::string_view bytes);

// Writes a corpus as Python's json.dump writes a list of lists of IDs: "[[0, 3], [0, 4]]", no newline. Replaces the
// file whole.
void write_episodes_json(const Corpus& corpus, const std::string& path);
// Writes a corpus as text, a document a line, boundary tokens left out: what the readers of lines and of token names
// read. Replaces the file whole.
void write_lines(const Corpus& corpus, const std::string& path);
std::string episodes_json(const Corpus& corpus);

}  // namespace gamegpt
