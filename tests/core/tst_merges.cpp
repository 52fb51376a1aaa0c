#include <QtTest>

#include <algorithm>

#include "core/base/error.h"
#include "core/corpus/merges.h"
#include "core/corpus/readers.h"

using namespace gamegpt;

static ReadOptions merging(std::size_t merges, CorpusFormat format = CorpusFormat::lines) {
    ReadOptions options;
    options.format = format;
    options.tokens = TextTokens::merges;
    options.merges = merges;
    return options;
}

static const std::string prose =
    "The sun was shining on the sea,\nShining with all his might:\n\n  He did his very best to make\n"
    "The billows smooth and bright \xe2\x80\x94 zo\xc3\xab\t\xf0\x9f\x98\x80!\r\nThe end";

class TestMerges : public QObject {
    Q_OBJECT

   private slots:
    void textsFallIntoPieces_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("pieces");
        QTest::newRow("words") << "the cat sat" << QStringList{"the", " cat", " sat"};
        QTest::newRow("two spaces") << "a  b" << QStringList{"a", " ", " b"};
        QTest::newRow("a line feed") << "a\nb" << QStringList{"a", "\n", "b"};
        QTest::newRow("an indent") << "a\n\n   b" << QStringList{"a", "\n\n  ", " b"};
        QTest::newRow("a tab") << "a\tb" << QStringList{"a", "\t", "b"};
        QTest::newRow("at the end") << "a " << QStringList{"a", " "};
        QTest::newRow("at the start") << "  a" << QStringList{" ", " a"};
        QTest::newRow("nothing") << "" << QStringList{};
        QTest::newRow("a long run") << QString(100, 'x') << QStringList{QString(64, 'x'), QString(36, 'x')};
    }
    void textsFallIntoPieces() {
        QFETCH(QString, text);
        QFETCH(QStringList, pieces);
        const std::string bytes = text.toStdString();
        std::string_view rest = bytes;
        QStringList taken;
        for (auto piece = take_piece(rest); !piece.empty(); piece = take_piece(rest))
            taken << QString::fromUtf8(piece.data(), static_cast<qsizetype>(piece.size()));
        QCOMPARE(taken, pieces);
    }

    // By hand: "aa" occurs 4 times; of "aa|a" and "ab", twice each, "ab" has the smaller left ID; then "aa|ab" twice.
    void workedOutByHand() {
        const auto corpus = parse_corpus("aaabdaaabac\n", "x", merging(10));
        const Vocabulary& vocabulary = corpus->vocabulary();
        QCOMPARE(vocabulary.merges(), (std::vector<Merge>{{97, 97}, {97, 98}, {256, 257}}));
        QCOMPARE(vocabulary.size(), std::size_t{256 + 3 + 1});
        QCOMPARE(vocabulary.name(258), std::string("aaab"));
        QCOMPARE(corpus->document(0).to_vector(), (std::vector<TokenId>{259, 258, 'd', 258, 'a', 'c', 259}));
        QCOMPARE(vocabulary.encode("aab"), (std::vector<TokenId>{256, 'b'}));
        QCOMPARE(vocabulary.encode("abaa"), (std::vector<TokenId>{257, 256}));
    }

    void theCountIsRespected() {
        for (const std::size_t count : {0U, 1U, 2U, 5U}) {
            const auto corpus = parse_corpus(prose, "x", merging(count, CorpusFormat::long_text));
            QCOMPARE(corpus->vocabulary().merges().size(), count);
            QCOMPARE(corpus->vocabulary().size(), 256 + count);
        }
    }

    void neverAcrossPieces() {
        std::string text;
        for (int i = 0; i < 50; ++i) text += "ab ab\n";
        const auto corpus = parse_corpus(text, "x", merging(100, CorpusFormat::long_text));
        for (std::size_t i = 256; i < corpus->vocabulary().size(); ++i) {
            const std::string& name = corpus->vocabulary().names()[i];
            QVERIFY2(name.find(' ', 1) == std::string::npos && name.find("b\n") == std::string::npos, name.c_str());
        }
    }

    void goesRoundTrip_data() {
        QTest::addColumn<int>("tokens");
        QTest::newRow("characters") << static_cast<int>(TextTokens::characters);
        QTest::newRow("bytes") << static_cast<int>(TextTokens::bytes);
        QTest::newRow("merges") << static_cast<int>(TextTokens::merges);
    }
    void goesRoundTrip() {
        QFETCH(int, tokens);
        ReadOptions options = merging(30, CorpusFormat::long_text);
        options.tokens = static_cast<TextTokens>(tokens);
        const auto corpus = parse_corpus(prose, "x", options);
        QString expected = QString::fromStdString(prose);
        expected.replace("\r\n", "\n");
        const std::string text = corpus->vocabulary().text(corpus->document(0).to_vector());
        QCOMPARE(QString::fromStdString(text), expected);
        QCOMPARE(corpus->vocabulary().encode(text), corpus->document(0).to_vector());
        QCOMPARE(parse_corpus(prose, "x", options)->content_hash(), corpus->content_hash());
    }

    void anyBytesAreTokens() {
        ReadOptions options = merging(4, CorpusFormat::long_text);
        const auto corpus = parse_corpus("\xff\xfe\xff\xfe zo\xeb", "x", options);
        QCOMPARE(QString::fromStdString(corpus->vocabulary().label(0xff)), QString("\\xFF"));
        QCOMPARE(QString::fromStdString(corpus->vocabulary().text(std::vector<TokenId>{'a', 0xff, 'b'})),
                 QString::fromUtf8("a\xef\xbf\xbd" "b"));
        QCOMPARE(corpus->vocabulary().merges(), (std::vector<Merge>{{0xff, 0xfe}}));
    }

    void longTextsAreReadInBlocks() {  // the tokens do not depend on where a block ends
        std::string text;
        while (text.size() < (std::size_t{5} << 19)) text += "the quick brown fox\njumps over ";
        ReadOptions options = merging(20, CorpusFormat::long_text);
        const auto corpus = parse_corpus(text, "x", options);
        QCOMPARE(corpus->vocabulary().encode(text), corpus->document(0).to_vector());
    }

    void encodesWithGivenTokens() {
        const auto learnt = parse_corpus("the cat the cat\n", "x", merging(5));
        ReadOptions options = merging(5);
        options.vocabulary = learnt->vocabulary_ptr();
        const auto other = parse_corpus("cat the\n", "y", options);
        QCOMPARE(other->vocabulary_ptr(), learnt->vocabulary_ptr());
        QCOMPARE(QString::fromStdString(other->vocabulary().text(other->document(0).to_vector())), QString("cat the"));
    }

    void refusesWhatIsNoToken_data() {
        QTest::addColumn<int>("tokens");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("a character") << static_cast<int>(TextTokens::characters) << QByteArray("ab\nba\xc3\xab\n")
                                     << QString::fromUtf8("y, line 2: found 'ë' at byte 3 of the line, which is none of the vocabulary's 3 tokens");
        QTest::newRow("a word") << static_cast<int>(TextTokens::words) << QByteArray("ab\nab c\n")
                                << QString("y, line 2: found 'c' at byte 4 of the line, which is none of the vocabulary's 2 tokens");
    }
    void refusesWhatIsNoToken() {
        QFETCH(int, tokens);
        QFETCH(QByteArray, text);
        QFETCH(QString, sentence);
        ReadOptions options = merging(0);
        options.tokens = static_cast<TextTokens>(tokens);
        options.vocabulary = parse_corpus("ab\nab\n", "x", options)->vocabulary_ptr();
        try {
            parse_corpus(text.toStdString(), "y", options);
            QFAIL("an Error was expected");
        } catch (const Error& error) {
            QVERIFY(error.code() == Error::Code::mismatch);
            QCOMPARE(QString::fromUtf8(error.what()), sentence);
        }
    }

    void refusesIdsBeyondTheVocabulary() {
        ReadOptions options;
        options.vocabulary = std::make_shared<const Vocabulary>(Vocabulary::numbers(5));
        QCOMPARE(parse_corpus("[[0, 4]]", "y", options)->vocabulary().size(), std::size_t{5});
        try {
            parse_corpus("[[0, 4], [1, 5]]", "y", options);
            QFAIL("an Error was expected");
        } catch (const Error& error) {
            QCOMPARE(QString(error.what()), QString("y, token 1: found the token ID 5 in document 1; the vocabulary has 5 tokens"));
        }
    }

    void readingTellsHowFarItIsAndStops_data() {
        QTest::addColumn<int>("tokens");
        QTest::addColumn<int>("format");
        for (const auto format : {CorpusFormat::lines, CorpusFormat::long_text})
            for (const auto tokens : {TextTokens::characters, TextTokens::bytes, TextTokens::words, TextTokens::merges})
                QTest::addRow("%d %d", static_cast<int>(tokens), static_cast<int>(format)) << static_cast<int>(tokens) << static_cast<int>(format);
        QTest::newRow("JSON") << 0 << static_cast<int>(CorpusFormat::episodes_json);
    }
    void readingTellsHowFarItIsAndStops() {
        QFETCH(int, tokens);
        QFETCH(int, format);
        std::string text;
        if (format == static_cast<int>(CorpusFormat::episodes_json)) {
            for (int i = 0; i < 100'000; ++i) text += (i == 0 ? "[[0, 3, 4]" : ", [0, 3, 4]");
            text += "]";
        } else {
            while (text.size() < 4'000'000) text += "the quick brown fox\njumps over ";
        }
        ReadOptions options = merging(20, static_cast<CorpusFormat>(format));
        options.tokens = static_cast<TextTokens>(tokens);
        std::vector<double> shares;
        options.progress = [&](double share, const char* stage) {
            if (!shares.empty() && share < shares.back()) shares.push_back(2);  // it never falls
            shares.push_back(share);
            return *stage != '\0';
        };
        QVERIFY(parse_corpus(text, "x", options));
        QVERIFY(shares.size() >= 4 && shares.size() < 1000);
        QVERIFY(shares.back() > 0.7 && *std::max_element(shares.begin(), shares.end()) <= 1);
        for (const std::size_t most : {std::size_t{1}, shares.size() / 2, shares.size() - 1}) {  // calls until it is cancelled
            std::size_t calls = 0;
            options.progress = [&](double, const char*) { return ++calls < most; };
            QVERIFY(!parse_corpus(text, "x", options));
            QCOMPARE(calls, most);
        }
    }
};

QTEST_APPLESS_MAIN(TestMerges)
#include "tst_merges.moc"
