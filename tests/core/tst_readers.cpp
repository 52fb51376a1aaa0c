#include <QElapsedTimer>
#include <QtTest>

#include "core/base/error.h"
#include "core/base/text_file.h"
#include "core/corpus/readers.h"

using namespace gamegpt;
using Format = CorpusFormat;
Q_DECLARE_METATYPE(CorpusFormat)

static QByteArray repeated(const char* text, int times) { return QByteArray(text).repeated(times); }

// "a b|c": the documents' texts, one after the other.
static QString texts(const Corpus& corpus) {
    QStringList documents;
    for (std::size_t i = 0; i < corpus.documents(); ++i)
        documents << QString::fromStdString(corpus.vocabulary().text(corpus.document(i).to_vector()));
    return documents.join('|');
}

static QString names(const Vocabulary& vocabulary) {
    QStringList labels;
    for (std::size_t i = 0; i < vocabulary.size(); ++i)
        labels << QString::fromStdString(vocabulary.label(static_cast<TokenId>(i)));
    return labels.join(' ');
}

class TestReaders : public QObject {
    Q_OBJECT

   private slots:
    void writtenLinesAreReadBack() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath("names.txt").toStdString();
        const auto names = parse_corpus("emma\nolivia\n\xc3\xa9lan\n", "names.txt", CorpusFormat::lines);
        write_lines(*names, path);
        QCOMPARE(read_corpus(path, CorpusFormat::lines)->content_hash(), names->content_hash());
        const auto words = parse_corpus("one two\nthree\n", "words.txt", CorpusFormat::token_names);
        write_lines(*words, path);
        QVERIFY(read_file(path).find("one two") != std::string::npos);
    }

    void detects_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Format>("format");
        const auto row = [](const char* name, const QByteArray& bytes, Format format) {
            QTest::newRow(name) << bytes << format;
        };
        row("episodes", "[[0, 3, 1], [0, 1]]", Format::episodes_json);
        row("episodes behind blanks and a BOM", "\xef\xbb\xbf \n[[0, 1]]", Format::episodes_json);
        row("a JSON object", "{\"a\": 1}", Format::episodes_json);
        row("a JSON list of words", "[\"a\"]", Format::episodes_json);
        row("a JSON list of null", "[null]", Format::episodes_json);
        row("an open bracket", "[", Format::episodes_json);
        row("song", "[Chorus]\nLa la\n", Format::lines);
        row("token names", "BOS SNAP PLAYER X1\nBOS TICK EOS\n", Format::token_names);
        row("one token name", "EOS", Format::token_names);
        row("nearly token names", "BOS TICK X10\n", Format::lines);
        row("first names", "emma\nolivia\nava", Format::lines);
        row("first names, blank lines", "emma\n\nolivia\r\n\r\nava\n\n", Format::lines);
        row("place names", "New York\nRio de Janeiro\nBern\n", Format::lines);
        row("sentences, one a line", repeated("The cat sat on the mat and looked at me.\n", 30), Format::lines);
        row("queries, one a line", repeated("how to train a very small model at home\n", 30), Format::lines);
        row("one short line", "To be, or not to be, that is the question", Format::lines);
        row("stanzas", "The sun was shining on the sea,\nShining with all his might:\n\nThe moon was shining sulkily,\n",
            Format::long_text);
        row("a play", repeated("First Citizen:\nBefore we proceed any further, hear me speak.\n\n", 20), Format::long_text);
        row("a paragraph a line", repeated("It is a truth universally acknowledged, in paragraphs. ", 8) + "\n", Format::long_text);
        row("prose without paragraphs",
            repeated("Whenever I find myself growing grim about the mouth, and whenever it is\n"
                     "a damp, drizzly November in my soul; whenever I find myself stopping\n", 20),
            Format::long_text);
        row("code", repeated("int main(int argc, char** argv) {\n    return run(argc, argv);\n}\n\n", 20), Format::long_text);
        row("nothing but blank lines", "\n\n  \n", Format::lines);
        row("nothing", "", Format::lines);
    }
    void detects() {
        QFETCH(QByteArray, bytes);
        QFETCH(Format, format);
        QCOMPARE(QString::fromStdString(name_of(detect_format(bytes.toStdString()))), QString::fromStdString(name_of(format)));
    }

    void reads_data() {
        QTest::addColumn<Format>("format");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("documents");
        QTest::addColumn<QString>("vocabulary");  // empty: the game's
        const auto row = [](const char* name, Format format, const QByteArray& bytes, const QString& documents,
                            const QString& vocabulary) {
            QTest::newRow(name) << format << bytes << documents << vocabulary;
        };
        row("lines", Format::lines, "ab\nca\n", "ab|ca", "a b c <BOS>");
        row("lines, no final line end", Format::lines, "ab\nca", "ab|ca", "a b c <BOS>");
        row("lines, CRLF", Format::lines, "ab\r\nca\r\n", "ab|ca", "a b c <BOS>");
        row("lines, blank ones", Format::lines, "\n \nab\n\n\t\r\nca\n\n", "ab|ca", "a b c <BOS>");
        row("lines, BOM", Format::lines, "\xef\xbb\xbf" "ab\n", "ab", "a b <BOS>");
        row("lines, spaces count", Format::lines, "a b\n", "a b", QString::fromUtf8("␣ a b <BOS>"));
        row("lines, UTF-8", Format::lines, "zoë\nż€😀\n", QString::fromUtf8("zoë|ż€😀"), QString::fromUtf8("o z ë ż € 😀 <BOS>"));
        row("lines, the edges of UTF-8", Format::lines, "\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf\n",
            QString::fromUtf8("\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf"),
            QString::fromUtf8("\\x7F \xc2\x80 \xdf\xbf \xe0\xa0\x80 \xed\x9f\xbf \xee\x80\x80 \xf4\x8f\xbf\xbf <BOS>"));
        row("a long text", Format::long_text, "ab\n\nb a\n", "ab\n\nb a\n", QString::fromUtf8("↵ ␣ a b"));
        row("a long text, CRLF", Format::long_text, "\xef\xbb\xbf" "a\r\n\r\nb\ra", "a\n\nb\ra", QString::fromUtf8("↵ \\x0D a b"));
        row("game tokens", Format::token_names, "BOS TICK  MOVE\tX3 Y4 EOS\n\nBOS EOS\r\n", "BOS TICK MOVE X3 Y4 EOS|BOS EOS", "");
        row("words", Format::token_names, "go left\n\ngo  up", "<BOS> go left <BOS>|<BOS> go up <BOS>", "go left up <BOS>");
        row("episodes", Format::episodes_json, "[[0, 73, 1], [0,1]]", "BOS LEN_LONG EOS|BOS EOS", "");
        row("episodes over lines", Format::episodes_json, "\r\n[\n [0,\t3],\n [1]\n]\n", "BOS SNAP|EOS", "");
    }
    void reads() {
        QFETCH(Format, format);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, documents);
        QFETCH(QString, vocabulary);
        const auto corpus = parse_corpus(bytes.toStdString(), "folder/file.txt", format);
        QCOMPARE(texts(*corpus), documents);
        if (vocabulary.isEmpty()) QVERIFY(corpus->vocabulary() == Vocabulary::game());
        else QCOMPARE(names(corpus->vocabulary()), vocabulary);
        QVERIFY(corpus->format() == format);
        QCOMPARE(corpus->name(), std::string("file.txt"));
    }

    void linesStandBetweenBoundaries() {
        const auto corpus = parse_corpus("ab\na", "x", Format::lines);
        QCOMPARE(corpus->vocabulary().bos(), std::optional<TokenId>(2));
        QCOMPARE(corpus->vocabulary().eos(), std::optional<TokenId>(2));
        const auto first = corpus->document(0);
        QCOMPARE(std::vector<TokenId>(first.begin(), first.end()), (std::vector<TokenId>{2, 0, 1, 2}));
    }

    void numbersKeepTheirBoundaries() {  // IDs beyond the game's: what all documents start and end with is BOS and EOS
        const auto corpus = parse_corpus("[[90, 5, 91], [90, 91]]", "x");
        QVERIFY(corpus->vocabulary() == Vocabulary::numbers(92));
        QCOMPARE(corpus->vocabulary().bos(), std::optional<TokenId>(90));
        QCOMPARE(corpus->vocabulary().eos(), std::optional<TokenId>(91));
        const auto mixed = parse_corpus("[[90, 5, 91], [7, 4]]", "x");
        QVERIFY(!mixed->vocabulary().bos() && !mixed->vocabulary().eos());
    }

    void refuses_data() {
        QTest::addColumn<Format>("format");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, Format format, const QByteArray& bytes, const QString& sentence) {
            QTest::newRow(name) << format << bytes << sentence;
        };
        const Format json = Format::episodes_json;
        const QString lists = "a list of lists of token IDs was expected";
        const QString id = "a token ID from 0 to 65535 was expected";
        row("empty", Format::lines, "", "bad.x: the file is empty; a text or a list of episodes was expected");
        row("only a BOM", Format::lines, "\xef\xbb\xbf", "bad.x: the file is empty; a text or a list of episodes was expected");
        row("binary", Format::lines, QByteArray("a\nb\0", 4),
            "bad.x, line 2: found a NUL byte, as binary files have; a text in UTF-8 was expected");
        row("binary JSON", json, QByteArray("[[0\0]]", 6),
            "bad.x, line 1: found a NUL byte, as binary files have; a text in UTF-8 was expected");
        row("the built-in games", Format::built_in, "a", "bad.x: a file cannot be read as the built-in games");
        row("blank lines", Format::lines, "\n \n", "bad.x: found only blank lines; a document a line was expected");
        row("blank token names", Format::token_names, "\n \n",
            "bad.x: found only blank lines; a document of token names a line was expected");
        row("one character", Format::long_text, "a",
            "bad.x: found no document of two tokens or more; a model would have nothing to predict");
        row("the boundary as a word", Format::token_names, "go up\ngo <BOS>\n",
            "bad.x, line 2: found the word '<BOS>', the name of the token that is put around each line; lines without it were expected");
        const QString utf8 = "which is not UTF-8; a text in UTF-8 was expected";
        row("a stray byte", Format::lines, "ab\nc\xff\n", "bad.x, line 2: found '\\xFF' as byte 2 of the line, " + utf8);
        row("Latin-1", Format::long_text, "zo\xeb is\n", "bad.x, line 1: found '\\xEB' as byte 3 of the line, " + utf8);
        row("overlong", Format::lines, "\xc0\xaf\n", "bad.x, line 1: found '\\xC0' as byte 1 of the line, " + utf8);
        row("overlong, three bytes", Format::lines, "\xe0\x80\xaf", "bad.x, line 1: found '\\xE0' as byte 1 of the line, " + utf8);
        row("a surrogate", Format::lines, "\xed\xa0\x80", "bad.x, line 1: found '\\xED' as byte 1 of the line, " + utf8);
        row("beyond Unicode", Format::lines, "\xf4\x90\x80\x80", "bad.x, line 1: found '\\xF4' as byte 1 of the line, " + utf8);
        row("cut off in a character", Format::lines, "a\xe2\x82", "bad.x, line 1: found '\\xE2' as byte 2 of the line, " + utf8);
        row("words not UTF-8", Format::token_names, "go\nup \x80", "bad.x, line 2: found '\\x80' as byte 4 of the line, " + utf8);
        row("no documents", json, "[]", "bad.x: found an empty list; at least one document was expected");
        row("an empty document", json, "[[0], []]",
            "bad.x: found an empty list in document 1; a document of one token or more was expected");
        row("an object", json, "{\"a\": 1}", "bad.x: found an object; " + lists);
        row("a number", json, "7", "bad.x: found 7; " + lists);
        row("null", json, "null", "bad.x: found null; " + lists);
        row("a flat list", json, "[0, 1]", "bad.x: found 0 in document 0; a list of token IDs was expected");
        row("a string", json, "[[0, 1], [0, 4, \"X1\"]]", "bad.x, token 2: found the string 'X1' in document 1; " + id);
        row("a fraction", json, "[[0, 1.5]]", "bad.x, token 1: found 1.5 in document 0; " + id);
        row("true", json, "[[true]]", "bad.x, token 0: found true in document 0; " + id);
        row("negative", json, "[[0, -1]]", "bad.x, token 1: found -1 in document 0; " + id);
        row("too large", json, "[[0, 65536]]", "bad.x, token 1: found 65536 in document 0; " + id);
        row("far too large", json, "[[99999999999999999999999]]",
            "bad.x, token 0: found 99999999999999999999999 in document 0; " + id);
        row("deep", json, "[[0, [1]]]", "bad.x, token 1: found a list in document 0; " + id);
        row("very deep", json, repeated("[", 1000000), "bad.x, token 0: found a list in document 0; " + id);
        row("an object inside", json, "[[0], {}]", "bad.x: found an object in document 1; a list of token IDs was expected");
        row("cut off", json, "[[0, 3],\n[0, 1", "bad.x, line 2: the JSON is cut off after 14 bytes; ']' was expected");
        row("cut off at once", json, "[", "bad.x, line 1: the JSON is cut off after 1 bytes; ']' was expected");
        row("not JSON", json, "[[0,\n 1 2]]", "bad.x, line 2: found '2' at byte 9, which is not JSON; " + lists);
        row("a comma too many", json, "[[0, 1],]", "bad.x, line 1: found ']' at byte 9, which is not JSON; " + lists);
        row("text behind", json, "[[0, 1]] x", "bad.x, line 1: found 'x' at byte 10, which is not JSON; " + lists);
    }
    void refuses() {
        QFETCH(Format, format);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, sentence);
        try {
            parse_corpus(bytes.toStdString(), "bad.x", format);
            QFAIL("an Error was expected");
        } catch (const Error& error) {
            QCOMPARE(QString(error.what()), sentence);
        }
    }

    void ofTooManyWordsTheMostFrequentStay() {
        std::string words = "often often rare0 often\n";
        for (std::size_t i = 0; i < max_vocabulary_size; ++i) words += std::to_string(100'000 + i) + ' ';
        const auto corpus = parse_corpus(words, "many.x", Format::token_names);
        const Vocabulary& vocabulary = corpus->vocabulary();
        QCOMPARE(vocabulary.size(), max_vocabulary_size);
        QCOMPARE(vocabulary.unknown(), std::optional<TokenId>(static_cast<TokenId>(max_vocabulary_size) - 2));
        QVERIFY(vocabulary.find("often") && vocabulary.find("100000") && !vocabulary.find("rare0"));
        QVERIFY(category(vocabulary, *vocabulary.unknown()) == TokenCategory::structure);
        QCOMPARE(QString::fromStdString(vocabulary.text(corpus->document(0).to_vector())),
                 QStringLiteral("<BOS> often often <UNK> often <BOS>"));
        QCOMPARE(corpus->warnings().size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(corpus->warnings()[0]),
                 QStringLiteral("There are too many different words: the 65534 most frequent have a token, the others are <UNK>."));
    }

    void namesTheMissingFile() {
        try {
            read_corpus("/no/such/corpus.txt");
            QFAIL("an Error was expected");
        } catch (const Error& error) {
            QVERIFY(error.code() == Error::Code::not_found);
            QCOMPARE(QString(error.what()), QString("/no/such/corpus.txt: there is no such file"));
        }
    }

    void episodesGoRoundTrip() {
        const std::string json = "[[0, 3, 73, 1], [0, 1], [42]]";
        QTemporaryDir folder;
        const std::string path = folder.filePath("episodes.json").toStdString();
        write_episodes_json(*parse_corpus(json, "x"), path);
        QCOMPARE(read_file(path), json);
        QCOMPARE(episodes_json(*read_corpus(path)), json);
    }

    void isFastEnough() {  // 13 MB of JSON; 100 MB must take seconds, not minutes
        std::string json = "[";
        for (int i = 0; i < 4000; ++i) {
            json += i == 0 ? "[0" : ", [0";
            for (int t = 0; t < 800; ++t) json += ", 57";
            json += ']';
        }
        json += ']';
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(parse_corpus(json, "x")->documents(), std::size_t{4000});
        QVERIFY2(clock.elapsed() < 5000, qPrintable(QString("%1 ms").arg(clock.elapsed())));
    }
};

QTEST_APPLESS_MAIN(TestReaders)
#include "tst_readers.moc"
