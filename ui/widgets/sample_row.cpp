#include "ui/widgets/sample_row.h"

#include <QContextMenuEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>

#include "ui/theme.h"
#include "ui/widgets/form.h"

namespace gamegpt::ui {

PinButton::PinButton(QWidget* parent) : QToolButton(parent) {
    setProperty("flat", true);
    setFixedSize(18, 18);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
}

void PinButton::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (hasFocus()) {
        painter.setPen(theme.accent);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
    const QColor colour = isChecked() || underMouse() ? theme.accent : blend(theme.panel, theme.muted, 0.55);
    painter.translate(9, 9);
    painter.rotate(35);
    painter.setPen(QPen(colour, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(isChecked() ? QBrush(colour) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(QRectF(-2, -6, 4, 5.5), 1, 1);
    painter.drawLine(QPointF(-4, -0.5), QPointF(4, -0.5));
    painter.drawLine(QPointF(0, -0.5), QPointF(0, 5.5));
}

SampleRow::SampleRow(const QString& stripName, const QString& origin, QWidget* parent)
    : QWidget(parent), m_origin(origin), m_strip(new TokenStrip), m_pin(new PinButton) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(4);
    grid->setVerticalSpacing(2);
    m_strip->setObjectName(stripName);
    m_strip->setSelectable(true);
    const bool pinned = !origin.isEmpty();
    if (pinned) grid->addWidget(makeText(origin, "caption"), 0, 0);
    grid->addWidget(m_strip, 1, 0);
    grid->addWidget(m_pin, pinned ? 0 : 1, 1, Qt::AlignTop);
    grid->setColumnStretch(0, 1);
    named(m_pin, (stripName + QStringLiteral("Pin")).toLatin1().constData(), pinned ? tr("Unpin") : tr("Pin"));
    m_pin->setToolTip(pinned ? tr("Take it from the top") : tr("Keep it at the top of the list"));
    m_pin->setChecked(pinned);
    connect(m_pin, &QToolButton::clicked, this, [this, pinned] {
        m_pin->setChecked(pinned);
        emit pinClicked();
    });
}

void SampleRow::setShown(bool shown) {
    setVisible(shown);
    m_strip->setVisible(shown);
}

void SampleRow::contextMenuEvent(QContextMenuEvent* event) {
    emit menuRequested(event->reason() == QContextMenuEvent::Keyboard ? mapToGlobal(QPoint(12, 12))
                                                                      : event->globalPos());
}

}  // namespace gamegpt::ui
