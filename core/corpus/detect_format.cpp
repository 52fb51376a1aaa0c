#include <cctype>

#include "core/corpus/lines.h"
#include "core/corpus/readers.h"

namespace gamegpt {

namespace {

// '[' or '{' as JSON has it. "[Chorus]" and "{{Infobox" start texts.
bool looks_like_json(std::string_view bytes) {
    constexpr std::string_view space = " \t\r\n";
    const auto next_at = [&](std::size_t at) { return std::min(bytes.find_first_not_of(space, at), bytes.size()); };
    const std::size_t open = next_at(0);
    if (open == bytes.size() || (bytes[open] != '[' && bytes[open] != '{')) return false;
    const std::string_view inside = bytes.substr(next_at(open + 1));
    if (inside.empty()) return true;
    if (bytes[open] == '{') return inside[0] == '"' || inside[0] == '}';
    for (const std::string_view literal : {"null", "true", "false"})
        if (inside.starts_with(literal)) return true;
    return std::string_view("[]{}\"-0123456789,").find(inside[0]) != std::string_view::npos;
}

// What the first lines of a text are like. Lengths in bytes.
struct Impression {
    std::size_t lines = 0;  // that are not blank
    std::size_t blank = 0;  // between two that are not
    std::size_t bytes = 0;
    std::size_t words = 0;
    std::size_t game_tokens = 0;  // words that are names of the game's tokens
    std::size_t continued = 0;    // lines that go on with the sentence of the line before
};

// A long line that stops in mid-sentence goes on in a line that starts small: hard-wrapped prose.
bool goes_on(std::string_view line, std::string_view next) {
    constexpr std::string_view sentence_ends = ".!?:;\"";
    return line.size() >= 40 && sentence_ends.find(line.back()) == std::string_view::npos && !next.empty() &&
           std::islower(static_cast<unsigned char>(next[0])) != 0;
}

Impression first_lines(std::string_view bytes) {
    constexpr std::size_t enough = std::size_t{1} << 16;  // bytes; the line that reaches it is the last one
    const Vocabulary game = Vocabulary::game();
    Impression impression;
    std::size_t blank_run = 0;
    std::string_view before;
    for (Lines lines(bytes); impression.bytes < enough && lines.next();) {
        if (lines.blank()) {
            ++blank_run;
            continue;
        }
        impression.blank += impression.lines == 0 ? 0 : blank_run;
        blank_run = 0;
        ++impression.lines;
        impression.bytes += lines.text().size();
        std::string_view rest = lines.text();
        for (auto word = take_word(rest); !word.empty(); word = take_word(rest)) {
            ++impression.words;
            if (game.find(word)) ++impression.game_tokens;
        }
        if (goes_on(before, lines.text())) ++impression.continued;
        before = lines.text();
    }
    return impression;
}

}  // namespace

CorpusFormat detect_format(std::string_view bytes) {
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
    if (looks_like_json(bytes)) return CorpusFormat::episodes_json;
    const Impression seen = first_lines(bytes);
    if (seen.words > 0 && seen.game_tokens == seen.words) return CorpusFormat::token_names;
    if (seen.bytes > 256 * seen.lines) return CorpusFormat::long_text;     // a paragraph a line
    if (seen.words <= 3 * seen.lines) return CorpusFormat::lines;          // names, words, places
    if (20 * seen.blank >= seen.lines) return CorpusFormat::long_text;     // stanzas, paragraphs, speeches, code
    if (4 * seen.continued >= seen.lines) return CorpusFormat::long_text;  // prose without paragraphs
    return CorpusFormat::lines;
}

}  // namespace gamegpt
