#include "ui/widgets/big_number.h"

#include <QVBoxLayout>

#include "ui/theme.h"
#include "ui/widgets/figure_label.h"

namespace gamegpt::ui {

BigNumber::BigNumber(const QString& caption, const QString& widthTemplate, const char* objectName, bool small,
                     QWidget* parent)
    : QWidget(parent), m_caption(new FigureLabel(caption)), m_value(new FigureLabel(QStringLiteral("\u2013"))) {
    setObjectName(QLatin1String(objectName));
    setAccessibleName(caption);
    m_caption->setFont(captionFont());
    m_caption->setTone(Tone::muted);
    m_value->setObjectName(QLatin1String(objectName) + QStringLiteral("Value"));
    m_value->setAccessibleName(caption);
    m_value->setFont(small ? figureFont(13) : figureFont(26));
    m_value->setWidthTemplate(widthTemplate);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(small ? 2 : 0);
    column->addWidget(m_caption);
    column->addWidget(m_value);
}

void BigNumber::setCaption(const QString& caption) {
    m_caption->setText(caption);
    setAccessibleName(caption);
    m_value->setAccessibleName(caption);
}
QString BigNumber::caption() const { return m_caption->text(); }
void BigNumber::setValue(const QString& value) {
    if (m_value->text() == value) return;
    m_value->setText(value);
    setAccessibleDescription(value);
}
QString BigNumber::value() const { return m_value->text(); }
void BigNumber::setTone(Tone tone) { m_value->setTone(tone); }

}  // namespace gamegpt::ui
