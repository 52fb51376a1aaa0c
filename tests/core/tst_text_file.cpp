#include <QtTest>

#include "core/base/error.h"
#include "core/base/text_file.h"

using namespace gamegpt;

class TestTextFile : public QObject {
    Q_OBJECT

   private slots:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        QVERIFY(folder_->isValid());
        QVERIFY(QDir(folder_->path()).mkdir("sub"));
        write("old.txt", "old");
    }

    void replaces_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("a new file") << "new.txt";
        QTest::newRow("a file that is there") << "old.txt";
    }
    void replaces() {
        QFETCH(QString, name);
        write(name, "fresh\nbytes");
        QCOMPARE(read_file(path(name)), std::string("fresh\nbytes"));
        QVERIFY(!leftovers());
    }

    void aWriterThatThrowsChangesNothing() {
        const auto fail_half_way = [](std::ostream& out) {
            out << "half";
            throw std::runtime_error("no more");
        };
        QVERIFY_EXCEPTION_THROWN(replace_file(path("old.txt"), fail_half_way), std::runtime_error);
        QCOMPARE(read_file(path("old.txt")), std::string("old"));
        QVERIFY(!leftovers());
    }

    void aStreamThatFailsChangesNothing() {
        const auto fail = [](std::ostream& out) { out.setstate(std::ios::badbit); };
        QVERIFY_EXCEPTION_THROWN(replace_file(path("old.txt"), fail), Error);
        QCOMPARE(read_file(path("old.txt")), std::string("old"));
        QVERIFY(!leftovers());
    }

    void cannotWrite_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("through a missing folder") << "missing/new.txt";
        QTest::newRow("below a file") << "old.txt/new.txt";
        QTest::newRow("onto a folder") << "sub";
    }
    void cannotWrite() {
        QFETCH(QString, name);
        bool called = false;
        try {
            replace_file(path(name), [&](std::ostream&) { called = true; });
            QFAIL("an Error was expected");
        } catch (const Error& error) {
            QVERIFY(error.code() == Error::Code::write_failed);
            QCOMPARE(error.where().file, path(name));
        }
        QVERIFY(!called);
        QVERIFY(!leftovers());
    }

    void keepsPermissions() {
        QVERIFY(QFile::setPermissions(QString::fromStdString(path("old.txt")), QFile::ReadOwner | QFile::WriteOwner));
        write("old.txt", "new");
        const auto kept = QFile::permissions(QString::fromStdString(path("old.txt")));
        QVERIFY(!(kept & (QFile::ReadGroup | QFile::ReadOther)));
    }

    void followsALink() {
        QVERIFY(QFile::link(QString::fromStdString(path("old.txt")), QString::fromStdString(path("link"))));
        write("link", "through the link");
        QCOMPARE(read_file(path("old.txt")), std::string("through the link"));
        QVERIFY(QFileInfo(QString::fromStdString(path("link"))).isSymLink());
    }

    void cannotRead_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("code");
        QTest::newRow("missing") << "missing.txt" << int(Error::Code::not_found);
        QTest::newRow("below a file") << "old.txt/x" << int(Error::Code::not_found);
        QTest::newRow("a folder") << "sub" << int(Error::Code::unreadable);
        QTest::newRow("too large") << "old.txt" << int(Error::Code::too_large);
    }
    void cannotRead() {
        QFETCH(QString, name);
        QFETCH(int, code);
        try {
            read_file(path(name), 2);
            QFAIL("an Error was expected");
        } catch (const Error& error) {
            QCOMPARE(int(error.code()), code);
            QVERIFY(QString(error.what()).startsWith(QString::fromStdString(path(name))));
        }
    }

    void readsBytesAsTheyStand() {
        const std::string bytes("a\0b\r\n\xff", 6);
        write("bytes", bytes);
        QCOMPARE(read_file(path("bytes")), bytes);
    }

   private:
    std::string path(const QString& name) const { return folder_->filePath(name).toStdString(); }
    void write(const QString& name, const std::string& bytes) {
        replace_file(path(name), [&](std::ostream& out) { out << bytes; });
    }
    // Whether a temporary file was left beside the others: their names start like the target's.
    bool leftovers() const {
        for (const QString& name : QDir(folder_->path()).entryList(QDir::Files | QDir::Hidden))
            if (name != "old.txt" && name != "new.txt") return true;
        return false;
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_APPLESS_MAIN(TestTextFile)
#include "tst_text_file.moc"
