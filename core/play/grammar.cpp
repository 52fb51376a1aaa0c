#include "core/play/grammar.h"

#include "core/grammar/brackets.h"
#include "core/grammar/sums.h"
#include "core/snake/referee.h"
#include "core/snake/rules_of.h"
#include "core/snake/validity.h"

namespace gamegpt::play {

namespace {

std::string found_at(std::size_t token, std::span<const TokenId> tokens, const Vocabulary& vocabulary) {
    if (token >= tokens.size()) return "the end";
    const TokenId id = tokens[token];
    if (id < 0 || static_cast<std::size_t>(id) >= vocabulary.size()) return std::to_string(id);
    return vocabulary.name(id);
}

// Follower: push() and allowed(room) or legal(room).
template <class Follower>
class Follows final : public Constraint {
   public:
    explicit Follows(Follower follower) : follower_(std::move(follower)) {}

    std::span<const TokenId> allowed(std::size_t room) override {
        if constexpr (std::is_same_v<Follower, snake::Referee>) return follower_.legal(room);
        else return follower_.allowed(room);
    }
    bool push(TokenId token) override { return follower_.push(token); }

   private:
    Follower follower_;
};

class SnakeGrammar final : public Grammar {
   public:
    explicit SnakeGrammar(const snake::GameRules& rules) : rules_(rules) { rules_.validate(); }

    std::string name() const override { return "Snake"; }
    const std::vector<Tier>& tiers() const override {
        static const std::vector<Tier> all = {
            {"structural", "Structural", "BOS first, EOS last, and every snapshot is whole.", false},
            {"physical", "Physical", "Everything is on the board, and moves in a row are one cell apart.", false},
            {"rules", "Rules", "Who eats grows and gets new food; behind a death there is nothing but the score.",
             false},
            {"full", "Full", "Structural, physical and rules at once.", false},
            {"strict", "Strict replay", "The tokens are what the game emits when it is played along, tick by tick.",
             true},
        };
        return all;
    }
    Verdict judge(std::span<const TokenId> tokens) const override {
        static const Vocabulary vocabulary = Vocabulary::game();
        const snake::Validity form = snake::validity(tokens);
        const snake::Replay played = snake::replay(tokens, rules_);
        Verdict verdict{{form.structural, form.physical, form.rules, form.full(), played.legal()}, {}};
        if (const auto& error = played.first_error)
            verdict.first_error = {error->token, snake::name_of(error->rule), error->found, error->expected};
        const auto broken = form.first_break();
        if (broken && (!verdict.first_error || broken->token < verdict.first_error->token))
            verdict.first_error = {broken->token, std::string(broken->rule),
                                   found_at(broken->token, tokens, vocabulary), ""};
        return verdict;
    }
    std::unique_ptr<Constraint> constraint() const override {
        return std::make_unique<Follows<snake::Referee>>(snake::Referee(rules_));
    }
    std::vector<TokenId> anchors() const override { return {game_tokens::snap, game_tokens::tick}; }
    std::optional<snake::GameRules> snake_rules() const override { return rules_; }

   private:
    snake::GameRules rules_;
};

// Follower, check and names are what tells the small text grammars apart.
template <class Follower>
class TextGrammar final : public Grammar {
   public:
    using Check = text_grammar::Check (*)(std::span<const TokenId>, const Vocabulary&);
    TextGrammar(std::string name, std::vector<Tier> tiers, std::shared_ptr<const Vocabulary> vocabulary, Check check)
        : name_(std::move(name)), tiers_(std::move(tiers)), vocabulary_(std::move(vocabulary)), check_(check) {}

    std::string name() const override { return name_; }
    const std::vector<Tier>& tiers() const override { return tiers_; }
    Verdict judge(std::span<const TokenId> tokens) const override {
        text_grammar::Check checked = check_(tokens, *vocabulary_);
        Verdict verdict{{checked.structural, checked.right, checked.structural && checked.right}, {}};
        if (checked.first_break)
            verdict.first_error = {checked.first_break->token, std::move(checked.first_break->rule),
                                   found_at(checked.first_break->token, tokens, *vocabulary_),
                                   std::move(checked.first_break->expected)};
        return verdict;
    }
    std::unique_ptr<Constraint> constraint() const override {
        return std::make_unique<Follows<Follower>>(Follower(*vocabulary_));
    }

   private:
    std::string name_;
    std::vector<Tier> tiers_;
    std::shared_ptr<const Vocabulary> vocabulary_;
    Check check_;
};

}  // namespace

std::shared_ptr<const Grammar> snake_grammar(const snake::GameRules& rules) {
    return std::make_shared<SnakeGrammar>(rules);
}

std::shared_ptr<const Grammar> grammar_of(const Corpus& corpus) {
    if (corpus.vocabulary().kind() == Vocabulary::Kind::game) return snake_grammar(snake::rules_of(corpus));
    return grammar_of(corpus.vocabulary_ptr());
}

std::shared_ptr<const Grammar> grammar_of(const std::shared_ptr<const Vocabulary>& vocabulary) {
    if (vocabulary->kind() == Vocabulary::Kind::game) return snake_grammar();
    if (vocabulary->kind() != Vocabulary::Kind::characters) return nullptr;
    if (brackets::kinds_of(*vocabulary))
        return std::make_shared<TextGrammar<brackets::Follower>>(
            "Brackets",
            std::vector<Tier>{
                {"structural", "Structural", "A boundary, brackets, a boundary, and nothing else.", false},
                {"balanced", "Balanced", "Each bracket is closed by its like, the last one first.", false},
                {"full", "Full", "Structural and balanced at once.", false}},
            vocabulary, brackets::check);
    if (sums::is_vocabulary(*vocabulary))
        return std::make_shared<TextGrammar<sums::Follower>>(
            "Sums",
            std::vector<Tier>{{"structural", "Structural",
                               "A boundary, number + number = number without leading zeros, a boundary.", false},
                              {"correct", "Correct", "The result is the sum.", false},
                              {"full", "Full", "Structural and correct at once.", false}},
            vocabulary, sums::check);
    return nullptr;
}

}  // namespace gamegpt::play
