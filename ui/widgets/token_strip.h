#pragma once

#include <QWidget>

#include <memory>
#include <vector>

#include "core/sample/token_figures.h"

namespace gamegpt::ui {

// The colour of a token that had this probability: viridis over its logarithm, from 0.1 % on.
QColor probabilityColour(double probability);
inline constexpr double leastColouredProbability = 0.001;

// A sequence of tokens: chips in their categories' colours that flow over as many lines as they need, or running text
// in a monospaced font when the tokens are characters. Painted in one widget, so thousands cost little.
class TokenStrip : public QWidget {
    Q_OBJECT
   public:
    explicit TokenStrip(QWidget* parent = nullptr);

    void setTokens(std::vector<TokenId> tokens, std::shared_ptr<const Vocabulary> vocabulary);
    const std::vector<TokenId>& tokens() const { return m_tokens; }
    const std::shared_ptr<const Vocabulary>& vocabulary() const { return m_vocabulary; }
    // What the model thought of each token, for the tooltips and the colours; none, or as many as there are tokens. New
    // tokens have none.
    void setFigures(std::vector<TokenFigures> figures);
    const std::vector<TokenFigures>& figures() const { return m_figures; }
    // Colours tokens by their probability instead of by their category, where there are figures.
    void setColouredByProbability(bool coloured);
    // One token, or some that follow it, stand out; -1 for none.
    void setMarked(int index, int count = 1);
    int marked() const { return m_marked; }
    // The first token that is wrong, and why: it has a red frame, what follows is faded. -1 for none.
    void setMistake(int index, const QString& reason = {});
    int mistake() const { return m_mistake; }
    // How strongly each token is shaded, 0..1; a token with a negative shade, or none, is faded. Empty for no shading.
    void setShades(std::vector<double> shades);
    const std::vector<double>& shades() const { return m_shades; }
    // One token has a frame; -1 for none. Not the mouse's doing: nothing is emitted.
    void setPointed(int index);
    int pointed() const { return m_pointed; }
    // A strip that can be picked: by click, Enter or Space. The picked one has an accent line at its left.
    void setSelectable(bool selectable);
    void setSelected(bool selected);
    bool isSelected() const { return m_selected; }
    // Each token as a chip even if it is a character (a vocabulary rather than a text).
    void setAlwaysChips(bool always);

    QRect tokenRect(int index) const;
    int tokenAt(const QPoint& position) const;  // -1 for none

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

   signals:
    void hovered(int index);  // -1 when the mouse leaves
    void clicked(int index);  // -1 by keyboard or beside the tokens

   protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

   private:
    bool asText() const;
    int arrange(int width, std::vector<QRect>* rects) const;  // returns the height
    void rearrange();
    void setHovered(int index);
    void showToolTip();

    std::vector<TokenId> m_tokens;
    std::shared_ptr<const Vocabulary> m_vocabulary;
    std::vector<TokenFigures> m_figures;
    bool m_byProbability = false;
    std::vector<int> m_chipWidths;  // by token ID, 0 until measured
    std::vector<QString> m_labels;  // by token ID
    std::vector<QRect> m_rects;     // by index
    int m_arrangedFor = -1;
    int m_marked = -1;
    int m_markedCount = 1;
    int m_hovered = -1;
    int m_mistake = -1;
    QString m_reason;
    std::vector<double> m_shades;  // by index
    int m_pointed = -1;
    bool m_selectable = false;
    bool m_selected = false;
    bool m_alwaysChips = false;
};

}  // namespace gamegpt::ui
