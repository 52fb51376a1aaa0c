#include "ui/plots/scatter_plot.h"

#include <qcustomplot.h>

#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "ui/plots/plot_export.h"
#include "ui/plots/plot_style.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

// All points and labels as one item, so that labels know of each other.
class PointCloud : public QCPAbstractItem {
   public:
    PointCloud(QCustomPlot* plot, const std::vector<ScatterPlot::Point>& points)
        : QCPAbstractItem(plot), m_points(points) {
        setSelectable(false);
    }
    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }

    QPointF pixel(std::size_t i) const {
        return QPointF(mParentPlot->xAxis->coordToPixel(m_points[i].x),
                       mParentPlot->yAxis->coordToPixel(m_points[i].y));
    }

    Theme theme;
    QString filter;
    bool ordered = false;
    int hovered = -1;
    std::vector<int> selected;  // ascending
    QPolygonF lasso;            // while it is drawn, in pixels

   protected:
    void draw(QCPPainter* painter) override {
        if (m_points.empty()) return;
        painter->setClipRect(mParentPlot->axisRect()->rect());
        painter->setRenderHint(QPainter::Antialiasing);
        if (ordered) drawPath(painter);
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            painter->setPen(QPen(theme.panel, 1));
            painter->setBrush(colour(i));
            painter->drawEllipse(pixel(i), 4, 4);
        }
        drawLabels(painter);
        if (lasso.isEmpty()) return;
        painter->setPen(QPen(theme.accent, 1.5, Qt::DashLine));
        painter->setBrush(Qt::NoBrush);
        painter->drawPolygon(lasso);
    }

   private:
    bool matches(std::size_t i) const {
        if (!selected.empty() && !std::binary_search(selected.begin(), selected.end(), static_cast<int>(i)))
            return false;
        return filter.isEmpty() || m_points[i].label.contains(filter, Qt::CaseInsensitive);
    }

    QColor colour(std::size_t i) const {
        const double place =
            m_points.size() > 1 ? static_cast<double>(i) / static_cast<double>(m_points.size() - 1) : 0;
        // The darkest and the lightest end would drown in the background.
        const QColor own =
            ordered ? viridis(theme.dark ? 0.25 + 0.75 * place : 0.85 * place) : theme.category(m_points[i].category);
        return matches(i) ? own : blend(theme.panel, own, 0.25);
    }

    void drawPath(QCPPainter* painter) {
        QPolygonF path;
        for (std::size_t i = 0; i < m_points.size(); ++i) path << pixel(i);
        painter->setPen(QPen(theme.line, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawPolyline(path);
    }

    void drawLabels(QCPPainter* painter) {
        const QFont font = monoFont(10);
        const QFontMetrics metrics(font);
        painter->setFont(font);
        std::vector<QRectF> taken;
        for (std::size_t i = 0; i < m_points.size(); ++i)
            if (matches(i)) taken.push_back(QRectF(pixel(i) - QPointF(4, 4), QSizeF(8, 8)));
        std::vector<std::size_t> order;
        if (hovered >= 0) order.push_back(static_cast<std::size_t>(hovered));
        for (std::size_t i = 0; i < m_points.size(); ++i)
            if (static_cast<int>(i) != hovered && matches(i)) order.push_back(i);
        const QRectF room = mParentPlot->axisRect()->rect();
        for (const std::size_t i : order) {
            const bool here = static_cast<int>(i) == hovered;
            const QPointF at = pixel(i);
            const QSizeF size(metrics.horizontalAdvance(m_points[i].label) + 2, 12);
            // Right of its point, left, above or below: the first place that is free.
            const QPointF places[] = {{at.x() + 6, at.y() - 6},
                                      {at.x() - 6 - size.width(), at.y() - 6},
                                      {at.x() - size.width() / 2, at.y() - 18},
                                      {at.x() - size.width() / 2, at.y() + 6}};
            QRectF box;
            for (const QPointF& place : places) {
                const QRectF wanted(place, size);
                const bool touches = std::any_of(taken.begin(), taken.end(),
                                                 [&](const QRectF& other) { return other.intersects(wanted); });
                if (touches || !room.contains(wanted)) continue;
                box = wanted;
                break;
            }
            if (box.isNull() && !here) continue;
            if (box.isNull()) box = QRectF(at.x() + size.width() + 8 < room.right() ? places[0] : places[1], size);
            taken.push_back(box);
            if (here) {
                painter->setPen(QPen(theme.accent, 2));
                painter->setBrush(Qt::NoBrush);
                painter->drawEllipse(at, 6, 6);
                painter->fillRect(box, theme.panel);
            }
            painter->setPen(here ? theme.text : ordered ? theme.muted : theme.chipText(m_points[i].category));
            painter->drawText(box, Qt::AlignLeft | Qt::AlignVCenter, m_points[i].label);
        }
    }

    const std::vector<ScatterPlot::Point>& m_points;
};

ScatterPlot::ScatterPlot(QWidget* parent) : QWidget(parent), m_plot(new QCustomPlot(this)) {
    setObjectName(QStringLiteral("scatterPlot"));
    setAccessibleName(tr("Map"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_plot);
    m_plot->setAccessibleName(tr("Map"));
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->axisRect()->setMinimumMargins(QMargins(4, 8, 8, 4));
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    m_cloud = new PointCloud(m_plot, m_points);
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        if (event->buttons() & Qt::LeftButton) m_fitted = false;
        int nearest = -1;
        double best = 14;
        for (int i = 0; i < size(); ++i) {
            const QPointF offset = m_cloud->pixel(static_cast<std::size_t>(i)) - event->position();
            const double distance = std::hypot(offset.x(), offset.y());
            if (distance < best) {
                best = distance;
                nearest = i;
            }
        }
        setHovered(nearest);
    });
    connect(m_plot, &QCustomPlot::mouseWheel, this, [this] { m_fitted = false; });
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, &ScatterPlot::fit);
    restyle();
}

ScatterPlot::~ScatterPlot() {
    // The plot's item refers to m_points, which goes before the child widgets do.
    delete m_plot;
    m_plot = nullptr;
}

void ScatterPlot::setPoints(std::vector<Point> points, bool ordered) {
    if (points.size() != m_points.size()) {
        m_fitted = true;
        m_cloud->hovered = -1;
        select({});
    }
    m_points = std::move(points);
    m_cloud->ordered = ordered;
    setAccessibleDescription(tr("%1 points.").arg(grouped(size())));
    m_plot->setAccessibleDescription(accessibleDescription());
    applyRanges();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ScatterPlot::setAxisTitles(const QString& x, const QString& y) {
    m_plot->xAxis->setLabel(x);
    m_plot->yAxis->setLabel(y);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ScatterPlot::setFilter(const QString& text) {
    m_cloud->filter = text;
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

QPointF ScatterPlot::pointPosition(int index) const {
    return m_plot->mapTo(this, m_cloud->pixel(static_cast<std::size_t>(index)).toPoint());
}

void ScatterPlot::fit() {
    m_fitted = true;
    applyRanges();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ScatterPlot::applyRanges() {
    if (!m_fitted || m_points.empty()) return;
    const auto [left, right] =
        std::minmax_element(m_points.begin(), m_points.end(), [](auto& a, auto& b) { return a.x < b.x; });
    const auto [low, high] =
        std::minmax_element(m_points.begin(), m_points.end(), [](auto& a, auto& b) { return a.y < b.y; });
    const double w = std::max(1.0, double(m_plot->axisRect()->width())),
                 h = std::max(1.0, double(m_plot->axisRect()->height()));
    const double unit = std::max({(right->x - left->x) / w, (high->y - low->y) / h, 1e-9}) * 1.12;  // a pixel, in data
    const double now = m_plot->xAxis->range().size() / w;
    const auto inside = [](const QCPRange& range, double least, double most) {
        return range.contains(least) && range.contains(most);
    };
    // So that one sees points move and not the axes: no new range while they fit well enough into the present one.
    if (unit > 0.6 * now && unit < 1.12 * now && inside(m_plot->xAxis->range(), left->x, right->x) &&
        inside(m_plot->yAxis->range(), low->y, high->y))
        return;
    const double middleX = (left->x + right->x) / 2, middleY = (low->y + high->y) / 2;
    m_plot->xAxis->setRange(middleX - unit * w / 2, middleX + unit * w / 2);
    m_plot->yAxis->setRange(middleY - unit * h / 2, middleY + unit * h / 2);
}

void ScatterPlot::setHovered(int index) {
    if (m_cloud->hovered == index) return;
    m_cloud->hovered = index;
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    emit hovered(index);
}

void ScatterPlot::restyle() {
    const Theme& theme = themeFor(palette());
    styleAxes(*m_plot, theme);
    styleAxis(*m_plot->xAxis, theme, true);
    m_cloud->theme = theme;
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ScatterPlot::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) restyle();
    QWidget::changeEvent(event);
}

void ScatterPlot::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_plot->replot();  // settles the margins, which the ranges depend on
    applyRanges();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ScatterPlot::select(std::vector<int> points) {
    m_selection = std::move(points);
    m_cloud->selected = m_selection;
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    emit selectionChanged();
}

void ScatterPlot::clearSelection() { select({}); }

// A drag with Shift draws the lasso and does not move the map. True for events that belong to it.
bool ScatterPlot::lassoEvent(QEvent* event) {
    if (event->type() != QEvent::MouseButtonPress && event->type() != QEvent::MouseMove &&
        event->type() != QEvent::MouseButtonRelease)
        return false;
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (event->type() == QEvent::MouseButtonPress) {
        m_roaming = mouse->button() == Qt::LeftButton && mouse->modifiers() & Qt::ShiftModifier;
        if (m_roaming) m_cloud->lasso = QPolygonF({mouse->position()});
        return m_roaming;
    }
    if (!m_roaming) return false;
    m_cloud->lasso << mouse->position();
    if (event->type() == QEvent::MouseButtonRelease) {
        std::vector<int> inside;
        for (int i = 0; i < size(); ++i)
            if (m_cloud->lasso.containsPoint(m_cloud->pixel(static_cast<std::size_t>(i)), Qt::OddEvenFill))
                inside.push_back(i);
        m_cloud->lasso.clear();
        m_roaming = false;
        select(std::move(inside));  // a lasso around nothing selects nothing
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    return true;
}

bool ScatterPlot::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_plot && event->type() == QEvent::Leave) setHovered(-1);
    if (watched == m_plot && lassoEvent(event)) return true;
    return QWidget::eventFilter(watched, event);
}

bool ScatterPlot::exportTo(const QString& fileName) {
    QString csv = QStringLiteral("label,x,y\n");
    for (const Point& point : m_points) {
        QString label = point.label;
        csv += QStringLiteral("\"%1\",%2,%3\n")
                   .arg(label.replace(QLatin1Char('"'), QStringLiteral("\"\"")), QString::number(point.x, 'g', 17),
                        QString::number(point.y, 'g', 17));
    }
    return exportPlot(*m_plot, fileName, tr("Map"), csv);
}

}  // namespace gamegpt::ui
