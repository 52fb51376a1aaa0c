#include <QtTest>

#include <cmath>

#include "core/corpus/readers.h"
#include "core/corpus/search.h"
#include "core/corpus/statistics.h"
#include "core/train/window_sampler.h"

using namespace gamegpt;

static std::shared_ptr<Corpus> of(const std::vector<std::vector<TokenId>>& documents, std::size_t vocabulary = 8) {
    std::vector<TokenId> tokens;
    std::vector<std::size_t> offsets = {0};
    for (const auto& document : documents) {
        tokens.insert(tokens.end(), document.begin(), document.end());
        offsets.push_back(tokens.size());
    }
    return std::make_shared<Corpus>(std::make_shared<const Vocabulary>(Vocabulary::numbers(vocabulary)), tokens, offsets,
                                    CorpusFormat::episodes_json, "x");
}

class TestCorpusStudio : public QObject {
    Q_OBJECT

   private slots:
    void countsTokens() {
        const auto corpus = of({{1, 2, 2}, {2}, {0, 1, 0, 1, 0, 1, 5}});
        corpus->set_sources({{"a", "b"}, {0, 0, 1}});
        const auto counted = corpus_statistics(*corpus, 4);
        QVERIFY(counted);
        QCOMPARE(counted->counts, (std::vector<std::uint64_t>{3, 4, 3, 0, 0, 1, 0, 0}));
        QCOMPARE(counted->unused, (std::vector<TokenId>{3, 4, 6, 7}));
        QCOMPARE(counted->documents, std::size_t{3});
        QCOMPARE(counted->tokens, std::size_t{11});
        QCOMPARE(counted->longer_than_context, std::size_t{1});
        QCOMPARE(counted->sources[0].tokens, std::size_t{4});
        QCOMPARE(counted->sources[1].documents, std::size_t{1});
        QCOMPARE(counted->sources[1].share, 7.0 / 11);
        QCOMPARE(counted->median, std::size_t{3});
        QCOMPARE(counted->lower_quartile, std::size_t{1});
        QCOMPARE(counted->upper_quartile, std::size_t{3});
    }

    // The formula against the sampler itself.
    void windowsFromTheStartAreAsTheSamplerDrawsThem() {
        const auto lines = parse_corpus("ab\nabcdefghijklmnop\nabcdefgh\nabcdefghijklmnopqrstuvwxyz\n", "x", CorpusFormat::lines);
        for (const int block : {3, 8, 64}) {
            const double expected = corpus_statistics(*lines, block)->windows_from_start;
            WindowSampler sampler(lines, block, 1);
            std::vector<TokenId> window;
            int from_start = 0;
            constexpr int draws = 40'000;
            for (int i = 0; i < draws; ++i) {
                sampler.next(window);
                from_start += window.front() == *lines->vocabulary().bos() ? 1 : 0;
            }
            QVERIFY(std::abs(expected - double(from_start) / draws) < 0.01);
        }
        const auto none = corpus_statistics(*of({{1}, {2}}), 4);
        QVERIFY(std::isnan(none->windows_from_start));
    }

    void countingStops() {
        QVERIFY(!corpus_statistics(*of({{1, 2}}), 4, [](double) { return false; }));
    }

    void findsTokens_data() {
        QTest::addColumn<int>("vocabulary");
        QTest::newRow("a byte each") << 8;
        QTest::newRow("two bytes each") << 3000;
    }
    void findsTokens() {
        QFETCH(int, vocabulary);
        const auto corpus = of({{1, 2, 3}, {2, 3}, {1, 2, 1, 2, 3, 0, 0, 1, 2, 3}}, static_cast<std::size_t>(vocabulary));
        const std::vector<TokenId> wanted = {1, 2, 3};
        const auto first = find_tokens(*corpus, wanted, {0, 0});
        QVERIFY((first == CorpusPlace{0, 0}));
        const auto second = find_tokens(*corpus, wanted, {0, 1});
        QVERIFY((second == CorpusPlace{2, 2}));
        QVERIFY((find_tokens(*corpus, wanted, {2, 3}) == CorpusPlace{2, 7}));
        QVERIFY(!find_tokens(*corpus, wanted, {2, 8}));
        QVERIFY(!find_tokens(*corpus, std::vector<TokenId>{3, 2}, {0, 0}));  // not across documents
        QVERIFY(!find_tokens(*corpus, std::vector<TokenId>{}, {0, 0}));
        QVERIFY(!find_tokens(*corpus, std::vector<TokenId>{-1}, {0, 0}));
        QVERIFY(!find_tokens(*corpus, std::vector<TokenId>{vocabulary}, {0, 0}));
        QVERIFY(!find_tokens(*corpus, wanted, {3, 0}));
    }

    void notBetweenTheBytesOfTwoTokens() {  // 0x0101 0x0101 holds the bytes 01 01 three times, the token twice
        const auto corpus = of({{0x0100, 0x0001, 0x0101}}, 3000);
        QVERIFY((find_tokens(*corpus, std::vector<TokenId>{0x0101}, {0, 0}) == CorpusPlace{0, 2}));
    }

    void findsTextWhateverItsTokens() {
        ReadOptions options;
        options.format = CorpusFormat::lines;
        options.tokens = TextTokens::merges;
        options.merges = 20;
        const auto corpus = parse_corpus("the cat sat\nthe cat\nthe dog sat on the cat\n", "x", options);
        const auto match = find_text(*corpus, "at sa", {0, 0});
        QVERIFY(match);
        QCOMPARE(match->place.document, std::size_t{0});
        const auto shown = corpus->document(0).subspan(match->place.offset, match->tokens).to_vector();
        QVERIFY(corpus->vocabulary().text(shown).find("at sa") != std::string::npos);
        const auto next = find_text(*corpus, "cat", {0, match->place.offset + 1});
        QVERIFY(next && next->place.document == 1);
        QVERIFY(!find_text(*corpus, "cow", {0, 0}));
    }
};

QTEST_APPLESS_MAIN(TestCorpusStudio)
#include "tst_corpus_studio.moc"
