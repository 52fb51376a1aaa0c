// Runs the fuzz targets' bodies, in every build, on a fixed set of damaged inputs: the real fuzzers need clang and time.

#include <QtTest>

#include "core/base/python_random.h"
#include "core/snake/episodes.h"
#include "tests/fuzz/fuzz_bodies.h"

using namespace gamegpt;

// One damage of the kind that fuzzers do: a byte changed, bytes cut out, a piece doubled, the end cut off.
static std::string damaged(std::string bytes, PythonRandom& random) {
    const std::size_t at = random.choice_index(bytes.size());
    const std::size_t length = 1 + random.choice_index(std::min<std::size_t>(bytes.size() - at, 16));
    switch (random.choice_index(4)) {
        case 0: bytes[at] = static_cast<char>(random.getrandbits(8)); break;
        case 1: bytes.erase(at, length); break;
        case 2: bytes.insert(at, bytes.substr(at, length)); break;
        default: bytes.resize(at); break;
    }
    return bytes.empty() ? "\n" : bytes;
}

class TestFuzzCorpus : public QObject {
    Q_OBJECT

   private slots:
    void onlyErrorsComeOut_data() {
        QTest::addColumn<QByteArray>("seed");
        QTest::newRow("episodes") << QByteArray("[[0, 3, 4, 20, 30, 8, 53], [0, 70000, -1, 1.5e3], [\"\\u00e9\", null]]");
        QTest::newRow("good episodes") << QByteArray("[[0, 3, 4, 20, 1], [0, 99, 1]]");
        QTest::newRow("names") << QByteArray("\xef\xbb\xbf" "emma\nzo\xc3\xab\r\n\n\xe2\x82\xac \xf0\x9f\x98\x80\n");
        QTest::newRow("token names") << QByteArray("BOS SNAP PLAYER X5 Y5\nTICK MOVE X5 <BOS>\n");
        QTest::newRow("prose") << QByteArray("To be, or not to be:\n\nthat is the question.\n");
        QTest::newRow("two spaces") << QByteArray("the cat  sat\n\n the  cat on the mat the cat\n");
        QTest::newRow("a vocabulary") << QByteArray(
            "{\"kind\": \"words\", \"bos\": 2, \"eos\": null, \"unknown\": 1, \"tokens\": [\"a\", \"<UNK>\", [60, 255]], \"merges\": []}");
        QTest::newRow("merges") << QByteArray::fromStdString(vocabulary_json(Vocabulary::merged({{97, 98}, {256, 195}}, "<BOS>")));
        QTest::newRow("weights") << QByteArray("wte|0|0.00000000 1.00000000\nwte|1|-0.50000000 nan\nwpe|0|1e9 2\n\nlm_head|0|1 2\n");
    }
    void onlyErrorsComeOut() {
        QFETCH(QByteArray, seed);
        PythonRandom random(1);
        for (int i = 0; i < 100; ++i) {
            std::string bytes = seed.toStdString();
            for (std::size_t n = random.choice_index(5); n > 0; --n) bytes = damaged(std::move(bytes), random);
            fuzz::readers(bytes);
            fuzz::weights_text(bytes);
            fuzz::vocabulary(bytes);
        }
    }

    void judgesOfGamesAgree() {
        PythonRandom random(2);
        const auto corpus = snake::collect({.episodes = 10, .rules = {.board_size = 4, .tick_limit = 20}});
        for (int i = 0; i < 300; ++i) {
            // Board of 4, tick limit 1 + 19, a snapshot every 1 to 8.
            std::string bytes = {2, static_cast<char>(19 * 8 + random.choice_index(8))};
            for (const TokenId id : corpus->document(random.choice_index(corpus->documents())))
                bytes += static_cast<char>(id + 2);
            for (std::size_t n = random.choice_index(3); n > 0; --n) bytes = damaged(std::move(bytes), random);
            fuzz::games(bytes);
        }
    }
};

QTEST_APPLESS_MAIN(TestFuzzCorpus)
#include "tst_fuzz_corpus.moc"
