#include "core/formats/vocabulary_json.h"

#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/text_file.h"
#include "core/corpus/quote_bytes.h"
#include "core/corpus/utf8.h"

namespace gamegpt {

namespace {

using nlohmann::json;
using Kind = Vocabulary::Kind;

constexpr std::size_t largest_vocabulary_file = std::size_t{64} << 20;  // bytes

struct NamedKind {
    Kind kind;
    const char* name;
};
constexpr std::array kinds = {NamedKind{Kind::game, "game"},   NamedKind{Kind::characters, "characters"},
                              NamedKind{Kind::words, "words"}, NamedKind{Kind::numbers, "numbers"},
                              NamedKind{Kind::bytes, "bytes"}, NamedKind{Kind::merges, "merges"}};

std::string token_json(const std::string& name) {
    if (valid_utf8(name) == name) return json(name).dump();
    std::string list = "[";
    for (const char c : name) {
        if (list.size() > 1) list += ", ";
        list += std::to_string(static_cast<unsigned char>(c));
    }
    return list + "]";
}

std::string id_json(std::optional<TokenId> id) { return id ? std::to_string(*id) : "null"; }

class Reader {
   public:
    Reader(const json& file, const std::string& name) : file_(file), name_(name) {}

    Vocabulary vocabulary() const {
        if (!file_.is_object())
            throw failure("found " + found(file_) + "; an object with kind and tokens was expected");
        const Kind of = kind();
        const auto bos = special("bos"), eos = special("eos"), unknown = special("unknown");
        std::vector<std::string> names = tokens();
        if (of != Kind::merges) return Vocabulary(of, std::move(names), bos, eos, unknown);
        const Vocabulary read = Vocabulary::merged(merges(), bos ? names.back() : std::string());
        if (read.names() != names || read.bos() != bos || read.eos() != eos || unknown)
            throw failure("the tokens are not what the merges give");
        return read;
    }

   private:
    Error failure(const std::string& message) const { return Error(Error::Code::bad_format, message, {name_, {}, {}}); }
    // A value in an error message, cut short.
    static std::string found(const json& value) {
        if (value.is_object()) return "an object";
        if (value.is_array()) return "a list";
        if (value.is_string()) return "the string " + quote_bytes(value.get_ref<const std::string&>());
        return value.dump();
    }
    const json& at(const char* key) const {
        const auto value = file_.find(key);
        if (value == file_.end()) throw failure(std::string("found no \"") + key + "\"; a vocabulary file has one");
        return *value;
    }
    Kind kind() const {
        const json& value = at("kind");
        for (const NamedKind& known : kinds)
            if (value == known.name) return known.kind;
        throw failure("found " + found(value) +
                      " as kind; game, characters, words, numbers, bytes or merges was expected");
    }
    TokenId id(const json& value, const char* what) const {
        if (!value.is_number_unsigned() || value.get<std::uint64_t>() >= max_vocabulary_size)
            throw failure("found " + found(value) + " " + what + "; a token ID was expected");
        return value.get<TokenId>();
    }
    std::optional<TokenId> special(const char* key) const {
        const json& value = at(key);
        if (value.is_null()) return std::nullopt;
        return id(value, (std::string("as ") + key).c_str());
    }
    std::vector<std::string> tokens() const {
        const json& list = at("tokens");
        if (!list.is_array() || list.empty())
            throw failure("found " + found(list) + " as tokens; a list of them was expected");
        std::vector<std::string> names;
        for (const json& token : list)
            names.push_back(token.is_string() ? token.get<std::string>() : bytes(token, names.size()));
        return names;
    }
    std::string bytes(const json& token, std::size_t index) const {
        std::string name;
        const auto refuse = [&](const json& value) {
            return failure("found " + found(value) + " in token " + std::to_string(index) +
                           "; a string or a list of byte values was expected");
        };
        if (!token.is_array()) throw refuse(token);
        for (const json& byte : token) {
            if (!byte.is_number_unsigned() || byte.get<std::uint64_t>() > 255) throw refuse(byte);
            name += static_cast<char>(byte.get<int>());
        }
        return name;
    }
    std::vector<Merge> merges() const {
        std::vector<Merge> pairs;
        const json& list = at("merges");
        if (!list.is_array()) throw failure("found " + found(list) + " as merges; a list of pairs was expected");
        for (const json& pair : list) {
            if (!pair.is_array() || pair.size() != 2)
                throw failure("found " + found(pair) + " as merge " + std::to_string(pairs.size()) +
                              "; a pair of token IDs was expected");
            pairs.emplace_back(id(pair[0], "in a merge"), id(pair[1], "in a merge"));
        }
        return pairs;
    }

    const json& file_;
    const std::string& name_;
};

}  // namespace

std::string vocabulary_json(const Vocabulary& vocabulary) {
    std::string text = "{\n  \"kind\": \"";
    for (const NamedKind& known : kinds)
        if (known.kind == vocabulary.kind()) text += known.name;
    text += "\",\n  \"bos\": " + id_json(vocabulary.bos()) + ",\n  \"eos\": " + id_json(vocabulary.eos()) +
            ",\n  \"unknown\": " + id_json(vocabulary.unknown()) + ",\n  \"tokens\": [";
    for (std::size_t i = 0; i < vocabulary.size(); ++i)
        text += (i == 0 ? "\n    " : ",\n    ") + token_json(vocabulary.names()[i]);
    text += "\n  ],\n  \"merges\": [";
    for (std::size_t i = 0; i < vocabulary.merges().size(); ++i) {
        const auto& [left, right] = vocabulary.merges()[i];
        text += (i == 0 ? "\n    [" : ",\n    [") + std::to_string(left) + ", " + std::to_string(right) + "]";
    }
    return text + (vocabulary.merges().empty() ? "]\n}\n" : "\n  ]\n}\n");
}

Vocabulary parse_vocabulary_json(std::string_view bytes, const std::string& name) {
    try {
        return Reader(json::parse(bytes), name).vocabulary();
    } catch (const json::parse_error& error) {
        throw Error(Error::Code::bad_format,
                    "found no JSON at byte " + std::to_string(error.byte) + "; a vocabulary file was expected",
                    {name, line_of(bytes, std::min(error.byte, bytes.size())), {}});
    } catch (const Error& error) {
        if (!error.where().file.empty()) throw;
        throw Error(Error::Code::bad_format, error.message(), {name, {}, {}});  // what the vocabulary refuses
    }
}

std::string vocabulary_path(const std::string& weights_path) { return weights_path + ".vocabulary.json"; }

void save_vocabulary_beside(const std::string& weights_path, const Vocabulary& vocabulary) {
    const std::string path = vocabulary_path(weights_path);
    const bool needed = vocabulary.kind() != Kind::game && vocabulary.kind() != Kind::numbers;
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(weights_path, ignored)) return;  // a pipe has nothing beside it
    if (!needed && !std::filesystem::exists(path, ignored)) return;
    replace_file(path, [&](std::ostream& out) { out << vocabulary_json(vocabulary); });
}

std::shared_ptr<const Vocabulary> vocabulary_beside(const std::string& weights_path) {
    const std::string path = vocabulary_path(weights_path);
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) return nullptr;
    return std::make_shared<const Vocabulary>(parse_vocabulary_json(read_file(path, largest_vocabulary_file), path));
}

void check_same_tokens(const Vocabulary& of_weights, const Corpus& corpus) {
    const Vocabulary& of_corpus = corpus.vocabulary();
    if (of_weights.size() != of_corpus.size())
        throw Error(Error::Code::mismatch, "the weights know " + std::to_string(of_weights.size()) + " tokens, but " +
                                               corpus.name() + " has a vocabulary of " +
                                               std::to_string(of_corpus.size()));
    for (std::size_t i = 0; i < of_weights.size(); ++i) {
        const auto id = static_cast<TokenId>(i);
        if (of_weights.name(id) != of_corpus.name(id))
            throw Error(Error::Code::mismatch, "token " + std::to_string(i) + " is '" + of_weights.label(id) +
                                                   "' for the weights, but '" + of_corpus.label(id) + "' in " +
                                                   corpus.name());
    }
    if (of_weights.kind() != of_corpus.kind() || of_weights.merges() != of_corpus.merges())
        throw Error(Error::Code::mismatch,
                    "the weights and " + corpus.name() + " have the same tokens, but take a text apart differently");
}

}  // namespace gamegpt
