#pragma once

#include <QMainWindow>

#include "core/sample/generate.h"
#include "ui/tool_bar.h"

class QDockWidget;

namespace gamegpt::ui {

class ArenaController;
class ArenaPanel;
class AttentionPanel;
class AutogradController;
class AutogradPanel;
class BoardPanel;
class CompareController;
class ComparePanel;
class CorpusController;
class CorpusPanel;
class CorpusStudioController;
class CorpusStudioPanel;
class EmbeddingsPanel;
class FileDialogs;
class GenerateController;
class GenerateDialog;
class GrammarPanel;
class InspectionController;
class JudgeController;
class LensPanel;
class LossPanel;
class NextTokenPanel;
class SampleList;
class SamplerController;
class SamplerPanel;
class StatusLine;
class TrainingController;
class TrainingPanel;
class WeightsController;
class WeightsPanel;
struct Samples;

// Builds the panels and controllers and connects them; computes nothing. `dialogs` must outlive the window.
class MainWindow : public QMainWindow {
    Q_OBJECT
   public:
    explicit MainWindow(FileDialogs& dialogs, QWidget* parent = nullptr);
    ~MainWindow() override;

    // What the command line asks for; each waits for what it needs (a corpus, a model) by itself.
    void loadBuiltInCorpus();
    void openCorpus(const QString& path);
    void importWeights(const QString& path);
    void setSteps(qint64 steps);
    void startWhenReady();
    bool chooseLayout(const QString& name);  // false if there is none of this name

    TrainingController* training() const { return m_training; }

   protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

   private:
    QDockWidget* addDock(QWidget* panel);
    // A dock behind another tab is not, though isVisible() says it is.
    static bool isOnScreen(const QDockWidget* dock);
    void buildDocks();
    void buildViewMenu();
    void applyLayout(ToolBar::Layout layout);
    void restoreLayout();

    void connectToolBar();
    void connectCorpus();
    void connectTraining();
    void connectSampler();
    void connectSamples(SampleList& list);
    void connectInspection();  // main_window_inspect.cpp
    void connectExports();
    void connectBoard();  // main_window_game.cpp, as those that follow
    void connectGrammar();
    void connectArena();
    void connectGenerate();
    void connectCorpusStudio();  // main_window_corpus.cpp
    void connectNextToken();     // main_window_sampler.cpp, as connectSampler()
    void connectCompare();       // main_window_compare.cpp
    void connectAutograd();      // main_window_autograd.cpp
    void drawCompared();
    SampleSettings sampleSettings() const;  // as the sampler's fields say; there must be a snapshot
    void generate(const QString& path);

    void showCorpus();
    void showRun();
    void showStatus(const TrainingStatus& status);
    void showSnapshot();
    bool areSamplesSeen() const;
    // Quietly: without saying that samples are being drawn.
    void drawSamples(bool quiet = false);
    bool isTraining() const;
    void traceAttention();
    std::vector<TokenId> attentionTokens();                 // of the source that the attention panel names
    std::shared_ptr<const Corpus> inspectedCorpus() const;  // held out if there is such a side
    void measureHeads();
    void measureAblation();
    void readLens();
    void averageLens();
    void measureWeights();
    void projectEmbeddings();
    void doWhenReady();
    void showOnBoard();
    void setMilestones();
    std::vector<QDockWidget*> docks() const;

    FileDialogs& m_dialogs;
    CorpusController* m_corpus;
    TrainingController* m_training;
    WeightsController* m_weights;
    SamplerController* m_sampler;
    InspectionController* m_inspection;
    JudgeController* m_judge;
    ArenaController* m_arena;
    GenerateController* m_generate;
    CorpusStudioController* m_studio;
    CompareController* m_compare;
    AutogradController* m_autograd;

    ToolBar* m_toolBar;
    StatusLine* m_status;
    CorpusPanel* m_corpusPanel;
    TrainingPanel* m_trainingPanel;
    LossPanel* m_lossPanel;
    AttentionPanel* m_attentionPanel;
    EmbeddingsPanel* m_embeddingsPanel;
    LensPanel* m_lensPanel;
    WeightsPanel* m_weightsPanel;
    SamplerPanel* m_samplerPanel;
    BoardPanel* m_boardPanel;
    GrammarPanel* m_grammarPanel;
    ArenaPanel* m_arenaPanel;
    CorpusStudioPanel* m_studioPanel;
    NextTokenPanel* m_nextTokenPanel;
    ComparePanel* m_comparePanel;
    AutogradPanel* m_autogradPanel;
    GenerateDialog* m_generateDialog;
    QDockWidget *m_corpusDock, *m_trainingDock, *m_lossDock, *m_attentionDock, *m_embeddingsDock, *m_samplerDock,
        *m_boardDock, *m_grammarDock, *m_arenaDock, *m_studioDock, *m_nextTokenDock, *m_compareDock, *m_lensDock,
        *m_weightsDock, *m_autogradDock;

    std::vector<std::vector<TokenId>> m_samples;  // as shown
    std::vector<std::vector<TokenId>> m_games;    // the model's, of the last play
    std::vector<TokenId> m_picked;                // a judged sample
    QString m_importWhenLoaded;
    qint64 m_judgedStep = -1;  // of the last judgement that came unasked
    bool m_startWhenReady = false;
};

}  // namespace gamegpt::ui
