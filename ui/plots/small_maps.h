#pragma once

#include <QImage>
#include <QWidget>

#include <memory>
#include <vector>

#include "core/engine/trace.h"

namespace gamegpt::ui {

// Every head of every layer as a small map, one row a layer; a click picks one.
class SmallMaps : public QWidget {
    Q_OBJECT
   public:
    explicit SmallMaps(QWidget* parent = nullptr);

    void setTrace(std::shared_ptr<const Trace> trace);
    void setSelected(int layer, int head);  // from 0
    int layers() const;
    int heads() const;
    QRect mapRect(int layer, int head) const;
    // Frames the same query and key in every map; (-1, -1) for none.
    void setPointed(int query, int key);
    int pointedQuery() const { return m_query; }
    int pointedKey() const { return m_key; }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return QSize(100, 40); }

   signals:
    void selected(int layer, int head);  // by the user
    void pointed(int query, int key);    // by the mouse; (-1, -1) when it leaves a map or points at a masked place

   protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

   private:
    struct Grid {
        int side = 0;     // of one map, pixels
        int columns = 1;  // maps side by side; a layer with more heads goes on below
        int rowsALayer = 1;
    };
    void paintPointed(QPainter& painter, const QRect& box) const;
    Grid gridFor(int width) const;
    void render();
    int mapAt(const QPoint& position) const;  // layer * heads + head, -1 for none
    void pick(int layer, int head);

    std::shared_ptr<const Trace> m_trace;
    std::vector<QImage> m_images;
    int m_layer = 0, m_head = 0;
    int m_query = -1, m_key = -1;
};

}  // namespace gamegpt::ui
