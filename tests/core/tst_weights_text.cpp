#include <QtTest>

#include <sstream>

#include "core/base/error.h"
#include "core/formats/weights_text.h"

using namespace gamegpt;

namespace {

const ModelConfig config{5, 1, 4, 3, 2, 9, 0.08};

std::string written(const Weights& weights) {
    std::ostringstream out;
    write_weights_text(weights, out);
    return out.str();
}

// Line `number` (from 1) replaced by `text`.
std::string with_line(const std::string& file, int number, const std::string& text) {
    std::size_t begin = 0;
    for (int i = 1; i < number; ++i) begin = file.find('\n', begin) + 1;
    return file.substr(0, begin) + text + file.substr(file.find('\n', begin));
}

}  // namespace

class TestWeightsText : public QObject {
    Q_OBJECT

   private slots:
    void theSeedsFile() {
        const Weights weights = Weights::initial(ModelConfig{});
        const std::string text = written(weights);
        QCOMPARE(std::count(text.begin(), text.end(), '\n'), 788);
        QVERIFY(text.starts_with("wte|0|-0.01152723 -0.01383229 -0.00890527 "));
        QVERIFY(text.ends_with("\n"));
        QVERIFY(text.find('\r') == std::string::npos);
    }

    void roundTrip() {
        const Weights weights = Weights::initial(config);
        const std::string text = written(weights);
        const Weights read = parse_weights_text(text, "w.txt", shape_of_weights_text(text, "w.txt", 2));
        QCOMPARE(read.config().vocab_size, 5);
        QCOMPARE(read.config().block_size, 3);
        QCOMPARE(read.config().n_layer, 1);
        QCOMPARE(read.config().n_embd, 4);
        for (std::size_t i = 0; i < weights.values().size(); ++i)
            QVERIFY(std::abs(read.values()[i] - weights.values()[i]) <= 5e-9);
        QCOMPARE(written(read), text);  // to the byte
    }

    void blankLinesAreSkipped() {
        const std::string text = written(Weights::initial(config));
        const std::string spaced = "\n  \n" + with_line(text, 2, text.substr(text.find('\n') + 1, text.find('\n', text.find('\n') + 1) - text.find('\n') - 1) + "\n\n");
        QCOMPARE(written(parse_weights_text(spaced, "w.txt", config)), text);
    }

    void badFiles_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        const std::string good = written(Weights::initial(config));
        const auto row = [](const char* name, const std::string& text, const char* message) {
            QTest::newRow(name) << QString::fromStdString(text) << message;
        };
        row("empty", "", "w.txt, line 1: a weights file starts with wte|0|");
        row("prose", "Once upon a time\n", "w.txt, line 1: a line of a weights file, name|row|values, was expected");
        row("wrong name", with_line(good, 2, "wtf|1|0 0 0 0"), "w.txt, line 2: wtf|1| was found, wte|1| was expected");
        row("wrong row", with_line(good, 2, "wte|7|0 0 0 0"), "w.txt, line 2: wte|7| was found, wte|1| was expected");
        row("too few values", with_line(good, 3, "wte|2|0 0 0"), "w.txt, line 3: 3 values were found, 4 were expected");
        row("too many values", with_line(good, 3, "wte|2|0 0 0 0 0"), "w.txt, line 3: 5 values were found, 4 were expected");
        row("not a number", with_line(good, 4, "wte|3|0 0 zero 0"), "w.txt, line 4: value 3 is \"zero\"; a finite number was expected");
        row("infinite", with_line(good, 4, "wte|3|0 inf 0 0"), "value 2 is \"inf\"");
        row("not a number at all", with_line(good, 4, "wte|3|nan 0 0 0"), "value 1 is \"nan\"");
        row("two numbers in one", with_line(good, 4, "wte|3|1.5.5 0 0 0"), "value 1 is \"1.5.5\"");
        row("cut off", good.substr(0, good.rfind("layer0.mlp_fc2|3|")), "the file ends where layer0.mlp_fc2|3| was expected");
        row("cut off in a line", good.substr(0, good.size() - 30), "values were found");
        row("a line too many", good + "layer0.mlp_fc2|4|0\n", "the end of the file was expected");
    }
    void badFiles() {
        QFETCH(QString, text);
        QFETCH(QString, message);
        const std::string bytes = text.toStdString();
        try {
            // A damaged first matrix changes the shape that is read, so the model's own shape is what the file is held to.
            shape_of_weights_text(bytes, "w.txt", 2);
            parse_weights_text(bytes, "w.txt", config);
            QFAIL("was accepted");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains(message), error.what());
            QCOMPARE(error.code(), Error::Code::bad_format);
        }
    }

    void missingFile() {
        try {
            load_weights_text("/nowhere/w.txt", 4);
            QFAIL("was accepted");
        } catch (const Error& error) {
            QVERIFY(QString(error.what()).contains("/nowhere/w.txt"));
        }
    }

    void aFailedExportLeavesTheOldFile() {
        QTemporaryDir folder;
        const std::string path = folder.filePath("w.txt").toStdString();
        save_weights_text(Weights::initial(config), path);
        const std::string before = written(load_weights_text(path, 2));
        QVERIFY_EXCEPTION_THROWN(save_weights_text(Weights::initial(config), path + "/inside"), Error);
        QCOMPARE(written(load_weights_text(path, 2)), before);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
    }
};

QTEST_APPLESS_MAIN(TestWeightsText)
#include "tst_weights_text.moc"
