// The corpus in the real window: reading with progress and cancel, the choice of tokens, and the studio.

#include <QtTest>

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QLineEdit>
#include <QProgressBar>
#include <QSortFilterProxyModel>
#include <QSpinBox>
#include <QTableView>

#include "tests/ui/workbench.h"
#include "ui/controllers/corpus_controller.h"
#include "ui/controllers/corpus_studio_controller.h"
#include "ui/models/document_model.h"
#include "ui/models/frequency_model.h"
#include "ui/panels/corpus_studio_panel.h"
#include "ui/widgets/format.h"
#include "ui/widgets/share_bars.h"

using namespace gamegpt;
using namespace gamegpt::ui;

namespace {

CorpusController& corpusOf(Workbench& bench) { return *bench.window().findChild<CorpusController*>(); }

bool open(Workbench& bench, const QString& path) {
    bench.window().openCorpus(path);
    return bench.waitFor([&] { return corpusOf(bench).path() == path; });
}

QString cell(const QTableView* table, int row, int column) {
    return table->model()->index(row, column).data().toString();
}

bool showStudio(Workbench& bench) {
    return bench.click("corpusLayout") &&
           bench.waitFor([&] { return bench.isOnScreen("corpusStudioPanel") && bench.textOf("studioUnused") != QStringLiteral("\u2026"); });
}

bool search(Workbench& bench, const QString& text) {
    auto* field = bench.find<QLineEdit>("tokenSearch");
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Return);
    return bench.waitFor([&] { return !bench.textOf("searchMessage").isEmpty() && bench.textOf("searchMessage") != QStringLiteral("Searching\u2026"); });
}

}  // namespace

class TestWindowCorpus : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

   private slots:
    void aBigFileIsReadWithProgressAndCanBeCancelled() {
        QByteArray text;
        while (text.size() < 40'000'000) text += "the quick brown fox jumps over the lazy dog and runs away from it\n";
        const QString big = writtenFile(m_folder, QStringLiteral("big.txt"), text);
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        const auto before = bench.training().corpus().train;
        int longest = 0;  // ms between two turns of the event loop
        QElapsedTimer turn;
        turn.start();
        QTimer heartbeat;
        connect(&heartbeat, &QTimer::timeout, this, [&] { longest = std::max(longest, int(turn.restart())); });
        heartbeat.start(5);
        bench.window().openCorpus(big);
        QVERIFY(bench.waitFor([&] { return bench.isShown("cancelLoading"); }));
        QVERIFY(bench.waitFor([&] { return bench.find<QProgressBar>("loadingProgress")->value() > 0; }));
        QVERIFY(!bench.textOf("loadingStage").isEmpty());
        QVERIFY(bench.click("cancelLoading"));
        QVERIFY(bench.isShown("documents"));  // what was shown is back
        QCOMPARE(bench.training().corpus().train, before);
        QTest::qWait(300);
        QCOMPARE(bench.training().corpus().train, before);
        QVERIFY(corpusOf(bench).path().isEmpty());
        QVERIFY2(longest < 1000, qPrintable(QString::number(longest)));
        QVERIFY(open(bench, writtenFile(m_folder, QStringLiteral("names.txt"), namesText())));  // and another can be read
    }

    void tokensCanBeChosen() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(!bench.isShown("textTokensCombo"));  // games have their tokens
        QVERIFY(open(bench, writtenFile(m_folder, QStringLiteral("names.txt"), namesText())));
        const auto vocabulary = [&]() -> const Vocabulary& { return bench.training().corpus().train->vocabulary(); };
        QVERIFY(vocabulary().kind() == Vocabulary::Kind::characters);
        QVERIFY(!bench.isShown("mergesSpin"));
        QVERIFY(bench.choose("textTokensCombo", QStringLiteral("byte-pair merges")));
        QVERIFY(bench.waitFor([&] { return vocabulary().kind() == Vocabulary::Kind::merges; }));
        QVERIFY(bench.waitFor([&] { return bench.isShown("mergesSpin"); }));
        QVERIFY(bench.type("mergesSpin", QStringLiteral("12")));
        QVERIFY(bench.waitFor([&] { return vocabulary().merges().size() == 12; }));
        QCOMPARE(bench.training().model().vocab_size, 256 + 12 + 1);
        QVERIFY(bench.waitFor([&] { return bench.textOf("vocabulary") == QStringLiteral("269 tokens, byte-pair merges"); }));

        // The weights take their vocabulary with them; a corpus with as many other tokens is refused by name.
        QVERIFY(bench.waitForState("Ready"));
        const QString weights = m_folder.filePath(QStringLiteral("merged.txt"));
        bench.dialogs.setNextFileName(weights);
        QVERIFY(bench.click("exportWeightsButton"));
        QVERIFY(bench.waitFor([&] { return QFile::exists(weights + QStringLiteral(".vocabulary.json")); }));
        QByteArray other = namesText().replace('a', 'y');
        QVERIFY(open(bench, writtenFile(m_folder, QStringLiteral("other.txt"), other)));
        QCOMPARE(bench.training().model().vocab_size, 269);
        bench.window().importWeights(weights);
        QVERIFY(bench.waitFor([&] { return !bench.dialogs.lastError().isEmpty(); }));
        QVERIFY2(bench.dialogs.lastError().contains(QStringLiteral("for the weights, but")), qPrintable(bench.dialogs.lastError()));
    }

    void theSplitSeedDraws() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(!bench.isEnabled("splitSeedSpin"));
        QVERIFY(open(bench, writtenFile(m_folder, QStringLiteral("names.txt"), namesText())));
        const std::string before = corpusOf(bench).split().held_out->content_hash();
        QVERIFY(bench.type("splitSeedSpin", QStringLiteral("7")));
        QVERIFY(bench.waitFor([&] { return corpusOf(bench).split().held_out->content_hash() != before; }));
        QCOMPARE(corpusOf(bench).splitSeed(), quint64{7});
        QCOMPARE(bench.find<QSpinBox>("splitSeedSpin")->value(), 7);
    }

    void theStudioShowsDocuments() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(showStudio(bench));
        const Corpus& corpus = *corpusOf(bench).whole();
        const auto* table = bench.find<QTableView>("documentTable");
        const auto* strip = bench.find<TokenStrip>("studioStrip");
        QCOMPARE(table->model()->rowCount(), int(corpus.documents()));
        QCOMPARE(cell(table, 3, DocumentModel::lengthColumn), grouped(qint64(corpus.length(3))));
        QVERIFY(!cell(table, 3, DocumentModel::sourceColumn).isEmpty());
        QCOMPARE(strip->tokens(), corpus.document(0).to_vector());
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(2, 0)).center());
        QCOMPARE(strip->tokens(), corpus.document(2).to_vector());
        QVERIFY(bench.textOf("documentTitle").startsWith(QStringLiteral("Document 3 ")));
        QVERIFY(bench.type("studioDocumentSpin", QStringLiteral("100")));
        QCOMPARE(strip->tokens(), corpus.document(99).to_vector());
        QCOMPARE(table->currentIndex().row(), 99);
        QVERIFY(bench.isShown("sourceBars"));
        QCOMPARE(bench.find<ShareBars>("sourceBars")->bars().size(), corpus.sources().names.size());
        QCOMPARE(bench.textOf("studioSpecial"), QStringLiteral("BOS, EOS"));
    }

    void theStudioFindsTokens() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(showStudio(bench));
        const Corpus& corpus = *corpusOf(bench).whole();
        const Vocabulary& game = corpus.vocabulary();
        const std::vector<TokenId> wanted = game.encode("TICK INPUT_U");
        const auto* strip = bench.find<TokenStrip>("studioStrip");
        auto place = find_tokens(corpus, wanted, {0, 0});
        const auto said = [](CorpusPlace at) {
            return QStringLiteral("document %1, offset %2").arg(grouped(qint64(at.document) + 1), grouped(qint64(at.offset)));
        };
        QVERIFY(search(bench, QStringLiteral("TICK INPUT_U")));
        for (int i = 0; i < 3; ++i) {  // Enter goes on from there
            QVERIFY(place);
            QVERIFY(bench.waitFor([&] { return bench.textOf("searchMessage") == said(*place); }));
            QCOMPARE(strip->tokens()[static_cast<std::size_t>(strip->marked())], wanted[0]);
            QVERIFY(bench.pressIn("tokenSearch", Qt::Key_Return));
            place = find_tokens(corpus, wanted, {place->document, place->offset + 1});
        }
        QVERIFY(search(bench, QStringLiteral("EOS BOS")));
        QCOMPARE(bench.textOf("searchMessage"), QStringLiteral("not found"));
        QVERIFY(search(bench, QStringLiteral("JUMP")));
        QVERIFY(bench.textOf("searchMessage").contains(QStringLiteral("JUMP")));
    }

    void frequenciesSortAndFilter() {
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(showStudio(bench));
        const auto* table = bench.find<QTableView>("frequencyTable");
        QCOMPARE(table->model()->rowCount(), 74);
        const auto count = [&](int row) {
            return table->model()->index(row, FrequencyModel::countColumn).data(FrequencyModel::sortRole).toLongLong();
        };
        for (int row = 1; row < 74; ++row) QVERIFY(count(row - 1) >= count(row));
        auto* header = table->horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(header->sectionViewportPosition(FrequencyModel::idColumn) + 12, header->height() / 2));
        QVERIFY(cell(table, 0, FrequencyModel::tokenColumn) == QStringLiteral("BOS") || cell(table, 73, FrequencyModel::tokenColumn) == QStringLiteral("BOS"));
        auto* filter = bench.find<QLineEdit>("frequencyFilter");
        QTest::keyClicks(filter, QStringLiteral("input_"));
        QCOMPARE(table->model()->rowCount(), 4);
    }

    void longDocumentsAreShownInParts() {
        QByteArray text;
        for (int i = 0; i < 900; ++i) text += "line " + QByteArray::number(i) + "\n\n";
        Workbench bench;
        QVERIFY(bench.waitForState("Ready"));
        QVERIFY(open(bench, writtenFile(m_folder, QStringLiteral("long.txt"), text)));
        QVERIFY(bench.choose("formatCombo", QStringLiteral("one long text")));
        QVERIFY(bench.waitFor([&] { return corpusOf(bench).whole()->format() == CorpusFormat::long_text; }));
        QVERIFY(showStudio(bench));
        const auto* strip = bench.find<TokenStrip>("studioStrip");
        QCOMPARE(strip->tokens().size(), std::size_t{2000});
        QVERIFY(bench.type("studioOffsetSpin", QStringLiteral("100")));
        QCOMPARE(QString::fromStdString(corpusOf(bench).whole()->vocabulary().text(strip->tokens())).toUtf8(), text.mid(100, 2000));
        QVERIFY(search(bench, QStringLiteral("line 700")));
        const qint64 at = text.indexOf("line 700");
        QCOMPARE(bench.textOf("searchMessage"), QStringLiteral("document 1, offset %1").arg(grouped(at)));
        QCOMPARE(strip->marked(), 40);
        QCOMPARE(bench.textOf("studioFromStart"), QStringLiteral("no BOS"));
        QVERIFY(bench.choose("textTokensCombo", QStringLiteral("byte-pair merges")));  // a text is found whatever its tokens
        QVERIFY(bench.waitFor([&] { return corpusOf(bench).whole()->vocabulary().kind() == Vocabulary::Kind::merges; }));
        QVERIFY(search(bench, QStringLiteral("ine 70")));
        const auto marked = strip->tokens()[static_cast<std::size_t>(strip->marked())];
        QVERIFY(corpusOf(bench).whole()->vocabulary().name(marked).find("ine") != std::string::npos);
    }

    void modelsKeepTheRules() {
        DocumentModel documents;
        FrequencyModel frequencies;
        const QAbstractItemModelTester testDocuments(&documents, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester testFrequencies(&frequencies, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::string lines;
        for (int i = 0; i < 2500; ++i) lines += "line\n";
        const auto corpus = parse_corpus(lines, "x", CorpusFormat::lines);
        documents.setCorpus(corpus);
        QCOMPARE(documents.rowCount(), 1000);
        QCOMPARE(documents.showPageOf(2100), 100);
        QCOMPARE(documents.rowCount(), 500);
        QCOMPARE(documents.documentAt(100), std::size_t{2100});
        QCOMPARE(documents.index(100, DocumentModel::startColumn).data().toString(), QStringLiteral("line"));
        frequencies.setStatistics(std::make_shared<const CorpusStatistics>(*corpus_statistics(*corpus, 16)), corpus->vocabulary_ptr());
        QCOMPARE(frequencies.rowCount(), 5);
        documents.setCorpus(nullptr);
        frequencies.setStatistics(nullptr, nullptr);
        QCOMPARE(documents.rowCount() + frequencies.rowCount(), 0);
    }
};

int main(int argc, char** argv) { return runWindowTest<TestWindowCorpus>(argc, argv); }
#include "tst_window_corpus.moc"
