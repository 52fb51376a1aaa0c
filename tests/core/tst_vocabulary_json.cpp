#include <QtTest>

#include "core/base/error.h"
#include "core/base/text_file.h"
#include "core/corpus/readers.h"
#include "core/formats/vocabulary_json.h"

using namespace gamegpt;

static QString complaint(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

class TestVocabularyJson : public QObject {
    Q_OBJECT

   private slots:
    void goesRoundTrip_data() {
        QTest::addColumn<int>("tokens");
        QTest::newRow("characters") << static_cast<int>(TextTokens::characters);
        QTest::newRow("bytes") << static_cast<int>(TextTokens::bytes);
        QTest::newRow("words") << static_cast<int>(TextTokens::words);
        QTest::newRow("merges") << static_cast<int>(TextTokens::merges);
    }
    void goesRoundTrip() {
        QFETCH(int, tokens);
        for (const auto format : {CorpusFormat::lines, CorpusFormat::long_text}) {
            ReadOptions options;
            options.format = format;
            options.tokens = static_cast<TextTokens>(tokens);
            options.merges = 5;
            const auto corpus = parse_corpus("zo\xc3\xab \"and\" zo\xc3\xab <UNK>\n\\and \xe2\x82\xac\n", "x", options);
            const Vocabulary& vocabulary = corpus->vocabulary();
            const std::string written = vocabulary_json(vocabulary);
            const Vocabulary read = parse_vocabulary_json(written, "x");
            QVERIFY(read == vocabulary);
            QVERIFY(read.bos() == vocabulary.bos() && read.eos() == vocabulary.eos() && read.unknown() == vocabulary.unknown());
            QCOMPARE(vocabulary_json(read), written);
            QCOMPARE(read.encode("zo\xc3\xab and"), vocabulary.encode("zo\xc3\xab and"));
        }
    }

    void looksLikeThis() {
        const Vocabulary vocabulary(Vocabulary::Kind::characters, {"\n", "\"", "<BOS>"}, 2, 2);
        QCOMPARE(QString::fromStdString(vocabulary_json(vocabulary)),
                 QString("{\n  \"kind\": \"characters\",\n  \"bos\": 2,\n  \"eos\": 2,\n  \"unknown\": null,\n"
                         "  \"tokens\": [\n    \"\\n\",\n    \"\\\"\",\n    \"<BOS>\"\n  ],\n  \"merges\": []\n}\n"));
        const std::string merged = vocabulary_json(Vocabulary::merged({{0xc3, 0xab}, {256, 0xc3}}, {}));
        QVERIFY(merged.find("\n    [195],\n") != std::string::npos);
        QVERIFY(merged.find("\n    \"\xc3\xab\",\n    [195, 171, 195]\n  ],\n  \"merges\": [\n    [195, 171],\n    [256, 195]\n  ]\n}\n") !=
                std::string::npos);
    }

    void refuses_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const QByteArray& bytes, const QString& sentence) {
            QTest::newRow(name) << bytes << "v.json" + sentence;
        };
        row("nothing", "", ", line 1: found no JSON at byte 1; a vocabulary file was expected");
        row("cut off", "{\"kind\":\n", ", line 2: found no JSON at byte 10; a vocabulary file was expected");
        row("a list", "[]", ": found a list; an object with kind and tokens was expected");
        row("no kind", "{}", ": found no \"kind\"; a vocabulary file has one");
        row("another kind", "{\"kind\": 7}", ": found 7 as kind; game, characters, words, numbers, bytes or merges was expected");
        const QByteArray head = "{\"kind\": \"words\", \"bos\": null, \"eos\": null, \"unknown\": null, ";
        row("a special token that is no ID", "{\"kind\": \"words\", \"bos\": \"a\"}", ": found the string 'a' as bos; a token ID was expected");
        row("no list of tokens", head + "\"tokens\": {}}", ": found an object as tokens; a list of them was expected");
        row("a token that is none", head + "\"tokens\": [\"a\", 7]}", ": found 7 in token 1; a string or a list of byte values was expected");
        row("a byte that is none", head + "\"tokens\": [[256]]}", ": found 256 in token 0; a string or a list of byte values was expected");
        row("a token twice", head + "\"tokens\": [\"a\", \"a\"]}", ": two tokens have the name 'a'");
        row("a boundary beyond the end", "{\"kind\": \"words\", \"bos\": 3, \"eos\": null, \"unknown\": null, \"tokens\": [\"a\"]}",
            ": the special token 3 is not one of the 1 tokens");
        const QByteArray merges = "{\"kind\": \"merges\", \"bos\": null, \"eos\": null, \"unknown\": null, \"tokens\": [\"a\"], \"merges\": ";
        row("no pairs", merges + "7}", ": found 7 as merges; a list of pairs was expected");
        row("half a pair", merges + "[[1]]}", ": found a list as merge 0; a pair of token IDs was expected");
        row("a merge of what is not there", merges + "[[1, 256]]}", ": merge 0 joins token 256, which is not there yet");
        row("other tokens than the merges give", merges + "[[1, 2]]}", ": the tokens are not what the merges give");
    }
    void refuses() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, sentence);
        QCOMPARE(complaint([&] { parse_vocabulary_json(bytes.toStdString(), "v.json"); }), sentence);
    }

    void standsBesideTheWeights() {
        QTemporaryDir folder;
        const std::string weights = folder.filePath("w.txt").toStdString();
        QVERIFY(!vocabulary_beside(weights));
        replace_file(weights, [](std::ostream& out) { out << "weights"; });
        save_vocabulary_beside(weights, Vocabulary::game());  // needs no file
        QVERIFY(!vocabulary_beside(weights));
        save_vocabulary_beside(weights, Vocabulary::bytes("<BOS>"));
        QVERIFY(*vocabulary_beside(weights) == Vocabulary::bytes("<BOS>"));
        QVERIFY(QFile::exists(folder.filePath("w.txt.vocabulary.json")));
        save_vocabulary_beside(weights, Vocabulary::game());  // the old one would be wrong now
        QVERIFY(*vocabulary_beside(weights) == Vocabulary::game());
    }

    void misfitsAreNamed() {
        const auto ab = parse_corpus("ab\n", "ab.txt", CorpusFormat::lines);
        const auto ac = parse_corpus("ac\n", "ac.txt", CorpusFormat::lines);
        const auto abc = parse_corpus("abc\n", "abc.txt", CorpusFormat::lines);
        check_same_tokens(ab->vocabulary(), *ab);
        QCOMPARE(complaint([&] { check_same_tokens(ab->vocabulary(), *abc); }),
                 QString("the weights know 3 tokens, but abc.txt has a vocabulary of 4"));
        QCOMPARE(complaint([&] { check_same_tokens(ab->vocabulary(), *ac); }),
                 QString("token 1 is 'b' for the weights, but 'c' in ac.txt"));
    }
};

QTEST_APPLESS_MAIN(TestVocabularyJson)
#include "tst_vocabulary_json.moc"
