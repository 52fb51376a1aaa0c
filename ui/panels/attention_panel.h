#pragma once

#include <QStringList>
#include <QWidget>

#include <memory>

#include "core/engine/trace.h"

class QComboBox;
class QLabel;
class QSpinBox;
class QStackedWidget;
class QToolButton;

namespace gamegpt::ui {

class Card;
class FigureLabel;
class HeatMapPlot;
class SmallMaps;

// Where each head looks: all heads small at the left, one large at the right.
class AttentionPanel : public QWidget {
    Q_OBJECT
   public:
    enum class Source { sample, document, place };

    explicit AttentionPanel(QWidget* parent = nullptr);

    // `labels` name the trace's tokens in order.
    void setTrace(std::shared_ptr<const Trace> trace, QStringList labels, qint64 step);
    void clear();

    Source source() const;
    void setSource(Source source);
    int document() const;  // from 0
    int offset() const;
    // How many documents there are, and how long the chosen one is.
    void setDocuments(int count);
    void setDocumentLength(int tokens);
    int layer() const;  // from 0
    int head() const;
    // png, svg, pdf or csv, by the name's ending.
    bool exportTo(const QString& fileName);

   signals:
    void sourceChanged();
    void exportRequested(const QString& format);

   private:
    QWidget* buildLeft();
    void buildExport();
    void select(int layer, int head);
    void showSelected();
    QString tokenName(int index) const;

    Card* m_card;
    QStackedWidget* m_pages;
    SmallMaps* m_maps;
    HeatMapPlot* m_map;
    QSpinBox *m_layer, *m_head, *m_document, *m_offset;
    QComboBox* m_source;
    QWidget* m_place;  // document and offset
    QLabel* m_value;
    QToolButton* m_export;
    std::shared_ptr<const Trace> m_trace;
    QStringList m_labels;
};

}  // namespace gamegpt::ui
