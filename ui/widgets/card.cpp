#include "ui/widgets/card.h"

#include <QHBoxLayout>
#include <QPainter>

#include "ui/theme.h"
#include "ui/widgets/figure_label.h"

namespace gamegpt::ui {

namespace {
constexpr int headerHeight = 34;
}

Card::Card(const QString& title, QWidget* parent)
    : QFrame(parent), m_title(new FigureLabel(title, this)), m_fact(new FigureLabel(this)) {
    setAccessibleName(title);
    m_title->setFont(figureFont(13));
    m_title->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    m_title->setWidthTemplate(title);
    m_fact->setObjectName(QStringLiteral("fact"));
    m_fact->setFont(captionFont());
    m_fact->setTone(Tone::muted);
    m_fact->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_fact->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 1, 1);
    column->setSpacing(0);
    auto* header = new QWidget(this);
    header->setFixedHeight(headerHeight);
    m_header = new QHBoxLayout(header);
    m_header->setContentsMargins(11, 0, 11, 0);
    m_header->setSpacing(8);
    m_header->addWidget(m_title);
    m_header->addWidget(m_fact, 1);
    column->addWidget(header);
    m_content = new QVBoxLayout;
    m_content->setContentsMargins(11, 10, 11, 11);
    m_content->setSpacing(8);
    column->addLayout(m_content, 1);
}

QString Card::title() const { return m_title->text(); }
void Card::setTitle(const QString& title) {
    m_title->setWidthTemplate(title);
    m_title->setText(title);
    setAccessibleName(title);
}
QString Card::fact() const { return m_fact->text(); }
void Card::setFact(const QString& fact) {
    if (m_fact->text() != fact) m_fact->setText(fact);
}
void Card::setFactTone(Tone tone) { m_fact->setTone(tone); }
void Card::addHeaderWidget(QWidget* widget) { m_header->addWidget(widget); }

void Card::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.line);
    painter.setBrush(theme.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    painter.fillRect(QRectF(1, headerHeight - 1, width() - 2, 1), theme.line);
}

}  // namespace gamegpt::ui
