#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/snake/codec.h"
#include "core/snake/game.h"
#include "core/snake/replay.h"

namespace gamegpt::snake {

// Strict replay a token at a time: follows a sequence and knows what may come next. It keeps the at most four ways in
// which the present tick (or the start, one way a direction) can be written; where new food is free to choose, a way
// has places that are filled as their tokens go by. Nothing is allocated once a referee is made. Cheap to copy.
class Referee {
   public:
    // Throws Error (bad_argument) for rules that do not hold.
    explicit Referee(const GameRules& rules = {});

    static constexpr std::size_t any_room = std::numeric_limits<std::size_t>::max();
    // The tokens that may come next, ascending; empty behind EOS. Valid until the next call. `room` is how many tokens
    // the sequence can still have, the next one included: only inputs are left then that let the game end within it,
    // if need be by running straight into a wall. With too little room for any end, all legal tokens are left.
    std::span<const TokenId> legal(std::size_t room = any_room);
    // Goes on by a token. False, and nothing changes, if it is not legal.
    bool push(TokenId token);

    // Behind the last whole tick, or start; before the start is whole, a start state without meaning.
    const State& state() const { return state_; }
    bool started() const { return phase_ != Phase::start; }
    bool complete() const { return phase_ == Phase::over; }  // a legal EOS has gone by
    // Whether the next token begins a tick, or is EOS: state() is up to date.
    bool between_ticks() const { return started() && at_ == 0; }
    std::size_t tokens() const { return tokens_; }  // gone by

    // What is wrong with `found` as the next token, which is not legal.
    ReplayError error(TokenId found) const;
    // The states that the present tick can still lead to, each once, new food where it is not known yet left where the
    // old was. Empty outside a game.
    std::vector<State> outcomes() const;

   private:
    enum class Phase { start, tick, end, over };
    static constexpr std::size_t most_tokens =
        24;  // SNAP .. V, TICK INPUT EAT MOVE X Y GROW LEN FOOD_SPAWN X Y SCORE V
    // Instead of a token: the food's coordinates, free the first time and the same the second time.
    static constexpr TokenId free_x = -1, free_y = -2, same_x = -3, same_y = -4;

    struct Way {
        std::array<TokenId, most_tokens> tokens{};
        std::size_t size = 0;
        std::size_t snapshot = 0;  // tokens before TICK
        Step step{};
        void add(TokenId token) { tokens[size++] = token; }
    };

    void expect_starts();
    void expect_ticks();
    void expect_end();
    void write_tick(Way& way, const Step& step);
    bool fits(const Way& way, TokenId token) const;
    bool is_empty(const Way& way, Cell cell) const;
    template <class Each>
    void each_token(const Way& way, Each each) const;
    void finish(const Way& way);
    std::size_t closing(const Way& way) const;
    Rule rule() const;

    GameRules rules_;
    State state_;
    Phase phase_ = Phase::start;
    std::array<Way, 4> ways_{};
    std::size_t way_count_ = 0;
    unsigned alive_ = 0;  // a bit a way that fits what has gone by
    std::size_t at_ = 0;  // tokens of the present tick that have gone by
    std::size_t tokens_ = 0;
    Cell claimed_;  // new food, as far as its tokens have gone by
    std::array<TokenId, game_tokens::count> legal_{};
};

}  // namespace gamegpt::snake
