#pragma once

#include <QWidget>

#include <memory>
#include <vector>

#include "core/corpus/vocabulary.h"

namespace gamegpt::ui {

// A row a token: its label, a pale bar of its probability before the filters and a strong one after them, and the
// number. The most probable before come first; tokens that the filters have removed are grey but there.
class ProbabilityBars : public QWidget {
    Q_OBJECT
   public:
    explicit ProbabilityBars(QWidget* parent = nullptr);

    // Both (vocab_size).
    void setProbabilities(std::shared_ptr<const Vocabulary> vocabulary, std::vector<double> before,
                          std::vector<double> after);
    // A token that stands out: the one that comes next in a sequence; -1 for none.
    void setNext(TokenId token);
    void clear();

    int rows() const { return static_cast<int>(m_order.size()); }
    TokenId tokenOf(int row) const { return static_cast<TokenId>(m_order.at(static_cast<std::size_t>(row))); }
    bool isRemoved(int row) const;
    QRect rowRect(int row) const;
    // "MOVE: 35.1 % before, 62.0 % after the filters".
    QString rowText(int row) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return QSize(160, 20); }

   signals:
    void chosen(TokenId token);  // by click, or Enter on the current row

   protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

   private:
    void setCurrent(int row);

    std::shared_ptr<const Vocabulary> m_vocabulary;
    std::vector<double> m_before, m_after;
    std::vector<std::size_t> m_order;
    TokenId m_next = -1;
    int m_current = -1;
};

}  // namespace gamegpt::ui
