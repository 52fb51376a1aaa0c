#include <QtTest>

#include "core/base/error.h"
#include "core/corpus/game_tokens.h"
#include "core/corpus/vocabulary.h"

using namespace gamegpt;
Q_DECLARE_METATYPE(TokenCategory)

class TestVocabulary : public QObject {
    Q_OBJECT

   private slots:
    void gameTokens_data() {
        QTest::addColumn<int>("id");
        QTest::addColumn<QString>("name");
        QTest::addColumn<TokenCategory>("about");
        const auto row = [](TokenId id, const char* name, TokenCategory about) {
            QTest::newRow(name) << int{id} << QString(name) << about;
        };
        row(0, "BOS", TokenCategory::structure);
        row(1, "EOS", TokenCategory::structure);
        row(2, "TICK", TokenCategory::structure);
        row(3, "SNAP", TokenCategory::structure);
        row(4, "PLAYER", TokenCategory::entity);
        row(5, "FOOD", TokenCategory::score);
        row(6, "WALL", TokenCategory::entity);
        row(7, "DIR_U", TokenCategory::input);
        row(10, "DIR_R", TokenCategory::input);
        row(11, "INPUT_U", TokenCategory::input);
        row(14, "INPUT_R", TokenCategory::input);
        row(15, "X0", TokenCategory::position);
        row(24, "X9", TokenCategory::position);
        row(25, "Y0", TokenCategory::position);
        row(34, "Y9", TokenCategory::position);
        row(35, "MOVE", TokenCategory::entity);
        row(36, "EAT", TokenCategory::score);
        row(37, "GROW", TokenCategory::score);
        row(38, "DIE_WALL", TokenCategory::death);
        row(39, "DIE_SELF", TokenCategory::death);
        row(40, "FOOD_SPAWN", TokenCategory::score);
        row(41, "SCORE", TokenCategory::score);
        row(42, "V0", TokenCategory::score);
        row(52, "V10", TokenCategory::score);
        row(53, "LEN1", TokenCategory::score);
        row(72, "LEN20", TokenCategory::score);
        row(73, "LEN_LONG", TokenCategory::score);
    }
    void gameTokens() {
        QFETCH(int, id);
        QFETCH(QString, name);
        QFETCH(TokenCategory, about);
        const Vocabulary game = Vocabulary::game();
        QCOMPARE(QString::fromStdString(game.name(id)), name);
        QCOMPARE(game.find(name.toStdString()), std::optional<TokenId>(id));
        QVERIFY(category(game, id) == about);
        QCOMPARE(QString::fromStdString(game.label(id)), name);
    }

    void theGameHas74() {
        const Vocabulary game = Vocabulary::game();
        QCOMPARE(game.size(), std::size_t{game_tokens::count});
        QCOMPARE(game.bos(), std::optional<TokenId>(0));
        QCOMPARE(game.eos(), std::optional<TokenId>(1));
        QCOMPARE(game.start(), 0);
        QVERIFY(!game.find("X10"));
        QCOMPARE(game.text(std::vector<TokenId>{0, 35, 18, 29, 1}), std::string("BOS MOVE X3 Y4 EOS"));
    }

    void labelsOnScreen_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("label");
        QTest::newRow("line feed") << "\n" << QString(QChar(0x21b5));
        QTest::newRow("space") << " " << QString(QChar(0x2423));
        QTest::newRow("tab") << "\t" << "\\x09";
        QTest::newRow("delete") << "\x7f" << "\\x7F";
        QTest::newRow("letter") << "a" << "a";
        QTest::newRow("umlaut") << QString(QChar(0xe4)) << QString(QChar(0xe4));
    }
    void labelsOnScreen() {
        QFETCH(QString, name);
        QFETCH(QString, label);
        const Vocabulary vocabulary(Vocabulary::Kind::characters, {name.toStdString()}, {}, {});
        QCOMPARE(QString::fromStdString(vocabulary.label(0)), label);
    }

    void charactersAreJoinedWithoutTheBoundary() {
        const Vocabulary vocabulary(Vocabulary::Kind::characters, {"a", "b", "<BOS>"}, 2, 2);
        QCOMPARE(vocabulary.text(std::vector<TokenId>{2, 0, 1, 1, 2}), std::string("abb"));
        QVERIFY(category(vocabulary, 2) == TokenCategory::structure);
        QVERIFY(category(vocabulary, 0) == TokenCategory::text);
    }

    void aSampleStartsWith_data() {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<int>("bos");
        QTest::addColumn<int>("start");
        QTest::newRow("the boundary") << QStringList{"a", "\n", "<BOS>"} << 2 << 2;
        QTest::newRow("a line feed") << QStringList{"a", "\n"} << -1 << 1;
        QTest::newRow("the first token") << QStringList{"a", "b"} << -1 << 0;
    }
    void aSampleStartsWith() {
        QFETCH(QStringList, names);
        QFETCH(int, bos);
        QFETCH(int, start);
        std::vector<std::string> strings;
        for (const QString& name : names) strings.push_back(name.toStdString());
        const std::optional<TokenId> boundary = bos < 0 ? std::nullopt : std::optional<TokenId>(bos);
        QCOMPARE(Vocabulary(Vocabulary::Kind::characters, strings, boundary, boundary).start(), start);
    }

    void numbersAreTheirOwnNames() {
        const Vocabulary numbers = Vocabulary::numbers(101);
        QCOMPARE(numbers.name(100), std::string("100"));
        QCOMPARE(numbers.text(std::vector<TokenId>{7, 100}), std::string("7 100"));
        QVERIFY(!numbers.bos());
        QVERIFY(numbers == Vocabulary::numbers(101));
        QVERIFY(!(numbers == Vocabulary::numbers(100)));
    }

    void refuses_data() {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<int>("bos");
        QTest::newRow("no tokens") << QStringList{} << -1;
        QTest::newRow("an empty name") << QStringList{"a", ""} << -1;
        QTest::newRow("a name twice") << QStringList{"a", "b", "a"} << -1;
        QTest::newRow("BOS beyond the end") << QStringList{"a"} << 1;
    }
    void refuses() {
        QFETCH(QStringList, names);
        QFETCH(int, bos);
        std::vector<std::string> strings;
        for (const QString& name : names) strings.push_back(name.toStdString());
        const std::optional<TokenId> boundary = bos < 0 ? std::nullopt : std::optional<TokenId>(bos);
        QVERIFY_EXCEPTION_THROWN(Vocabulary(Vocabulary::Kind::words, strings, boundary, {}), Error);
    }

    void refusesTooMany() { QVERIFY_EXCEPTION_THROWN(Vocabulary::numbers(max_vocabulary_size + 1), Error); }
};

QTEST_APPLESS_MAIN(TestVocabulary)
#include "tst_vocabulary.moc"
