#include "core/snake/referee.h"

#include <algorithm>
#include <bitset>

namespace gamegpt::snake {

namespace t = game_tokens;

Referee::Referee(const GameRules& rules) : rules_(rules), state_(start_state(Direction::up, rules.board_size)) {
    rules_.validate();
    state_.body.reserve(static_cast<std::size_t>(rules_.board_size * rules_.board_size));
    expect_starts();
}

void Referee::expect_starts() {
    way_count_ = directions.size();
    for (std::size_t i = 0; i < way_count_; ++i) {
        Way& way = ways_[i];
        way.step = {directions[i], directions[i], state_.head(), Step::Fate::moves};
        way.add(t::bos);
        for (const TokenId token : snapshot(state_.head(), directions[i], 1, {}, 0)) way.add(token);
        way.tokens[8] = free_x;
        way.tokens[9] = free_y;
    }
    alive_ = (1U << way_count_) - 1;
}

void Referee::expect_ticks() {
    phase_ = Phase::tick;
    way_count_ = directions.size();
    for (std::size_t i = 0; i < way_count_; ++i) write_tick(ways_[i], plan(state_, directions[i]));
    alive_ = (1U << way_count_) - 1;
    at_ = 0;
}

void Referee::expect_end() {
    phase_ = Phase::end;
    way_count_ = 1;
    ways_[0].size = 0;
    ways_[0].snapshot = 0;
    ways_[0].add(t::eos);
    alive_ = 1;
    at_ = 0;
}

// As append_tick() in codec.h writes it.
void Referee::write_tick(Way& way, const Step& step) {
    const bool eats = step.fate == Step::Fate::eats;
    const int length = state_.length() + (eats ? 1 : 0);
    const int score = state_.score + (eats ? 1 : 0);
    const bool new_food = eats && length < rules_.board_size * rules_.board_size;
    way.step = step;
    way.size = way.snapshot = 0;
    if (eats || (state_.tick + 1) % rules_.snapshot_interval == 0) {
        const Cell head = step.fate == Step::Fate::hits_wall ? state_.head() : step.head;
        for (const TokenId token : snapshot(head, step.direction, length, state_.food, score)) way.add(token);
        way.snapshot = way.size;
        if (new_food) {
            way.tokens[7] = free_x;
            way.tokens[8] = free_y;
        }
    }
    way.add(t::tick);
    way.add(input_token(step.action));
    if (step.fate == Step::Fate::hits_wall) return way.add(t::die_wall);
    if (step.fate == Step::Fate::bites) return way.add(t::die_self);
    if (eats) way.add(t::eat);
    way.add(t::move);
    way.add(t::x + step.head.x);
    way.add(t::y + step.head.y);
    if (!eats) return;
    way.add(t::grow);
    way.add(len_token(length));
    if (new_food) {
        way.add(t::food_spawn);
        way.add(same_x);
        way.add(same_y);
    }
    way.add(t::score);
    way.add(score_token(score));
}

// Only a snake that eats, or has not begun, gets new food, so its tail stays where it is.
bool Referee::is_empty(const Way& way, Cell cell) const {
    return cell != way.step.head && std::find(state_.body.begin(), state_.body.end(), cell) == state_.body.end();
}

// The tokens that a way has next.
template <class Each>
void Referee::each_token(const Way& way, Each each) const {
    const int n = rules_.board_size;
    switch (const TokenId token = way.tokens[at_]; token) {
        case free_x:
            for (Cell cell; cell.x < n; ++cell.x)
                for (cell.y = 0; cell.y < n; ++cell.y)
                    if (is_empty(way, cell)) {
                        each(t::x + cell.x);
                        break;
                    }
            break;
        case free_y:
            for (int y = 0; y < n; ++y)
                if (is_empty(way, {claimed_.x, y})) each(t::y + y);
            break;
        case same_x: each(t::x + claimed_.x); break;
        case same_y: each(t::y + claimed_.y); break;
        default: each(token); break;
    }
}

bool Referee::fits(const Way& way, TokenId token) const {
    if (way.tokens[at_] >= 0) return way.tokens[at_] == token;
    bool found = false;
    each_token(way, [&](TokenId legal) { found = found || legal == token; });
    return found;
}

std::span<const TokenId> Referee::legal(std::size_t room) {
    unsigned in_time = 0;
    if (room != any_room)
        for (std::size_t i = 0; i < way_count_; ++i)
            if ((alive_ >> i & 1) != 0 && ways_[i].size - at_ + closing(ways_[i]) <= room) in_time |= 1U << i;
    std::bitset<t::count> next;
    for (std::size_t i = 0; i < way_count_; ++i)
        if (((in_time != 0 ? in_time : alive_) >> i & 1) != 0)
            each_token(ways_[i], [&](TokenId token) { next.set(static_cast<std::size_t>(token)); });
    std::size_t count = 0;
    for (std::size_t token = 0; token < next.size(); ++token)
        if (next[token]) legal_[count++] = static_cast<TokenId>(token);
    return std::span(legal_).first(count);
}

bool Referee::push(TokenId token) {
    unsigned fitting = 0;
    const Way* way = nullptr;
    for (std::size_t i = 0; i < way_count_; ++i)
        if ((alive_ >> i & 1) != 0 && fits(ways_[i], token)) {
            fitting |= 1U << i;
            way = &ways_[i];
        }
    if (fitting == 0) return false;
    if (way->tokens[at_] == free_x) claimed_.x = token - t::x;
    if (way->tokens[at_] == free_y) claimed_.y = token - t::y;
    alive_ = fitting;
    ++at_;
    ++tokens_;
    if (at_ == way->size) finish(*way);  // the only one: no way is the beginning of another
    return true;
}

// `way` has gone by as a whole.
void Referee::finish(const Way& way) {
    if (phase_ == Phase::end) {
        phase_ = Phase::over;
        way_count_ = 0;
        alive_ = 0;
        at_ = 0;
        return;
    }
    if (phase_ == Phase::start) state_.direction = way.step.direction;
    else apply(state_, way.step);
    const bool eats = phase_ == Phase::tick && way.step.fate == Step::Fate::eats;
    if (phase_ == Phase::start || (eats && state_.status == Status::alive)) state_.food = claimed_;
    if (state_.status != Status::alive || state_.tick == rules_.tick_limit) expect_end();
    else expect_ticks();
}

// No fewer tokens than the game needs to end behind `way` when it then runs straight into the nearest wall.
std::size_t Referee::closing(const Way& way) const {
    if (phase_ == Phase::end) return 0;
    const bool begins = phase_ == Phase::start;
    const bool dies = way.step.fate == Step::Fate::hits_wall || way.step.fate == Step::Fate::bites;
    const bool eats = !begins && way.step.fate == Step::Fate::eats;
    const std::int64_t tick = state_.tick + (begins ? 0 : 1);
    const int cells = rules_.board_size * rules_.board_size;
    if (dies || (!begins && tick == rules_.tick_limit) || (eats && state_.length() + 1 == cells)) return 1;
    std::size_t least = any_room;
    for (const Direction direction : directions) {
        if (direction == opposite(way.step.direction)) continue;
        bool fed = begins || eats;  // food, where it is not known yet, may be met at every tick
        std::size_t length = 1;     // EOS
        std::int64_t now = tick;
        for (Cell cell = neighbour(way.step.head, direction);; cell = neighbour(cell, direction)) {
            const bool wall = !on_board(cell, rules_.board_size);
            fed = fed || cell == state_.food;
            const bool due = ++now % rules_.snapshot_interval == 0;
            if (wall) length += 3 + (due ? snapshot_size : 0);
            else length += fed ? most_tokens : 5 + (due ? snapshot_size : 0);
            if (wall || now == rules_.tick_limit) break;
        }
        least = std::min(least, length);
    }
    return least;
}

// The rule about the next token.
Rule Referee::rule() const {
    if (phase_ == Phase::start) return Rule::start;
    if (phase_ != Phase::tick) return Rule::ending;
    if (at_ == 0) return Rule::tick;
    std::size_t snapshot = 0;
    for (std::size_t i = 0; i < way_count_; ++i)
        if ((alive_ >> i & 1) != 0) snapshot = ways_[i].snapshot;
    if (at_ < snapshot) return Rule::snapshot;
    if (at_ == snapshot) return Rule::tick;
    return at_ == snapshot + 1 ? Rule::input : Rule::events;
}

ReplayError Referee::error(TokenId found) const {
    static const Vocabulary game = Vocabulary::game();
    ReplayError error;
    error.token = tokens_;
    error.rule = rule();
    if (found == t::eos && error.rule == Rule::tick) error.rule = Rule::ending;
    error.found = found >= 0 && found < t::count ? game.name(found) : std::to_string(found);
    Referee asked = *this;
    for (const TokenId id : asked.legal()) error.expected += (error.expected.empty() ? "" : " or ") + game.name(id);
    if (error.expected.empty()) error.expected = "nothing";
    return error;
}

std::vector<State> Referee::outcomes() const {
    std::vector<State> states;
    if (phase_ != Phase::tick) return states;
    for (std::size_t i = 0; i < way_count_; ++i) {
        if ((alive_ >> i & 1) == 0) continue;
        State after = state_;
        apply(after, ways_[i].step);
        if (std::find(states.begin(), states.end(), after) == states.end()) states.push_back(std::move(after));
    }
    return states;
}

}  // namespace gamegpt::snake
