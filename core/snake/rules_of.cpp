#include "core/snake/rules_of.h"

#include <algorithm>
#include <optional>

#include "core/corpus/game_tokens.h"

namespace gamegpt::snake {

namespace {

namespace t = game_tokens;

// What the documents show.
struct Signs {
    std::optional<int> start;         // the first head's coordinate, the same both ways
    int largest = -1;                 // coordinate
    std::vector<char> with, without;  // whether some tick of this number, nothing eaten, has a snapshot, or none
    std::int64_t longest = 0;         // ticks of a game
    std::int64_t ended_alive = 0;     // most ticks of a game whose snake lives at EOS
};

void mark(std::vector<char>& ticks, std::size_t tick) {
    if (ticks.size() <= tick) ticks.resize(tick + 1);
    ticks[tick] = 1;
}

// A tick as its tokens go by.
struct Tick {
    std::size_t number = 0;  // 0: none yet
    bool snapshot = false;
    bool ate = false;
    bool over = false;  // died, or filled the board: grew without new food
    bool fed = false;

    void end(Signs& signs) const {
        if (number == 0 || ate) return;
        mark(snapshot ? signs.with : signs.without, number);
    }
};

void look_at(const std::vector<TokenId>& tokens, Signs& signs) {
    Tick tick;
    bool snapshot = false;  // went by since the last TICK's events
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const TokenId token = tokens[i];
        if (t::is_x(token)) signs.largest = std::max(signs.largest, token - t::x);
        if (t::is_y(token)) signs.largest = std::max(signs.largest, token - t::y);
        if (token == t::snap) snapshot = i > 1;  // the start's belongs to no tick
        if (token == t::eat) tick.ate = true;
        if (token == t::food_spawn) tick.fed = true;
        if (t::is_die(token)) tick.over = true;
        if (token == t::tick) {
            tick.end(signs);
            tick = {tick.number + 1, snapshot, false, false, false};
            snapshot = false;
        }
    }
    tick.end(signs);
    const auto ticks = static_cast<std::int64_t>(tick.number);
    signs.longest = std::max(signs.longest, ticks);
    const bool alive = !tick.over && (!tick.ate || tick.fed);
    if (alive && !tokens.empty() && tokens.back() == t::eos) signs.ended_alive = std::max(signs.ended_alive, ticks);
    if (!signs.start && tokens.size() > 4 && tokens[1] == t::snap && t::is_x(tokens[3]) && t::is_y(tokens[4]) &&
        tokens[3] - t::x == tokens[4] - t::y)
        signs.start = tokens[3] - t::x;
}

bool explains(std::size_t interval, const Signs& signs) {
    for (std::size_t tick = 1; tick < signs.with.size(); ++tick)
        if (signs.with[tick] != 0 && tick % interval != 0) return false;
    for (std::size_t tick = interval; tick < signs.without.size(); tick += interval)
        if (signs.without[tick] != 0) return false;
    return true;
}

}  // namespace

GameRules rules_of(const Corpus& corpus) {
    constexpr std::size_t most_ticks = 1'000'000;
    Signs signs;
    std::vector<TokenId> tokens;
    for (std::size_t i = 0; i < corpus.documents(); ++i) {
        const auto document = corpus.document(i);
        tokens.assign(document.begin(), document.end());
        look_at(tokens, signs);
    }
    GameRules rules;
    if (signs.start && *signs.start > 0 && signs.largest <= 2 * *signs.start)
        rules.board_size =
            std::min(std::max(2, 2 * *signs.start + (signs.largest == 2 * *signs.start ? 1 : 0)), largest_board);
    const auto usual = static_cast<std::size_t>(rules.snapshot_interval);
    const std::size_t ticks = std::max(signs.with.size(), signs.without.size());
    if (!explains(usual, signs))
        for (std::size_t interval = 1; interval <= std::min(ticks + 1, most_ticks); ++interval)
            if (explains(interval, signs)) {
                rules.snapshot_interval = static_cast<std::int64_t>(interval);
                break;
            }
    if (signs.ended_alive > 0) rules.tick_limit = signs.ended_alive;
    else rules.tick_limit = std::max(rules.tick_limit, signs.longest);
    rules.tick_limit = std::min<std::int64_t>(rules.tick_limit, most_ticks);
    return rules;
}

}  // namespace gamegpt::snake
