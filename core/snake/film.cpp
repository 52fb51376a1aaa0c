#include "core/snake/film.h"

#include <algorithm>

#include "core/snake/referee.h"

namespace gamegpt::snake {

namespace {

std::vector<Film::Claim> claims_from(std::size_t begin, std::span<const TokenId> tokens) {
    namespace t = game_tokens;
    std::vector<Film::Claim> claims;
    for (std::size_t i = begin; i + 2 < tokens.size(); ++i)
        if (tokens[i] == t::move && t::is_x(tokens[i + 1]) && t::is_y(tokens[i + 2]))
            claims.push_back({i, {tokens[i + 1] - t::x, tokens[i + 2] - t::y}});
    return claims;
}

}  // namespace

std::optional<std::size_t> Film::frame_at(std::size_t token) const {
    const auto after = std::upper_bound(frames.begin(), frames.end(), token,
                                        [](std::size_t at, const Frame& frame) { return at < frame.begin; });
    if (after == frames.begin()) return {};
    return static_cast<std::size_t>(after - frames.begin()) - 1;
}

Film film(std::span<const TokenId> tokens, const GameRules& rules) {
    Film film;
    film.tokens = tokens.size();
    Referee referee(rules);
    std::size_t begin = 0;  // of the present tick
    for (const TokenId token : tokens) {
        if (!referee.push(token)) {
            film.first_error = referee.error(token);
            film.expected = referee.outcomes();
            film.claims = claims_from(begin, tokens);
            break;
        }
        if (!referee.between_ticks() || referee.complete()) continue;
        film.frames.push_back({begin, referee.tokens(), referee.state()});
        begin = referee.tokens();
    }
    return film;
}

}  // namespace gamegpt::snake
