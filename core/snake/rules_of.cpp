#include "core/snake/rules_of.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "core/corpus/game_tokens.h"

namespace gamegpt::snake {

namespace {

namespace t = game_tokens;

// What the documents show.
struct Signs {
    std::optional<int> start;  // the first head's coordinate, the same both ways
    int largest = -1;          // coordinate
    // How many ticks of this number, nothing eaten, have a snapshot, or none.
    std::vector<std::int64_t> with, without;
    std::int64_t longest = 0;               // ticks of a game
    std::vector<std::int64_t> ended_alive;  // ticks of each game whose snake lives at EOS
};

constexpr std::size_t most_ticks = 1'000'000;
constexpr std::int64_t enough = 3;  // signs to believe in other rules than the default

void count(std::vector<std::int64_t>& ticks, std::size_t tick) {
    if (ticks.size() <= tick) ticks.resize(tick + 1);
    ++ticks[tick];
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
        count(snapshot ? signs.with : signs.without, number);
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
    if (alive && !tokens.empty() && tokens.back() == t::eos) signs.ended_alive.push_back(ticks);
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

void set_interval(GameRules& rules, const Signs& signs) {
    const auto usual = static_cast<std::size_t>(rules.snapshot_interval);
    if (explains(usual, signs)) return;
    std::int64_t missing = 0;
    for (std::size_t tick = usual; tick < signs.without.size(); tick += usual) missing += signs.without[tick];
    if (std::accumulate(signs.with.begin(), signs.with.end(), std::int64_t{0}) < enough && missing < enough) return;
    const std::size_t longest = std::max(signs.with.size(), signs.without.size());
    for (std::size_t interval = 1; interval <= std::min(longest, most_ticks); ++interval)
        if (explains(interval, signs)) {
            rules.snapshot_interval = static_cast<std::int64_t>(interval);
            return;
        }
}

void set_limit(GameRules& rules, const Signs& signs) {
    const auto& ends = signs.ended_alive;
    const auto most = static_cast<std::int64_t>(most_ticks);
    if (ends.empty()) {
        rules.tick_limit = std::min(std::max(rules.tick_limit, signs.longest), most);
        return;
    }
    const auto [least, greatest] = std::minmax_element(ends.begin(), ends.end());
    const bool agree = *least == *greatest && *greatest == signs.longest && *greatest > 0 && *greatest <= most;
    if (agree && std::ssize(ends) >= enough) rules.tick_limit = *greatest;
}

}  // namespace

GameRules rules_of(const Corpus& corpus) {
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
    set_interval(rules, signs);
    set_limit(rules, signs);
    return rules;
}

}  // namespace gamegpt::snake
