#pragma once

#include <QStringList>
#include <QWidget>

#include <memory>

#include "core/engine/trace.h"
#include "core/inspect/ablation.h"
#include "core/inspect/attention_statistics.h"

class QBoxLayout;
class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QStackedWidget;
class QTabWidget;

namespace gamegpt::ui {

class AblationSwitches;
class Card;
class ExportButton;
class FiguresModel;
class HeatMapPlot;
class SmallMaps;
class TokenStrip;
struct AblationEffect;

// Where each head looks, at three scales: all heads small at the left, one head large, one query of it as a strip of
// shaded tokens. What the mouse points at in one lights in the others. Behind tabs: figures of all heads over
// documents, and switches that leave parts of the model out.
class AttentionPanel : public QWidget {
    Q_OBJECT
   public:
    enum class Source { sample, document, place, typed };

    explicit AttentionPanel(QWidget* parent = nullptr);

    // `labels` name the trace's tokens in order; without a vocabulary there is no strip.
    void setTrace(std::shared_ptr<const Trace> trace, QStringList labels, qint64 step,
                  std::shared_ptr<const Vocabulary> vocabulary = nullptr);
    void setHeads(const AttentionStatistics& statistics, qint64 step);
    // Ignored unless it is of the parts that are off now.
    void setAblationEffect(const std::shared_ptr<const AblationEffect>& effect);
    void clear();  // all parts are on again

    Source source() const;
    void setSource(Source source);
    int document() const;  // from 0
    int offset() const;
    QString typedText() const;
    // What is wrong with the typed text; empty if nothing.
    void setTypedProblem(const QString& sentence);
    bool wantsHeads() const;    // the figures of all heads are on screen
    int headDocuments() const;  // that they are to be averaged over
    const Ablation& ablation() const;
    // The query that the strip shows.
    int query() const { return m_query; }
    // How many documents there are, and how long the chosen one is.
    void setDocuments(int count);
    void setDocumentLength(int tokens);
    int layer() const;  // from 0
    int head() const;
    // png, svg, pdf or csv, by the name's ending.
    bool exportTo(const QString& fileName);

   signals:
    void sourceChanged();
    void headsWanted();
    void ablationChanged();
    void exportRequested(const QString& format);

   protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

   private:
    QWidget* buildLeft();
    QWidget* buildMapPage();
    QWidget* buildHeadsPage();  // attention_panel_pages.cpp, as those that follow
    QWidget* buildSwitchPage();
    QWidget* buildAblationLine();
    void showAblation();
    void buildExport();
    void select(int layer, int head);
    void showSelected();
    void showFigures();
    // The strip: where `query` looks, and which key is pointed at (-1 for none).
    void showQuery(int query, int key);
    void point(int query, int key, double value);
    void showPlace();
    QString tokenName(int index) const;

    Card* m_card;
    QStackedWidget* m_pages;
    SmallMaps* m_maps;
    HeatMapPlot* m_map;
    QSpinBox *m_layer, *m_head, *m_document, *m_offset;
    QComboBox* m_source;
    QWidget* m_place;  // document and offset
    QBoxLayout* m_mapLayout;
    QWidget* m_typedPlace;
    QLineEdit* m_typed;
    QLabel *m_value, *m_typedProblem, *m_stripCaption;
    TokenStrip* m_strip;
    QTabWidget* m_tabs;
    QWidget* m_headsPage;
    QSpinBox* m_headDocuments;
    QLabel* m_headsCaption;
    FiguresModel* m_headsModel;
    FiguresModel* m_figures;  // of the map
    QWidget* m_figuresPage;
    QWidget* m_ablationLine;
    QLabel *m_ablationText, *m_withoutCaption;
    AblationSwitches* m_switches;
    TokenStrip *m_withStrip, *m_withoutStrip;
    FiguresModel* m_nextModel;
    QWidget* m_effect;
    std::shared_ptr<const AblationEffect> m_ablationEffect;  // of the parts that are off
    ExportButton* m_export;
    std::shared_ptr<const Trace> m_trace;
    QStringList m_labels;
    int m_query = -1;  // chosen; the last token when -1
};

}  // namespace gamegpt::ui
