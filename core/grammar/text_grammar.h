#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/corpus/corpus.h"

// What the small text grammars share: their corpora are documents of characters between boundary tokens, as the reader
// of lines makes them.
namespace gamegpt::text_grammar {

// The characters by code point, each once, then the boundary "<BOS>", which is BOS and EOS. All of the alphabet is
// there, whether a corpus uses it or not.
Vocabulary vocabulary(std::string_view alphabet);

// What a check finds. `token` is an offset in the sequence, its length when the end is what is wrong.
struct Break {
    std::size_t token = 0;
    std::string rule;      // a sentence
    std::string expected;  // "] or (", say
};
struct Check {
    bool structural = false;  // the form
    bool right = false;       // what the form says: balanced, or the sum
    std::optional<Break> first_break;
};

// `documents` documents, each made by `make`. `progress`, if given, is asked after each with how many are done; when
// it returns false, null comes back. Throws Error (bad_argument) unless 1 to 1,000,000 documents are asked for.
std::shared_ptr<const Corpus> collect(std::string_view alphabet, const std::string& name, std::int64_t documents,
                                      const std::function<std::string()>& make,
                                      const std::function<bool(std::int64_t)>& progress);

// Throws Error (bad_argument) unless least <= value <= most.
void require_within(const std::string& what, std::int64_t value, std::int64_t least, std::int64_t most);

}  // namespace gamegpt::text_grammar
