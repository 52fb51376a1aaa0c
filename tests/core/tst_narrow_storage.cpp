#include <QtTest>

#include <numeric>

#include "core/base/narrow_array.h"
#include "core/base/python_random.h"
#include "core/corpus/corpus.h"
#include "core/train/window_sampler.h"

using namespace gamegpt;

static std::vector<std::uint64_t> values(const NarrowArray& array) {
    std::vector<std::uint64_t> all;
    for (std::size_t i = 0; i < array.size(); ++i) all.push_back(array[i]);
    return all;
}

class TestNarrowStorage : public QObject {
    Q_OBJECT

   private slots:
    void widensWhenItMust_data() {
        QTest::addColumn<quint64>("largest");
        QTest::addColumn<int>("width");
        QTest::newRow("one byte") << quint64{255} << 1;
        QTest::newRow("two bytes") << quint64{256} << 2;
        QTest::newRow("two bytes, full") << quint64{65535} << 2;
        QTest::newRow("four bytes") << quint64{65536} << 4;
        QTest::newRow("four bytes, full") << quint64{0xffffffff} << 4;
        QTest::newRow("eight bytes") << quint64{0x100000000} << 8;
        QTest::newRow("eight bytes, full") << ~quint64{0} << 8;
    }
    void widensWhenItMust() {
        QFETCH(quint64, largest);
        QFETCH(int, width);
        NarrowArray array;
        std::vector<std::uint64_t> expected(100);
        std::iota(expected.begin(), expected.end(), 0);
        for (const std::uint64_t value : expected) array.push_back(value);
        QCOMPARE(array.width(), std::size_t{1});
        array.push_back(largest);
        array.push_back(7);
        expected.insert(expected.end(), {largest, 7});
        QCOMPARE(array.width(), static_cast<std::size_t>(width));
        QCOMPARE(values(array), expected);
        QCOMPARE(array.largest(), std::uint64_t{largest});
        array.set(3, largest);
        QCOMPARE(array[3], std::uint64_t{largest});
        QCOMPARE(array[4], std::uint64_t{4});
        array.shrink();
        QCOMPARE(array.bytes(), array.size() * array.width());
    }

    void resizesWithZeros() {
        NarrowArray array;
        array.reserve(10, 300);
        QCOMPARE(array.width(), std::size_t{2});
        array.push_back(9);
        array.resize(4);
        QCOMPARE(values(array), (std::vector<std::uint64_t>{9, 0, 0, 0}));
        array.resize(1);
        QCOMPARE(values(array), (std::vector<std::uint64_t>{9}));
        NarrowArray moved = std::move(array);
        QCOMPARE(moved.size(), std::size_t{1});
        moved.resize(0);
        moved.shrink();
        QVERIFY(moved.empty() && moved.bytes() == 0);
    }

    void aTableKnowsWhereDocumentsStand() {
        DocumentTable table;
        PythonRandom random(1);
        std::vector<std::size_t> starts, lengths;
        std::size_t at = 0;
        for (int i = 0; i < 1000; ++i) {
            starts.push_back(at);
            lengths.push_back(i == 500 ? 70000 : random.choice_index(200));
            table.add(lengths.back());
            at += lengths.back();
        }
        QCOMPARE(table.size(), std::size_t{1000});
        QCOMPARE(table.tokens(), at);
        for (std::size_t i = 0; i < starts.size(); ++i) {
            QCOMPARE(table.start(i), starts[i]);
            QCOMPARE(table.length(i), lengths[i]);
        }
    }

    void shortLinesTakeLittleMoreThanAByteEach() {
        DocumentTable table;
        for (int i = 0; i < 100'000; ++i) table.add(8);
        table.shrink();
        QVERIFY(table.bytes() <= 130'000);
    }

    void aViewIsARunOfTokens_data() {
        QTest::addColumn<int>("factor");
        QTest::newRow("a byte each") << 1;
        QTest::newRow("two bytes each") << 1000;
    }
    void aViewIsARunOfTokens() {
        QFETCH(int, factor);
        std::vector<TokenId> ids(60);
        for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = static_cast<TokenId>(i) * factor;
        const auto vocabulary = std::make_shared<const Vocabulary>(Vocabulary::numbers(60 * static_cast<std::size_t>(factor)));
        const Corpus corpus(vocabulary, ids, {0, 20, 60}, CorpusFormat::episodes_json, "two");
        const TokenView document = corpus.document(1);
        QCOMPARE(document.width(), std::size_t{factor == 1 ? 1U : 2U});
        QCOMPARE(document.size(), std::size_t{40});
        QCOMPARE(document.front(), ids[20]);
        QCOMPARE(document.back(), ids[59]);
        QCOMPARE(document[3], ids[23]);
        QCOMPARE(document.to_vector(), std::vector<TokenId>(ids.begin() + 20, ids.end()));
        QCOMPARE(std::vector<TokenId>(document.begin(), document.end()), document.to_vector());
        QCOMPARE(document.subspan(4, 3).to_vector(), std::vector<TokenId>(ids.begin() + 24, ids.begin() + 27));
        QCOMPARE(document.first(2).to_vector(), std::vector<TokenId>(ids.begin() + 20, ids.begin() + 22));
        QCOMPARE(document.last(2).to_vector(), std::vector<TokenId>(ids.end() - 2, ids.end()));
        QVERIFY(document.subspan(40).empty());
        QCOMPARE(std::lower_bound(document.begin(), document.end(), ids[30]) - document.begin(), std::ptrdiff_t{10});
    }

    void aSplitSharesTheTokens() {
        std::vector<TokenId> ids(30);
        std::iota(ids.begin(), ids.end(), 0);
        const auto whole = std::make_shared<Corpus>(std::make_shared<const Vocabulary>(Vocabulary::numbers(30)), ids,
                                                    std::vector<std::size_t>{0, 10, 20, 30}, CorpusFormat::lines, "three");
        whole->set_sources({{"a", "b", "c"}, {0, 1, 2}});
        const CorpusSplit sides = split(whole, 0.3, 1);
        for (const auto& side : {sides.train, sides.held_out})
            for (std::size_t i = 0; i < side->documents(); ++i) {
                const auto row = static_cast<std::size_t>(side->document(i)[0] / 10);
                QVERIFY(side->document(i).data() == whole->document(row).data());
                QCOMPARE(side->sources().names[side->sources().of_document[i]], std::string(1, static_cast<char>('a' + row)));
            }
    }

    // Every token is told apart by its value, so that a window shows where it was taken from.
    void heldOutNeverLeaksIntoTraining_data() {
        QTest::addColumn<int>("documents");
        QTest::newRow("many documents") << 60;
        QTest::newRow("one long document") << 1;
    }
    void heldOutNeverLeaksIntoTraining() {
        QFETCH(int, documents);
        constexpr std::size_t tokens = 3000;
        std::vector<TokenId> ids(tokens);
        std::iota(ids.begin(), ids.end(), 0);
        std::vector<std::size_t> offsets;
        for (int i = 0; i <= documents; ++i) offsets.push_back(tokens * static_cast<std::size_t>(i) / static_cast<std::size_t>(documents));
        const auto whole = std::make_shared<const Corpus>(std::make_shared<const Vocabulary>(Vocabulary::numbers(tokens)), ids,
                                                          offsets, CorpusFormat::lines, "told apart");
        for (const std::uint64_t seed : {1U, 2U, 42U}) {
            const CorpusSplit sides = split(whole, 0.2, seed);
            std::vector<int> side_of(tokens, 0);
            const auto mark = [&](const Corpus& corpus, int side) {
                WindowSampler sampler(std::make_shared<const Corpus>(corpus), 16, seed);
                std::vector<TokenId> window;
                for (int i = 0; i < 20'000; ++i) {
                    sampler.next(window);
                    for (const TokenId id : window) {
                        if (side_of[static_cast<std::size_t>(id)] == 3 - side) return false;
                        side_of[static_cast<std::size_t>(id)] = side;
                    }
                }
                return true;
            };
            QVERIFY(mark(*sides.train, 1));
            QVERIFY(mark(*sides.held_out, 2));
            QCOMPARE(std::count(side_of.begin(), side_of.end(), 0), std::ptrdiff_t{0});  // all windows were drawn
        }
    }
};

QTEST_APPLESS_MAIN(TestNarrowStorage)
#include "tst_narrow_storage.moc"
