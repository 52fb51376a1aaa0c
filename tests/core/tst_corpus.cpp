#include <QtTest>
#include <cmath>
#include <limits>
#include <set>

#include "core/base/error.h"
#include "core/corpus/corpus.h"

using namespace gamegpt;

// Document i is {i, i, 1}, so that documents can be told apart.
static std::shared_ptr<Corpus> numbered(std::size_t documents) {
    std::vector<TokenId> tokens;
    std::vector<std::size_t> offsets = {0};
    for (std::size_t i = 0; i < documents; ++i) {
        tokens.insert(tokens.end(), {static_cast<TokenId>(i), static_cast<TokenId>(i), 1});
        offsets.push_back(tokens.size());
    }
    const auto vocabulary = std::make_shared<const Vocabulary>(Vocabulary::numbers(std::max<std::size_t>(documents, 2)));
    return std::make_shared<Corpus>(vocabulary, tokens, offsets, CorpusFormat::episodes_json, "numbered");
}

static std::shared_ptr<Corpus> oneDocument(std::size_t length) {
    std::vector<TokenId> tokens;
    for (std::size_t i = 0; i < length; ++i) tokens.push_back(static_cast<TokenId>(i));
    const auto vocabulary = std::make_shared<const Vocabulary>(Vocabulary::numbers(length));
    return std::make_shared<Corpus>(vocabulary, tokens, std::vector<std::size_t>{0, length}, CorpusFormat::long_text, "text");
}

static std::vector<TokenId> firsts(const Corpus& corpus) {
    std::vector<TokenId> ids;
    for (std::size_t i = 0; i < corpus.documents(); ++i) ids.push_back(corpus.document(i)[0]);
    return ids;
}

class TestCorpus : public QObject {
    Q_OBJECT

   private slots:
    void knowsItsDocuments() {
        const auto vocabulary = std::make_shared<const Vocabulary>(Vocabulary::numbers(5));
        const Corpus corpus(vocabulary, {4, 3, 2, 1, 0}, {0, 2, 5}, CorpusFormat::episodes_json, "five");
        QCOMPARE(corpus.documents(), std::size_t{2});
        QCOMPARE(corpus.tokens(), std::size_t{5});
        QCOMPARE(corpus.document(1).size(), std::size_t{3});
        QCOMPARE(corpus.document(1)[0], 2);
        QCOMPARE(corpus.shortest(), std::size_t{2});
        QCOMPARE(corpus.longest(), std::size_t{3});
    }

    void countsLengthsInBars() {
        const auto vocabulary = std::make_shared<const Vocabulary>(Vocabulary::numbers(2));
        const Corpus few(vocabulary, {0, 0, 1, 0, 1}, {0, 1, 2, 5}, CorpusFormat::lines, "1, 1 and 3");
        QCOMPARE(few.length_bars(), (std::vector<std::size_t>{2, 0, 1}));
        const Corpus far(vocabulary, std::vector<TokenId>(1006), {0, 1, 6, 1006}, CorpusFormat::lines, "1, 5 and 1000");
        QCOMPARE(far.length_bars().size(), std::size_t{36});
        QCOMPARE(far.length_bars().front(), std::size_t{2});
        QCOMPARE(far.length_bars().back(), std::size_t{1});
    }

    void refuses_data() {
        QTest::addColumn<std::vector<int>>("tokens");
        QTest::addColumn<std::vector<int>>("offsets");
        QTest::newRow("no offsets") << std::vector<int>{0, 1} << std::vector<int>{};
        QTest::newRow("no document") << std::vector<int>{} << std::vector<int>{0};
        QTest::newRow("starts late") << std::vector<int>{0, 1} << std::vector<int>{1, 2};
        QTest::newRow("ends early") << std::vector<int>{0, 1} << std::vector<int>{0, 1};
        QTest::newRow("falls") << std::vector<int>{0, 1} << std::vector<int>{0, 2, 1, 2};
        QTest::newRow("a negative ID") << std::vector<int>{0, -1} << std::vector<int>{0, 2};
        QTest::newRow("an ID too large") << std::vector<int>{0, 5} << std::vector<int>{0, 2};
    }
    void refuses() {
        QFETCH(std::vector<int>, tokens);
        QFETCH(std::vector<int>, offsets);
        const auto vocabulary = std::make_shared<const Vocabulary>(Vocabulary::numbers(5));
        const auto make = [&] {
            return Corpus(vocabulary, {tokens.begin(), tokens.end()}, {offsets.begin(), offsets.end()},
                          CorpusFormat::episodes_json, "bad");
        };
        QVERIFY_EXCEPTION_THROWN(make(), Error);
    }

    void theHashIsOfTheContent() {
        const std::string hash = numbered(3)->content_hash();
        QCOMPARE(hash.size(), std::size_t{16});
        QCOMPARE(numbered(3)->content_hash(), hash);
        QVERIFY(numbered(4)->content_hash() != hash);
        const auto vocabulary = numbered(3)->vocabulary_ptr();
        const Corpus other_cut(vocabulary, {0, 0, 1, 1, 1, 1, 2, 2, 1}, {0, 4, 6, 9}, CorpusFormat::lines, "other");
        QVERIFY(other_cut.content_hash() != hash);
        const Corpus other_name(vocabulary, {0, 0, 1, 1, 1, 1, 2, 2, 1}, {0, 3, 6, 9}, CorpusFormat::lines, "other");
        QCOMPARE(other_name.content_hash(), hash);
    }

    void splitsDocuments_data() {
        QTest::addColumn<int>("documents");
        QTest::addColumn<double>("share");
        QTest::addColumn<int>("held_out");
        QTest::newRow("a tenth") << 200 << 0.1 << 20;
        QTest::newRow("a half") << 7 << 0.5 << 4;
        QTest::newRow("rounded") << 26 << 0.1 << 3;
        QTest::newRow("at least one") << 5 << 0.01 << 1;
        QTest::newRow("one stays") << 5 << 0.999 << 4;
        QTest::newRow("two") << 2 << 0.1 << 1;
    }
    void splitsDocuments() {
        QFETCH(int, documents);
        QFETCH(double, share);
        QFETCH(int, held_out);
        const auto whole = numbered(static_cast<std::size_t>(documents));
        const CorpusSplit sides = split(whole, share, 7);
        QCOMPARE(sides.held_out->documents(), static_cast<std::size_t>(held_out));
        QCOMPARE(sides.train->documents(), static_cast<std::size_t>(documents - held_out));
        QCOMPARE(sides.train->vocabulary_ptr(), sides.held_out->vocabulary_ptr());

        const std::vector<TokenId> train = firsts(*sides.train);
        const std::vector<TokenId> held = firsts(*sides.held_out);
        QVERIFY(std::is_sorted(train.begin(), train.end()));
        QVERIFY(std::is_sorted(held.begin(), held.end()));
        std::set<TokenId> together(train.begin(), train.end());
        together.insert(held.begin(), held.end());
        QCOMPARE(together.size(), static_cast<std::size_t>(documents));  // disjoint and complete
    }

    void theSeedDraws() {
        const auto whole = numbered(200);
        QCOMPARE(firsts(*split(whole, 0.1, 1).held_out), firsts(*split(whole, 0.1, 1).held_out));
        QVERIFY(firsts(*split(whole, 0.1, 1).held_out) != firsts(*split(whole, 0.1, 2).held_out));
    }

    void aLongTextIsCutAtItsEnd() {
        const CorpusSplit sides = split(oneDocument(100), 0.1, 1);
        QCOMPARE(sides.train->tokens(), std::size_t{90});
        QCOMPARE(sides.held_out->tokens(), std::size_t{10});
        QCOMPARE(sides.train->document(0)[0], 0);
        QCOMPARE(sides.held_out->document(0)[0], 90);
        QCOMPARE(sides.held_out->document(0)[9], 99);
    }

    void aShortTextStaysWhole() {
        const auto whole = oneDocument(10);
        const CorpusSplit sides = split(whole, 0.1, 1);
        QCOMPARE(sides.train.get(), whole.get());
        QVERIFY(!sides.held_out);
    }

    void nothingHeldOut() {
        const std::shared_ptr<const Corpus> whole = numbered(5);
        const CorpusSplit sides = split(whole, 0, 1);
        QCOMPARE(sides.train, whole);
        QVERIFY(!sides.held_out);
    }

    void warningsStayWithTheTrainingSide() {
        const auto whole = numbered(5);
        whole->add_warning("Mind the gap.");
        const CorpusSplit sides = split(whole, 0.2, 1);
        QCOMPARE(sides.train->warnings(), whole->warnings());
        QVERIFY(sides.held_out->warnings().empty());
    }

    void refusesAShare_data() {
        QTest::addColumn<double>("share");
        QTest::newRow("all") << 1.0;
        QTest::newRow("negative") << -0.1;
        QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN();
    }
    void refusesAShare() {
        QFETCH(double, share);
        QVERIFY_EXCEPTION_THROWN(split(numbered(5), share, 1), Error);
    }
};

QTEST_APPLESS_MAIN(TestCorpus)
#include "tst_corpus.moc"
