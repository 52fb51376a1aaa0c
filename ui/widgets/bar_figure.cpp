#include "ui/widgets/bar_figure.h"

#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/theme.h"
#include "ui/widgets/figure_label.h"
#include "ui/widgets/form.h"

namespace gamegpt::ui {

namespace {
constexpr int barHeight = 5;
}

BarFigure::BarFigure(const char* objectName, const QString& accessibleName, QWidget* parent)
    : QWidget(parent), m_text(named(new FigureLabel(QStringLiteral("\u2013")), objectName, accessibleName)) {
    m_text->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, barHeight + 2);
    column->addWidget(m_text);
}

void BarFigure::setValue(const QString& text, double share) {
    m_text->setText(text);
    m_share = std::clamp(share, 0.0, 1.0);
    update();
}

void BarFigure::setStrong(bool strong) {
    m_strong = strong;
    update();
}

QString BarFigure::text() const { return m_text->text(); }

void BarFigure::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF bar(0, height() - barHeight, width(), barHeight);
    painter.setBrush(theme.faint);
    painter.drawRoundedRect(bar, 2.5, 2.5);
    painter.setBrush(m_strong ? theme.accent : blend(theme.panel, theme.muted, 0.6));
    if (m_share > 0)
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), std::max(m_share * bar.width(), 5.0), barHeight), 2.5,
                                2.5);
}

}  // namespace gamegpt::ui
