#include <QtTest>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/python_random.h"

using namespace gamegpt;
using nlohmann::json;

// Draws as many as the fixture holds and compares them one by one.
template <typename T, typename Draw>
static void compareAll(const json& expected, Draw draw) {
    QVERIFY(!expected.empty());
    for (std::size_t i = 0; i < expected.size(); ++i) QCOMPARE(draw(), expected[i].get<T>());
}

class TestRandom : public QObject {
    Q_OBJECT

   private slots:
    void initTestCase() {
        std::ifstream in(GAMEGPT_FIXTURES "/random.json");
        QVERIFY(in.is_open());
        fixture_ = json::parse(in);
        QCOMPARE(fixture_.size(), std::size_t{8});
    }

    void drawsAsCPython_data() {
        QTest::addColumn<QString>("key");
        for (const auto& entry : fixture_.items()) QTest::newRow(entry.key().c_str()) << QString::fromStdString(entry.key());
    }
    void drawsAsCPython() {
        QFETCH(QString, key);
        const json& expected = fixture_[key.toStdString()];
        PythonRandom random(key.startsWith("seed123") ? 123 : 42);
        if (key.contains("random")) {
            for (const json& value : expected) QVERIFY(random.random() == value.get<double>());  // to the last bit
        } else if (key.endsWith("gauss(0,0.08)")) {
            compareAll<double>(expected, [&] { return random.gauss(0, 0.08); });
        } else if (key.endsWith("gauss(0,1)")) {
            compareAll<double>(expected, [&] { return random.gauss(0, 1); });
        } else if (key.endsWith("choice(range(200))")) {
            compareAll<std::size_t>(expected, [&] { return random.choice_index(200); });
        } else if (key.endsWith("randint(0,449)")) {
            compareAll<std::int64_t>(expected, [&] { return random.randint(0, 449); });
        } else if (key.endsWith("getrandbits(32)")) {
            compareAll<std::uint32_t>(expected, [&] { return random.getrandbits(32); });
        } else if (key.endsWith("shuffle(range(20))")) {
            std::vector<int> shuffled(20);
            for (int i = 0; i < 20; ++i) shuffled[static_cast<std::size_t>(i)] = i;
            for (std::size_t i = 19; i > 0; --i) std::swap(shuffled[i], shuffled[random.choice_index(i + 1)]);
            QCOMPARE(shuffled, expected.get<std::vector<int>>());
        } else {
            QFAIL("an entry of the fixture that nothing checks");
        }
    }

    void choicesFollowTheWeights_data() {
        QTest::addColumn<std::vector<double>>("weights");
        QTest::addColumn<std::vector<int>>("expected");
        // random.Random(42).choices(range(n), weights, k=10)
        QTest::newRow("agents") << std::vector<double>{.4, .4, .2} << std::vector<int>{1, 0, 0, 0, 1, 1, 2, 0, 1, 0};
        QTest::newRow("one") << std::vector<double>{3} << std::vector<int>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        QTest::newRow("zeros") << std::vector<double>{0, 1, 0} << std::vector<int>{1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    }
    void choicesFollowTheWeights() {
        QFETCH(std::vector<double>, weights);
        QFETCH(std::vector<int>, expected);
        PythonRandom random(42);
        for (const int index : expected) QCOMPARE(random.choices_index(weights), static_cast<std::size_t>(index));
    }

    void aSeedOfTwoWords() {  // random.Random(2**40 + 7).random()
        PythonRandom random((std::uint64_t{1} << 40) + 7);
        QCOMPARE(random.random(), 0.6137037779936511);
    }

    void aCopyGoesOnAlike() {
        PythonRandom random(5);
        random.gauss(0, 1);  // leaves the sine of the pair behind
        PythonRandom copy = random;
        QVERIFY(copy == random);
        QCOMPARE(copy.gauss(0, 1), random.gauss(0, 1));
        copy.random();
        QVERIFY(!(copy == random));
    }

    void refusesAnEmptyRange() {
        PythonRandom random(1);
        QVERIFY_EXCEPTION_THROWN(random.randbelow(0), Error);
        QVERIFY_EXCEPTION_THROWN(random.randint(3, 2), Error);
        QVERIFY_EXCEPTION_THROWN(random.getrandbits(33), Error);
        QVERIFY_EXCEPTION_THROWN(random.choices_index({}), Error);
    }

   private:
    json fixture_;
};

QTEST_APPLESS_MAIN(TestRandom)
#include "tst_random.moc"
