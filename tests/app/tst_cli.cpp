#include <QtTest>

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <cmath>

// `gamegpt` as its users meet it: a process with arguments, output and an exit code.
class TestCli : public QObject {
    Q_OBJECT

    struct Result {
        int code;
        QByteArray out, err;
        QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    };

    static Result gamegpt(const QStringList& arguments) {
        QProcess process;
        process.start(QStringLiteral(GAMEGPT_BIN_DIR "/gamegpt"), arguments);
        process.waitForFinished(120'000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
                process.readAllStandardError()};
    }

    // What is at "rates/strict/count".
    static QJsonValue at(QJsonValue value, const QString& path) {
        for (const QString& key : path.split('/')) value = value.toObject().value(key);
        return value;
    }

    QString file(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

    QString write(const char* name, const QByteArray& bytes) const {
        QFile out(file(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size()) return {};
        return file(name);
    }

    static QByteArray read(const QString& path) {
        QFile in(path);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
    QString m_weights;  // a model trained for a few hundred steps

   private slots:
    void initTestCase() {
        m_weights = file("trained.txt");
        const Result result = gamegpt({"train", "--steps", "400", "--weights-out", m_weights, "--json"});
        QCOMPARE(result.code, 0);
        QCOMPARE(result.json()["parameters"].toInt(), 31360);
        QVERIFY(result.json()["mean_loss_last_100"].toDouble() < 2.0);
    }

    void helpOfEachCommand_data() {
        QTest::addColumn<QStringList>("arguments");
        for (const char* command : {"generate", "train", "sample", "eval", "trace", "info", "demo", "bench",
                                    "validate", "sweep", "play"})
            QTest::newRow(command) << QStringList{command, "--help"};
        QTest::newRow("all") << QStringList{"--help"};
    }
    void helpOfEachCommand() {
        QFETCH(QStringList, arguments);
        const Result result = gamegpt(arguments);
        QCOMPARE(result.code, 0);
        QVERIFY(result.out.contains("Usage"));
        QVERIFY(result.err.isEmpty());
    }

    void generateWritesTheOriginalsBytes() {
        const Result result = gamegpt({"generate", "--episodes", "200", "--seed", "42", "--output", file("episodes.json"), "--json"});
        QCOMPARE(result.code, 0);
        const QByteArray bytes = read(file("episodes.json"));
        QCOMPARE(bytes.size(), 386'693);
        QCOMPARE(QCryptographicHash::hash(bytes, QCryptographicHash::Md5).toHex(), QByteArray("d2c9575c17adbc0f794d58d5af7234ff"));
        QCOMPARE(result.json()["tokens"].toInt(), 102'161);
    }

    void otherGamesAndGrammars() {
        const Result six = gamegpt({"generate", "--board", "6", "--ticks", "50", "--snapshots", "8", "--mix", "1,1,0", "--output",
                                    file("six.json"), "--json"});
        QCOMPARE(six.json()["name"].toString(), QString("Snake 6 x 6, 200 episodes, at most 50 ticks, snapshots every 8"));
        const QStringList rules{"--board", "6", "--ticks", "50", "--snapshots", "8"};
        const QStringList validate{"validate", "--json", "--corpus", file("six.json")};
        const QJsonObject right = gamegpt(validate + rules).json();
        QCOMPARE(at(right, "rates/strict/count").toInt(), 200);
        QCOMPARE(at(right, "rates/full/count").toInt(), 200);
        const Result wrong = gamegpt(validate);  // by the original's rules
        QCOMPARE(at(wrong.json(), "rates/strict/count").toInt(), 0);
        QCOMPARE(at(wrong.json(), "rates/full/count").toInt(), 200);
        QVERIFY(wrong.err.contains("--board 6 --ticks 50 --snapshots 8"));

        QCOMPARE(gamegpt({"generate", "--grammar", "brackets", "--kinds", "3", "--max", "10", "--output", file("b.txt")}).code, 0);
        QCOMPARE(read(file("b.txt")).count('\n'), 1000);
        QCOMPARE(at(gamegpt({"validate", "--corpus", file("b.txt"), "--json"}).json(), "rates/balanced/count").toInt(), 1000);
        QCOMPARE(gamegpt({"generate", "--grammar", "sums", "--documents", "300", "--max", "20", "--output", file("s.txt")}).code, 0);
        const QJsonObject sums = gamegpt({"validate", "--corpus", file("s.txt"), "--json"}).json();
        QCOMPARE(at(sums, "rates/correct/count").toInt(), 300);
        QCOMPARE(sums["grammar"].toString(), QString("Sums"));
    }

    void validateSaysWhereAndWhichRule() {
        // A start; then a snake that jumps; then one that is cut off; then nothing of the kind.
        const QByteArray start = "0, 3, 4, 20, 30, 7, 53, 5, 20, 28, 41, 42";
        const QString path = write("judged.json", "[[" + start + ", 2, 11, 35, 20, 27, 1], [" + start + "], [99, 1]]");
        const Result result = gamegpt({"validate", "--corpus", path, "--json"});
        QCOMPARE(result.code, 0);
        const QJsonArray sequences = result.json()["sequences"].toArray();
        QCOMPARE(sequences.size(), 3);
        const QJsonObject jump = sequences[0].toObject();
        QCOMPARE(jump["structural"].toBool(), true);
        QCOMPARE(jump["physical"].toBool(), true);
        QCOMPARE(jump["rules"].toBool(), true);
        QCOMPARE(jump["full"].toBool(), true);
        QCOMPARE(jump["strict"].toBool(), false);
        QCOMPARE(at(jump, "first_error/token").toInt(), 16);
        QCOMPARE(at(jump, "first_error/rule").toString(), QString("A tick must be what the game emits for its input."));
        QCOMPARE(at(jump, "first_error/expected").toString(), QString("Y4"));
        const QJsonObject cut = sequences[1].toObject();
        QCOMPARE(cut["structural"].toBool(), false);
        QCOMPARE(cut["strict"].toBool(), true);
        QCOMPARE(at(cut, "first_error/token").toInt(), 12);
        QCOMPARE(at(sequences[2].toObject(), "first_error/found").toString(), QString("99"));
        QCOMPARE(at(result.json(), "rates/strict/count").toInt(), 1);
        QCOMPARE(at(result.json(), "rates/strict/of").toInt(), 3);
        const QByteArray text = gamegpt({"validate", "--corpus", path}).out;
        QVERIFY(text.indexOf("Form:") >= 0 && text.indexOf("Form:") < text.indexOf("Strict replay:"));
        QVERIFY(text.contains("sequence 0, token 16") && text.contains("sequence 2, token 0"));
        QVERIFY(gamegpt({"validate", "--corpus", path, "--errors", "1"}).out.contains("and 2 more"));
        QCOMPARE(at(gamegpt({"validate", "--json"}).json(), "rates/strict/count").toInt(), 200);  // the built-in corpus
    }

    void constrainedAndLongSamples() {
        const QStringList draw{"--weights", m_weights, "--count", "200", "--temperature", "1", "--json"};
        const auto full = [&](const QStringList& more) {
            return at(gamegpt(QStringList{"validate"} + draw + more).json(), "rates/structural/count").toInt();
        };
        QCOMPARE(full({"--constrained"}), 200);
        QCOMPARE(full({"--constrained", "--slide"}), 200);
        const int cut = full({});
        QVERIFY(full({"--slide"}) > cut);
        const QJsonArray samples =
            gamegpt({"sample", "--weights", m_weights, "--slide", "--length", "150", "--eos", "6", "--count", "2", "--json"})
                .json()["samples"].toArray();
        QCOMPARE(samples[0].toObject()["tokens"].toArray().size(), 150);
        QCOMPARE(gamegpt({"sample", "--weights", m_weights, "--constrained", "--temperature", "0"}).out.count("EOS"), 1);
    }

    void theSweepHasARowATemperature() {
        const QStringList sweep{"sweep", "--weights", m_weights, "--count", "50", "--temperatures", "0.3,1,1.5"};
        const QJsonArray rows = gamegpt(sweep + QStringList{"--json"}).json()["temperatures"].toArray();
        QCOMPARE(rows.size(), 3);
        QVERIFY(at(rows[0], "mean_entropy").toDouble() < at(rows[2], "mean_entropy").toDouble());
        QCOMPARE(at(rows[1], "rates/strict/of").toInt(), 50);
        QCOMPARE(gamegpt(sweep).out.count('\n'), 5);
    }

    void theModelPlays() {
        const QStringList play{"play", "--weights", m_weights, "--games", "5", "--ticks", "40"};
        const QJsonArray players = gamegpt(play + QStringList{"--json"}).json()["players"].toArray();
        QCOMPARE(players.size(), 4);
        QCOMPARE(at(players[0], "player").toString(), QString("model"));
        QCOMPARE(at(players[0], "games").toArray().size(), 5);
        QVERIFY(at(players[2], "mean_score").toDouble() > at(players[1], "mean_score").toDouble());  // greedy and random
        QCOMPARE(gamegpt(play).out.count('\n'), 5);
        QCOMPARE(gamegpt(play + QStringList{"--free"}).code, 0);
    }

    void trainWritesItsCurve() {
        const QString log = file("log.csv");
        QCOMPARE(gamegpt({"train", "--steps", "3", "--engine", "fast64", "--log", log}).code, 0);
        const QList<QByteArray> lines = read(log).split('\n');
        QCOMPARE(lines.size(), 5);  // header, three steps, the end of the last line
        QCOMPARE(lines[0], QByteArray("step,loss,lr"));
        const QList<QByteArray> first = lines[1].split(',');
        QCOMPARE(first[0], QByteArray("1"));
        QVERIFY(std::abs(first[1].toDouble() - 4.4681693022620905) < 1e-9);
        QCOMPARE(first[2].toDouble(), 0.01 * (1 - 1 / 5000.0));
    }

    void trainOnTheSameEpisodesFromAFileIsTheSame() {
        QCOMPARE(gamegpt({"generate", "--output", file("same.json")}).code, 0);
        QCOMPARE(gamegpt({"train", "--steps", "5", "--log", file("a.csv")}).code, 0);
        QCOMPARE(gamegpt({"train", "--steps", "5", "--log", file("b.csv"), "--corpus", file("same.json")}).code, 0);
        QVERIFY(!read(file("a.csv")).isEmpty());
        QCOMPARE(read(file("a.csv")), read(file("b.csv")));
    }

    void noStepsGiveTheInitialWeights() {
        QCOMPARE(gamegpt({"train", "--steps", "0", "--weights-out", file("initial.txt")}).code, 0);
        const QByteArray bytes = read(file("initial.txt"));
        QVERIFY(bytes.startsWith("wte|0|-0.01152723 -0.01383229 -0.00890527 "));
        QCOMPARE(bytes.count('\n'), 788);
        // Weights that are read and written again are the same bytes.
        QCOMPARE(gamegpt({"train", "--steps", "0", "--weights-in", file("initial.txt"), "--weights-out", file("again.txt")}).code, 0);
        QCOMPARE(read(file("again.txt")), bytes);
    }

    void otherShapes() {
        QCOMPARE(gamegpt({"train", "--steps", "5", "--n-layer", "1", "--n-embd", "24", "--n-head", "3", "--block-size", "20",
                          "--batch", "4", "--schedule", "cosine", "--weights-out", file("small.txt")}).code, 0);
        const QJsonObject info = gamegpt({"info", "--weights", file("small.txt"), "--n-head", "3", "--json"}).json()["weights"].toObject();
        QCOMPARE(info["n_layer"].toInt(), 1);
        QCOMPARE(info["n_embd"].toInt(), 24);
        QCOMPARE(info["block_size"].toInt(), 20);
        QCOMPARE(info["vocab_size"].toInt(), 74);
    }

    void presetsAndWhatOverridesThem() {
        const Result result = gamegpt({"train", "--preset", "names", "--steps", "5", "--n-embd", "8", "--log", file("preset.csv"),
                                       "--weights-out", file("preset.txt")});
        QCOMPARE(result.code, 0);
        QCOMPARE(read(file("preset.csv")).count('\n'), 6);
        const QJsonObject shape = gamegpt({"info", "--weights", file("preset.txt"), "--json"}).json()["weights"].toObject();
        QCOMPARE(shape["n_layer"].toInt(), 1);      // the preset's
        QCOMPARE(shape["block_size"].toInt(), 16);  // the preset's
        QCOMPARE(shape["n_embd"].toInt(), 8);       // ours
    }

    void samplesAreSeeded() {
        const QStringList arguments{"sample", "--weights", m_weights, "--temperature", "0.8", "--seed", "5", "--count", "3", "--json"};
        const QJsonArray samples = gamegpt(arguments).json()["samples"].toArray();
        QCOMPARE(samples.size(), 3);
        for (const auto& sample : samples) {
            const QJsonArray tokens = sample.toObject()["tokens"].toArray();
            QCOMPARE(tokens[0].toInt(), 0);
            QVERIFY(tokens.size() <= 64);
            QVERIFY(sample.toObject()["text"].toString().startsWith("BOS "));
        }
        QCOMPARE(gamegpt(arguments).json()["samples"].toArray(), samples);
        QVERIFY(samples[0] != samples[1]);
        QCOMPARE(gamegpt({"sample", "--weights", m_weights, "--temperature", "0"}).out,
                 gamegpt({"sample", "--weights", m_weights, "--temperature", "0", "--seed", "9"}).out);
    }

    void samplesAreDrawnAsAskedFor() {
        const QStringList draw{"sample", "--weights", m_weights, "--count", "3"};
        const auto with = [&](const QStringList& more) { return gamegpt(draw + more).out; };
        // Presets are temperatures; one that is given beside it counts.
        QCOMPARE(with({"--preset", "greedy"}), with({"--temperature", "0"}));
        QCOMPARE(with({"--preset", "seed"}), with({}));
        QCOMPARE(with({"--preset", "wild"}), with({"--temperature", "2"}));
        QCOMPARE(with({"--preset", "wild", "--temperature", "1"}), with({"--preset", "neutral"}));
        // Filters that leave one token make every sample the greedy one.
        const QByteArray greedy = with({"--preset", "greedy"});
        QCOMPARE(with({"--preset", "neutral", "--top-k", "1"}), greedy);
        QCOMPARE(with({"--preset", "neutral", "--top-p", "0.000001"}), greedy);
        QCOMPARE(with({"--preset", "neutral", "--min-p", "1"}), greedy);
        QVERIFY(with({"--preset", "greedy", "--repetition-penalty", "5"}) != greedy);
        // No temperature is too small or too large to draw with.
        QCOMPARE(with({"--temperature", "1e-300"}), greedy);
        QCOMPARE(with({"--temperature", "1e300"}).count('\n'), 3);

        for (const char* text : {"SNAP PLAYER X5", "BOS SNAP PLAYER X5"})
            for (const QByteArray& line : with({"--prompt", text}).trimmed().split('\n'))
                QVERIFY2(line.startsWith("BOS SNAP PLAYER X5 "), line.constData());
        const QJsonArray longer = gamegpt(draw + QStringList{"--prompt", QString("TICK ").repeated(70), "--json"})
                                      .json()["samples"].toArray();
        const QJsonArray tokens = longer[0].toObject()["tokens"].toArray();
        QVERIFY(tokens.size() > 71 && tokens.size() <= 135);
        QCOMPARE(tokens[70].toInt(), 2);
    }

    void figuresOfTokens() {
        const auto figures = [&](const QStringList& more) {
            const Result result = gamegpt(QStringList{"sample", "--weights", m_weights, "--figures"} + more);
            const QJsonObject sample = result.json()["samples"].toArray()[0].toObject();
            return std::pair{sample["tokens"].toArray(), sample["figures"].toArray()};
        };
        const auto [tokens, drawn] = figures({"--temperature", "1", "--top-k", "4"});
        QCOMPARE(drawn.size(), tokens.size());
        QCOMPARE(drawn[0].toObject()["probability"].toDouble(), 1.0);
        for (const auto& token : drawn) {
            QVERIFY(token.toObject()["probability"].toDouble() > 0);
            QVERIFY(token.toObject()["rank"].toInt() <= 4);
            QVERIFY(token.toObject()["entropy"].toDouble() <= std::log(4.0) + 1e-12);
        }
        for (const auto& token : figures({"--preset", "greedy"}).second)
            QCOMPARE(token.toObject()["rank"].toInt(), 1);
    }

    void enginesAgree() {
        QList<double> losses;
        for (const char* engine : {"fast", "fast64", "reference"}) {
            write("short.json", "[[0, 3, 4, 20, 30, 8, 53, 5, 24, 27, 41, 42, 2, 14, 35, 21, 30]]");
            losses << gamegpt({"eval", "--weights", m_weights, "--corpus", file("short.json"), "--engine", engine, "--json"})
                          .json()["nats_per_token"].toDouble();
        }
        QVERIFY(losses[0] > 0);
        QVERIFY(std::abs(losses[0] - losses[1]) < 2e-4);
        QVERIFY(std::abs(losses[2] - losses[1]) < 1e-9);
        QVERIFY(gamegpt({"sample", "--weights", m_weights, "--engine", "reference", "--length", "8"}).out ==
                gamegpt({"sample", "--weights", m_weights, "--engine", "fast64", "--length", "8"}).out);
    }

    void evalCountsEveryPrediction() {
        const QJsonObject result = gamegpt({"eval", "--weights", m_weights, "--json"}).json();
        QCOMPARE(result["tokens"].toInt(), 101'961);
        QVERIFY(std::abs(std::exp(result["nats_per_token"].toDouble()) - result["perplexity"].toDouble()) < 1e-9);
    }

    void traceHasOneRowAPosition() {
        const QJsonObject trace = gamegpt({"trace", "--weights", m_weights, "--tokens", "0 3 4"}).json();
        QCOMPARE(trace["logits"].toArray().size(), 3);
        QCOMPARE(trace["logits"].toArray()[0].toArray().size(), 74);
        const QJsonArray layers = trace["attention"].toArray();
        QCOMPARE(layers.size(), 2);
        QCOMPARE(layers[1].toArray().size(), 4);
        for (int t = 0; t < 3; ++t) {
            const QJsonArray row = layers[1].toArray()[3].toArray()[t].toArray();
            QCOMPARE(row.size(), t + 1);
            double sum = 0;
            for (const auto& weight : row) sum += weight.toDouble();
            QVERIFY(std::abs(sum - 1) < 1e-12);
        }
        QCOMPARE(gamegpt({"trace", "--weights", m_weights, "--tokens", "BOS SNAP PLAYER"}).json(), trace);
    }

    void ownTextCorpus() {
        QByteArray names;
        for (int i = 0; i < 50; ++i) names += "anna\nbob\ncarla\ndora\n";
        write("names.txt", names);
        const QStringList model{"--n-layer", "1", "--n-embd", "16", "--block-size", "16"};
        QCOMPARE(gamegpt(QStringList{"train", "--corpus", file("names.txt"), "--steps", "300", "--held-out", "0.1", "--weights-out",
                                     file("names.w")} + model).code, 0);
        const Result result = gamegpt({"sample", "--weights", file("names.w"), "--corpus", file("names.txt"), "--temperature", "0.3", "--count", "5"});
        QCOMPARE(result.code, 0);
        for (const QByteArray& line : result.out.trimmed().split('\n'))
            QVERIFY2(QByteArrayList({"anna", "bob", "carla", "dora"}).contains(line), line.constData());
    }

    void vocabulariesGoWithTheWeights() {
        QByteArray text, other, same;
        for (int i = 0; i < 60; ++i) text += "the cat sat on the mat\n";
        write("cats.txt", text);
        other = QByteArray("a dog\n").repeated(20);
        same = QByteArray(text).replace('c', 'C');
        write("dogs.txt", other);
        write("capitals.txt", same);
        const QStringList model{"--n-layer", "1", "--n-embd", "16", "--block-size", "16", "--steps", "20"};
        for (const char* tokens : {"characters", "bytes", "words", "merges"}) {
            const QString weights = file(tokens);
            QCOMPARE(gamegpt(QStringList{"train", "--corpus", file("cats.txt"), "--vocabulary", tokens, "--merges", "9", "--weights-out", weights} + model).code, 0);
            QVERIFY(QFile::exists(weights + ".vocabulary.json"));
            const QStringList sample{"sample", "--weights", weights, "--count", "3"};
            const Result alone = gamegpt(sample);
            QCOMPARE(alone.code, 0);
            QCOMPARE(gamegpt(sample + QStringList{"--corpus", file("cats.txt")}).out, alone.out);
            QCOMPARE(gamegpt({"eval", "--weights", weights, "--corpus", file("cats.txt"), "--json"}).code, 0);
        }
        QCOMPARE(gamegpt({"eval", "--weights", file("merges"), "--corpus", file("dogs.txt")}).code, 0);  // bytes know every text
        const Result sizes = gamegpt({"eval", "--weights", file("characters"), "--corpus", file("dogs.txt")});
        QVERIFY(sizes.code != 0);
        QVERIFY2(sizes.err.contains("the weights know 11 tokens, but dogs.txt has a vocabulary of 6"), sizes.err.constData());
        const Result names = gamegpt({"eval", "--weights", file("characters"), "--corpus", file("capitals.txt")});
        QVERIFY(names.code != 0);
        QVERIFY2(names.err.contains("is 'a' for the weights, but 'C' in capitals.txt"), names.err.constData());
    }

    void demoTrainsAndSamples() {
        const Result result = gamegpt({"demo", "--steps", "50"});
        QCOMPARE(result.code, 0);
        QVERIFY(result.out.contains("step 50 / 50"));
        QVERIFY(result.out.contains("tokens/s"));
        QCOMPARE(result.out.count("\nBOS"), 3);
    }

    void benchPrintsItsTable() {
        const QStringList arguments{"bench", "--repeat-ms", "1"};
        QVERIFY(gamegpt(arguments).out.contains("W1 float"));
        const QJsonObject result = gamegpt(arguments + QStringList{"--json"}).json();
        QVERIFY(result["fastest_product_gflops"].toObject()["double"].toDouble() > 0);
        const QJsonArray rows = result["rows"].toArray();
        QCOMPARE(rows.size(), 6);
        for (const auto& value : rows) {
            const QJsonObject row = value.toObject();
            QVERIFY(row["seconds_per_step"].toDouble() > 0);
            QVERIFY(row["tokens_per_second"].toDouble() >= row["steps_per_second"].toDouble());
            QVERIFY(row["share_of_fastest_product"].toDouble() > 0);
        }
    }

    void badInput_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char* name, const QStringList& arguments, const char* message) {
            QTest::newRow(name) << arguments << QByteArray(message);
        };
        const QString corpus = file("bad-corpus");
        row("no command", {}, "a command is needed");
        row("unknown command", {"fly"}, "fly");
        row("unknown option", {"train", "--fly"}, "--fly");
        row("not a number", {"train", "--steps", "many"}, "many");
        row("negative steps", {"train", "--steps", "-1"}, "steps is -1");
        row("heads do not divide", {"train", "--n-embd", "30"}, "n_embd (30) must be divisible by n_head (4)");
        row("unknown engine", {"train", "--engine", "warp"}, "warp");
        row("missing corpus", {"train", "--corpus", "/nowhere/c.txt"}, "/nowhere/c.txt");
        row("corpus is a folder", {"train", "--corpus", m_folder.path()}, "folder");
        row("empty corpus", {"train", "--corpus", write("empty.txt", "")}, "empty.txt");
        row("truncated JSON", {"train", "--corpus", write("cut.json", "[[0, 3, 4")}, "cut.json");
        row("wrong type in JSON", {"train", "--corpus", write("type.json", "[[0, 3, \"four\"]]")}, "type.json");
        row("binary", {"train", "--corpus", write("binary.bin", QByteArray("\x7f" "ELF\0\0\0\1\2\3", 10))}, "binary.bin");
        row("missing weights", {"sample", "--weights", "/nowhere/w.txt"}, "/nowhere/w.txt");
        row("weights that are none", {"sample", "--weights", write("prose.txt", "Once upon a time\n")}, "prose.txt, line 1");
        row("no weights given", {"sample"}, "--weights");
        row("unknown preset", {"sample", "--weights", m_weights, "--preset", "mild"}, "preset");
        row("top-p over 1", {"sample", "--weights", m_weights, "--top-p", "1.5"}, "top-p");
        row("min-p below 0", {"sample", "--weights", m_weights, "--min-p", "-0.1"}, "min-p");
        row("negative top-k", {"sample", "--weights", m_weights, "--top-k", "-1"}, "top-k");
        row("no penalty at all", {"sample", "--weights", m_weights, "--repetition-penalty", "0"}, "repetition penalty");
        row("a prompt of no tokens", {"sample", "--weights", m_weights, "--prompt", "SNAP CAT"}, "CAT");
        row("negative temperature", {"sample", "--weights", m_weights, "--temperature", "-1"}, "temperature");
        row("wrong head count", {"sample", "--weights", m_weights, "--n-head", "5"}, "divisible by n_head (5)");
        row("token outside", {"trace", "--weights", m_weights, "--tokens", "0 99"}, "99");
        row("too many tokens", {"trace", "--weights", m_weights, "--tokens", QString("0 ").repeated(65)}, "64 tokens at most");
        row("no tokens", {"trace", "--weights", m_weights, "--tokens", " "}, "at least one token");
        row("corpus and weights differ", {"eval", "--weights", m_weights, "--corpus", write("other.txt", "abc\nabd\n")}, "74 tokens");
        row("board too large", {"generate", "--board", "11", "--output", file("no.json")}, "2 to 10");
        row("no ticks", {"generate", "--ticks", "0", "--output", file("no.json")}, "tick limit is 0");
        row("no agents", {"generate", "--mix", "0,0,0", "--output", file("no.json")}, "shares");
        row("two agents", {"generate", "--mix", "1,1", "--output", file("no.json")}, "--mix");
        row("too many kinds", {"generate", "--grammar", "brackets", "--kinds", "5", "--output", file("no.txt")}, "1 to 4");
        row("unknown grammar", {"generate", "--grammar", "chess", "--output", file("no.txt")}, "chess");
        row("beyond the context", {"sample", "--weights", m_weights, "--length", "65"}, "1 to 64");
        row("no grammar", {"validate", "--corpus", write("names2.txt", "emma\nolivia\n")}, "no known grammar");
        row("constrained to another start", {"sample", "--weights", m_weights, "--constrained", "--bos", "5"}, "start");
        row("sweep below zero", {"sweep", "--weights", m_weights, "--temperatures", "0.5,-1"}, "temperature");
        row("play on a large board", {"play", "--weights", m_weights, "--board", "20"}, "2 to 10");
        row("no such folder", {"train", "--steps", "0", "--weights-out", "/nowhere/w.txt"}, "/nowhere/w.txt");
    }
    void badInput() {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, message);
        const Result result = gamegpt(arguments);
        QCOMPARE(result.code, 2);
        QVERIFY2(result.err.contains(message), result.err.constData());
        QCOMPARE(result.err.count('\n'), 1);
        QVERIFY(result.out.isEmpty());
    }

    void aFailedExportLeavesTheOldFile() {
        const QString path = write("kept.txt", "old");
        QCOMPARE(gamegpt({"train", "--steps", "1", "--weights-out", path + "/inside.txt"}).code, 2);
        QCOMPARE(read(path), QByteArray("old"));
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
