#include "core/grammar/text_grammar.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/corpus/format_readers.h"

namespace gamegpt::text_grammar {

Vocabulary vocabulary(std::string_view alphabet) {
    std::string sorted(alphabet);
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::string> names;
    for (const char c : sorted) names.emplace_back(1, c);
    names.emplace_back(boundary_name);
    const auto boundary = static_cast<TokenId>(names.size() - 1);
    return Vocabulary(Vocabulary::Kind::characters, std::move(names), boundary, boundary);
}

void require_within(const std::string& what, std::int64_t value, std::int64_t least, std::int64_t most) {
    if (value < least || value > most)
        throw Error(Error::Code::bad_argument, what + " is " + std::to_string(value) + "; " + std::to_string(least) +
                                                   " to " + std::to_string(most) + " was expected");
}

std::shared_ptr<const Corpus> collect(std::string_view alphabet, const std::string& name, std::int64_t documents,
                                      const std::function<std::string()>& make,
                                      const std::function<bool(std::int64_t)>& progress) {
    require_within("the number of documents", documents, 1, 1'000'000);
    auto shared = std::make_shared<const Vocabulary>(vocabulary(alphabet));
    std::vector<TokenId> tokens;
    std::vector<std::size_t> offsets = {0};
    for (std::int64_t i = 0; i < documents; ++i) {
        tokens.push_back(*shared->bos());
        for (const char c : make()) tokens.push_back(*shared->find(std::string_view(&c, 1)));
        tokens.push_back(*shared->eos());
        offsets.push_back(tokens.size());
        if (progress && !progress(i + 1)) return nullptr;
    }
    return std::make_shared<const Corpus>(
        std::move(shared), tokens, offsets, CorpusFormat::lines,
        name + ", " + std::to_string(documents) + (documents == 1 ? " document" : " documents"));
}

}  // namespace gamegpt::text_grammar
