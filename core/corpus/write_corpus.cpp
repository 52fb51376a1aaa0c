#include <charconv>

#include "core/base/text_file.h"
#include "core/corpus/readers.h"

namespace gamegpt {

std::string episodes_json(const Corpus& corpus) {
    std::string json = "[";
    json.reserve(corpus.tokens() * 4 + corpus.documents() * 4);
    char digits[12];
    for (std::size_t i = 0; i < corpus.documents(); ++i) {
        json += i == 0 ? "[" : ", [";
        const auto document = corpus.document(i);
        for (std::size_t t = 0; t < document.size(); ++t) {
            if (t != 0) json += ", ";
            json.append(digits, std::to_chars(digits, digits + sizeof digits, document[t]).ptr);
        }
        json += ']';
    }
    return json += ']';
}

void write_episodes_json(const Corpus& corpus, const std::string& path) {
    replace_file(path, [&](std::ostream& out) { out << episodes_json(corpus); });
}

void write_lines(const Corpus& corpus, const std::string& path) {
    replace_file(path, [&](std::ostream& out) {
        for (std::size_t i = 0; i < corpus.documents(); ++i)
            out << corpus.vocabulary().text(corpus.document(i).to_vector()) << '\n';
    });
}

}  // namespace gamegpt
