#include <QtTest>

#include <limits>

#include "core/base/error.h"
#include "core/base/python_random.h"
#include "core/corpus/game_tokens.h"
#include "core/corpus/readers.h"
#include "core/grammar/brackets.h"
#include "core/grammar/sums.h"
#include "core/play/grammar.h"
#include "core/snake/episodes.h"

using namespace gamegpt;

static constexpr std::size_t anyRoom = std::numeric_limits<std::size_t>::max();

// "^" stands for the boundary, any other character for itself; one that the vocabulary does not have for an odd ID.
static std::vector<TokenId> ids(const QString& text, const Vocabulary& vocabulary) {
    std::vector<TokenId> tokens;
    for (const QChar c : text)
        tokens.push_back(c == '^' ? *vocabulary.bos() : vocabulary.find(QString(c).toStdString()).value_or(999));
    return tokens;
}

static std::string lines(const Corpus& corpus) {
    std::string text;
    for (std::size_t i = 0; i < corpus.documents(); ++i) {
        const auto document = corpus.document(i);
        text += corpus.vocabulary().text(std::vector<TokenId>(document.begin(), document.end())) + "\n";
    }
    return text;
}

class TestGrammar : public QObject {
    Q_OBJECT

   private slots:
    void generatedDocumentsAreRight_data() {
        QTest::addColumn<int>("kinds");  // 0 for sums
        QTest::addColumn<int>("size");
        for (int kinds = 1; kinds <= 4; ++kinds) QTest::addRow("%d kinds", kinds) << kinds << 24;
        QTest::newRow("pairs") << 4 << 2;
        QTest::newRow("long") << 2 << 300;
        QTest::newRow("sums") << 0 << 99;
        QTest::newRow("large sums") << 0 << 999'999'999;
        QTest::newRow("sums of nothing") << 0 << 0;
    }
    void generatedDocumentsAreRight() {
        QFETCH(int, kinds);
        QFETCH(int, size);
        const auto corpus = kinds > 0 ? brackets::collect({.documents = 500, .kinds = kinds, .longest = size})
                                      : sums::collect({.documents = 500, .greatest = size});
        const auto grammar = play::grammar_of(*corpus);
        QVERIFY(grammar != nullptr);
        QCOMPARE(grammar->name(), std::string(kinds > 0 ? "Brackets" : "Sums"));
        for (std::size_t i = 0; i < corpus->documents(); ++i) {
            const auto document = corpus->document(i);
            const std::vector<TokenId> tokens(document.begin(), document.end());
            const play::Verdict verdict = grammar->judge(tokens);
            QVERIFY(std::find(verdict.passed.begin(), verdict.passed.end(), false) == verdict.passed.end());
            QVERIFY(!verdict.first_error);
            if (kinds > 0) QVERIFY(static_cast<int>(tokens.size()) <= size + 2);
        }
    }

    void filesReadBackTheSame() {  // by the reader of lines
        for (const auto& corpus : {brackets::collect({.kinds = 3}), sums::collect({})}) {
            const auto read = parse_corpus(lines(*corpus), "file", CorpusFormat::lines);
            QCOMPARE(read->content_hash(), corpus->content_hash());
            QVERIFY(play::grammar_of(*read) != nullptr);
        }
        QVERIFY(!play::grammar_of(*parse_corpus("emma\nolivia\n", "names", CorpusFormat::lines)));
        QVERIFY(!play::grammar_of(*parse_corpus("()[\n", "half a kind", CorpusFormat::lines)));
        QCOMPARE(play::grammar_of(*snake::collect({.episodes = 20, .rules = {.board_size = 6}}))->snake_rules()->board_size,
                 6);
    }

    void collectingIsSeededAndCanBeCancelled() {
        QCOMPARE(lines(*brackets::collect({.seed = 5})), lines(*brackets::collect({.seed = 5})));
        QVERIFY(lines(*brackets::collect({.seed = 5})) != lines(*brackets::collect({.seed = 6})));
        std::int64_t last = 0;
        const auto three = [&](std::int64_t done) { return (last = done) < 3; };
        QVERIFY(!sums::collect({.progress = three}));
        QCOMPARE(last, std::int64_t{3});
        QVERIFY(!brackets::collect({.progress = three}));
        QCOMPARE(brackets::collect({.kinds = 1})->name(), std::string("Brackets of 1 kind, 1000 documents"));
        QCOMPARE(sums::collect({.documents = 1})->name(), std::string("Sums up to 99, 1 document"));
        QVERIFY_EXCEPTION_THROWN(brackets::collect({.kinds = 5}), Error);
        QVERIFY_EXCEPTION_THROWN(brackets::collect({.longest = 1}), Error);
        QVERIFY_EXCEPTION_THROWN(brackets::collect({.deepest = 0}), Error);
        QVERIFY_EXCEPTION_THROWN(sums::collect({.documents = 0}), Error);
        QVERIFY_EXCEPTION_THROWN(sums::collect({.greatest = -1}), Error);
    }

    void depthIsKept() {
        const std::string text = lines(*brackets::collect({.documents = 300, .kinds = 1, .longest = 40, .deepest = 2}));
        QVERIFY(text.find("(((") == std::string::npos && text.find("((") != std::string::npos);
    }

    void bracketVerdicts_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("structural");
        QTest::addColumn<bool>("balanced");
        QTest::addColumn<int>("token");  // -1: no error
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const QString& text, bool structural, bool balanced, int token,
                            const QString& expected) {
            QTest::newRow(name) << text << structural << balanced << token << expected;
        };
        row("right", "^([]())[]^", true, true, -1, "");
        row("nothing", "", false, true, 0, "<BOS>");
        row("no brackets", "^^", false, true, 1, "( or [");
        row("no boundary", "()", false, true, 0, "<BOS>");
        row("no end", "^()", false, true, 3, "( or [ or <BOS>");
        row("left open", "^(()^", true, false, 4, "( or ) or [");
        row("cut off", "^((", false, false, 3, "( or ) or [");
        row("another kind", "^([)]^", true, false, 3, "( or [ or ]");
        row("closed too often", "^())^", true, false, 3, "( or [ or <BOS>");
        row("a boundary within", "^()^()^", false, true, 4, "");
        row("a strange ID", "^(x)^", false, true, 2, "( or ) or [");
    }
    void bracketVerdicts() {
        QFETCH(QString, text);
        QFETCH(bool, structural);
        QFETCH(bool, balanced);
        QFETCH(int, token);
        QFETCH(QString, expected);
        const auto corpus = brackets::collect({.kinds = 2});
        const play::Verdict verdict = play::grammar_of(*corpus)->judge(ids(text, corpus->vocabulary()));
        QCOMPARE(verdict.passed, (std::vector<bool>{structural, balanced, structural && balanced}));
        QCOMPARE(verdict.first_error ? static_cast<int>(verdict.first_error->token) : -1, token);
        if (verdict.first_error) QCOMPARE(QString::fromStdString(verdict.first_error->expected), expected);
        if (verdict.first_error) QVERIFY(verdict.first_error->rule.ends_with('.') && !verdict.first_error->found.empty());
    }

    void sumVerdicts_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("structural");
        QTest::addColumn<bool>("correct");
        QTest::addColumn<int>("token");  // -1: no error
        const auto row = [](const char* name, const QString& text, bool structural, bool correct, int token) {
            QTest::newRow(name) << text << structural << correct << token;
        };
        row("right", "^17+25=42^", true, true, -1);
        row("zeros", "^0+0=0^", true, true, -1);
        row("a carry", "^999+1=1000^", true, true, -1);
        row("beyond 64 bits", "^99999999999999999999+1=100000000000000000000^", true, true, -1);
        row("wrong", "^17+25=43^", true, false, 8);
        row("a digit too many", "^17+25=420^", true, false, 9);
        row("a digit too few", "^99+1=10^", true, false, 8);
        row("a leading zero", "^07+1=8^", false, false, 2);
        row("a leading zero in the result", "^7+1=08^", false, false, 5);
        row("no operand", "^+1=1^", false, false, 1);
        row("three operands", "^1+1+1=3^", false, false, 4);
        row("no result", "^1+1=^", false, false, 5);
        row("cut off", "^17+25=4", false, false, 8);
        row("nothing", "", false, false, 0);
        row("a boundary", "^", false, false, 1);
        row("more behind the end", "^1+1=2^1", false, false, 7);
        row("a strange ID", "^1x+1=2^", false, false, 2);
    }
    void sumVerdicts() {
        QFETCH(QString, text);
        QFETCH(bool, structural);
        QFETCH(bool, correct);
        QFETCH(int, token);
        const auto corpus = sums::collect({});
        const play::Verdict verdict = play::grammar_of(*corpus)->judge(ids(text, corpus->vocabulary()));
        QCOMPARE(verdict.passed, (std::vector<bool>{structural, correct, structural && correct}));
        QCOMPARE(verdict.first_error ? static_cast<int>(verdict.first_error->token) : -1, token);
    }

    // Whatever is drawn among the allowed tokens, it ends in time and passes all tiers.
    void constraintsLeadToTheEnd_data() {
        QTest::addColumn<int>("kinds");  // 0 for sums
        QTest::addColumn<int>("room");
        for (const int room : {4, 5, 10, 64}) QTest::addRow("brackets, %d tokens", room) << 3 << room;
        for (const int room : {7, 8, 12, 64}) QTest::addRow("sums, %d tokens", room) << 0 << room;
    }
    void constraintsLeadToTheEnd() {
        QFETCH(int, kinds);
        QFETCH(int, room);
        const auto corpus = kinds > 0 ? brackets::collect({.kinds = kinds}) : sums::collect({});
        const auto grammar = play::grammar_of(*corpus);
        PythonRandom random(1);
        for (int i = 0; i < 300; ++i) {
            const auto constraint = grammar->constraint();
            std::vector<TokenId> tokens;
            for (;;) {
                const auto allowed = constraint->allowed(static_cast<std::size_t>(room) - tokens.size());
                QVERIFY(std::is_sorted(allowed.begin(), allowed.end()));
                if (allowed.empty()) break;
                QVERIFY(static_cast<int>(tokens.size()) < room);
                tokens.push_back(allowed[random.choice_index(allowed.size())]);
                QVERIFY(constraint->push(tokens.back()));
            }
            QVERIFY(!grammar->judge(tokens).first_error);
            QVERIFY(!constraint->push(tokens.back()));
        }
    }

    void constraintsWithoutRoomStillFollowTheGrammar() {
        for (const auto& corpus : {brackets::collect({}), sums::collect({})}) {
            const auto constraint = play::grammar_of(*corpus)->constraint();
            for (int i = 0; i < 5; ++i) {
                const auto allowed = constraint->allowed(1);
                if (allowed.empty()) break;
                QVERIFY(constraint->push(allowed[0]));
            }
            QVERIFY(!constraint->push(-1) && !constraint->push(1000));
        }
        QVERIFY(play::snake_grammar()->constraint()->allowed(anyRoom).size() == 1);
    }

    void snakeVerdictsKeepFormAndReplayApart() {
        const auto grammar = play::snake_grammar();
        QCOMPARE(grammar->tiers().size(), std::size_t{5});
        QVERIFY(grammar->tiers()[4].by_replay && !grammar->tiers()[3].by_replay);
        namespace t = game_tokens;
        // A whole form, but no game: the snake jumps from its snapshot.
        const std::vector<TokenId> jump = {t::bos, t::snap, t::player, t::x + 5, t::y + 5, t::dir, t::len, t::food, t::x, t::y,
                                           t::score, t::v, t::tick, t::input, t::move, t::x, t::y, t::eos};
        const play::Verdict jumped = grammar->judge(jump);
        QCOMPARE(jumped.passed, (std::vector<bool>{true, true, true, true, false}));
        QCOMPARE(jumped.first_error->token, std::size_t{15});
        QCOMPARE(jumped.first_error->found, std::string("X0"));
        QCOMPARE(jumped.first_error->expected, std::string("X5"));
        // Cut off: legal as far as it goes, but no EOS.
        const play::Verdict cut = grammar->judge(std::span(jump).first(14));
        QCOMPARE(cut.passed, (std::vector<bool>{false, true, true, false, true}));
        QCOMPARE(cut.first_error->token, std::size_t{14});
        QCOMPARE(cut.first_error->found, std::string("the end"));
        QCOMPARE(grammar->anchors(), (std::vector<TokenId>{t::snap, t::tick}));
    }
};

QTEST_APPLESS_MAIN(TestGrammar)
#include "tst_grammar.moc"
