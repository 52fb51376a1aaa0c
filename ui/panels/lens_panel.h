#pragma once

#include <QWidget>

#include <memory>

#include "core/inspect/logit_lens.h"

class QLabel;
class QSpinBox;
class QStackedWidget;
class QTableView;
class QTabWidget;
class QToolButton;

namespace gamegpt::ui {

class Card;
class FiguresModel;
class LinesPlot;
class TokenStrip;

// What the model would predict if it ended earlier (logit lens): the most probable token behind each position after the
// embedding and after each layer, the loss of each token, and averages over documents.
class LensPanel : public QWidget {
    Q_OBJECT
   public:
    explicit LensPanel(QWidget* parent = nullptr);

    void setLens(std::shared_ptr<const LogitLens> lens, std::shared_ptr<const Vocabulary> vocabulary, qint64 step);
    void setAverages(const LensAverages& averages, qint64 step);
    void clear();
    bool wantsAverages() const;  // they are on screen
    int documents() const;       // that they are to be taken over
    // png, svg, pdf or csv of the tab in front, by the name's ending; csv alone for the table of positions.
    bool exportTo(const QString& fileName);

   signals:
    void averagesWanted();
    void exportRequested(const QString& format);

   protected:
    void changeEvent(QEvent* event) override;

   private:
    QWidget* buildPositions();
    QWidget* buildAverages();
    void buildTools();
    void showLens();
    void showPosition(int position);
    QString nameOf(TokenId token) const;
    QString depthName(std::size_t depth) const;

    Card* m_card;
    QStackedWidget* m_pages;
    QTabWidget* m_tabs;
    QWidget* m_averagesPage;
    TokenStrip* m_strip;
    QLabel *m_lossText, *m_averagesCaption;
    FiguresModel *m_model, *m_categories;
    QTableView* m_table;
    LinesPlot* m_plot;
    QSpinBox* m_documents;
    QToolButton *m_tableButton, *m_export;
    std::shared_ptr<const LogitLens> m_lens;
    std::shared_ptr<const Vocabulary> m_vocabulary;
};

}  // namespace gamegpt::ui
