// Shows every panel with data and saves pictures of them: gallery [folder]. Not a test; for people who look.
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/corpus/readers.h"
#include "core/engine/trace.h"
#include "core/sample/generate.h"
#include "core/snake/episodes.h"
#include "core/train/trainer.h"
#include "ui/panels/attention_panel.h"
#include "ui/panels/corpus_panel.h"
#include "ui/panels/embeddings_panel.h"
#include "ui/panels/loss_panel.h"
#include "ui/panels/sampler_panel.h"
#include "ui/panels/training_panel.h"
#include "ui/plots/heat_map_plot.h"
#include "ui/plots/loss_plot.h"
#include "ui/theme.h"

using namespace gamegpt;
using namespace gamegpt::ui;

namespace {

struct Run {
    CorpusSplit corpus;
    std::vector<StepRecord> records;
    std::shared_ptr<ModelSnapshot> snapshot;
    std::shared_ptr<Trace> trace;
    QStringList labels;
    std::vector<std::vector<TokenId>> samples;
};

Run trainedOn(CorpusSplit corpus, std::int64_t steps) {
    Run run{std::move(corpus), {}, nullptr, nullptr, {}, {}};
    ModelConfig model;
    model.vocab_size = static_cast<int>(run.corpus.train->vocabulary().size());
    const auto trainer = make_trainer(model, TrainConfig{}, run.corpus);
    for (std::int64_t i = 0; i < steps; ++i) run.records.push_back(trainer->step());
    run.snapshot = std::make_shared<ModelSnapshot>(ModelSnapshot{1, steps, trainer->weights(), run.corpus.train->vocabulary_ptr()});
    const auto document = run.corpus.train->document(0);
    const auto length = std::min<std::size_t>(document.size(), 28);
    run.trace = std::make_shared<Trace>(trace(run.snapshot->weights, document.first(length).to_vector()));
    for (const TokenId id : run.trace->tokens) run.labels << QString::fromStdString(run.snapshot->vocabulary->label(id));
    const auto decoder = make_decoder(EngineKind::fast32, run.snapshot->weights);
    const SampleSettings settings = sample_settings_for(*run.snapshot->vocabulary);
    generate(*decoder, settings, 5, [&](int, std::vector<TokenId> tokens) {
        run.samples.push_back(std::move(tokens));
        return true;
    });
    return run;
}

class Wall : public QWidget {
   public:
    Wall() {
        setAutoFillBackground(true);
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(8, 8, 8, 8);
        row->setSpacing(8);
        auto* left = new QVBoxLayout;
        left->setSpacing(8);
        left->addWidget(&corpus, 1);
        left->addWidget(&training, 1);
        auto* leftBox = new QWidget;
        leftBox->setLayout(left);
        left->setContentsMargins(0, 0, 0, 0);
        leftBox->setFixedWidth(260);
        row->addWidget(leftBox);
        auto* centre = new QVBoxLayout;
        centre->addWidget(&loss, 2);
        centre->addWidget(&inspect, 3);
        inspect.addTab(&attention, "Attention");
        inspect.addTab(&embeddings, "Embeddings");
        row->addLayout(centre, 1);
        sampler.setFixedWidth(320);
        row->addWidget(&sampler);
    }
    QTabWidget inspect;  // first: it must outlive its pages
    CorpusPanel corpus;
    TrainingPanel training;
    LossPanel loss;
    AttentionPanel attention;
    EmbeddingsPanel embeddings;
    SamplerPanel sampler;

    void show(const Run& run, const QString& path) {
        const Corpus& c = *run.corpus.train;
        const int vocabulary = static_cast<int>(c.vocabulary().size());
        corpus.setCorpus(run.corpus, path, c.format());
        training.setVocabularySize(vocabulary);
        training.setLocked(true, "Locked while a run is active.");
        loss.reset(vocabulary, 5000);
        loss.setHeldOutAvailable(run.corpus.held_out != nullptr);
        loss.append(run.records);
        attention.setTrace(run.trace, run.labels, run.snapshot->step);
        attention.setDocuments(int(c.documents()));
        embeddings.setSnapshot(run.snapshot);
        sampler.setAvailable(true);
        sampler.setSamples({run.samples, run.snapshot->vocabulary, run.snapshot->step, 0.5});
    }
};

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QDir::temp().filePath("gamegpt-gallery");
    QDir().mkpath(folder);
    const Run snake = trainedOn(snake::built_in_corpus(), 3250);
    std::string names;
    for (const char* name : {"emma", "olivia", "ava", "isabella", "sophia", "charlotte", "mia", "amelia", "harper", "evelyn"})
        names += std::string(name) + "\n";
    const Run text = trainedOn(split(parse_corpus(names, "names.txt", CorpusFormat::lines), 0.2, 1), 400);
    for (const bool dark : {false, true}) {
        applyTheme(application, dark);
        const QString end = dark ? "-dark.png" : "-light.png";
        Wall wall;
        QObject::connect(&wall.embeddings, &EmbeddingsPanel::projectionWanted, &wall, [&](const QString& matrix) {
            const auto& entry = snake.snapshot->weights.layout().find(matrix.toStdString());
            wall.embeddings.setProjection(matrix, principal_components(snake.snapshot->weights.view(entry.name), entry.rows, entry.cols), 3250);
        });
        const auto save = [&](const QString& name) {
            QTest::qWait(120);
            wall.grab().save(folder + "/" + name + end);
        };
        wall.resize(1280, 722);
        static_cast<QWidget&>(wall).show();
        save("empty");
        wall.show(snake, {});
        save("train");
        wall.attention.findChild<QSpinBox*>("headSpin")->setValue(3);
        wall.attention.findChild<HeatMapPlot*>()->setHoveredCell(14, 13);
        wall.loss.plot()->showCursorAt(1234);
        wall.findChild<QToolButton*>("logButton")->click();
        wall.findChild<QPushButton*>("expandVocabulary")->click();
        save("hover");
        wall.inspect.setCurrentIndex(1);
        save("table");
        wall.findChild<QTabWidget*>("embeddingTabs")->setCurrentIndex(1);
        save("map");
        wall.findChild<QLineEdit*>("searchField")->setText("x");
        save("map-search");
        wall.findChild<QLineEdit*>("searchField")->clear();
        wall.findChild<QComboBox*>("matrixCombo")->setCurrentIndex(1);
        wall.resize(1920, 1002);
        save("positions-large");
        wall.inspect.setCurrentIndex(0);
        save("large");
        wall.resize(1280, 722);
        wall.show(text, "/home/someone/corpora/names.txt");
        wall.training.setLocked(false);
        wall.findChild<QSpinBox*>("headsSpin")->setValue(5);
        wall.findChild<QComboBox*>("sourceCombo")->setCurrentIndex(1);
        save("names");
        wall.corpus.setLoading("names.txt");
        wall.sampler.setBusy(true);
        save("loading");
        applyTheme(application, !dark);  // while everything is on screen
        wall.corpus.setLoading({});
        save("switched-from");
    }
    return 0;
}
