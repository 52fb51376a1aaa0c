#include "ui/widgets/empty_state.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/widgets/form.h"

namespace gamegpt::ui {

EmptyState::EmptyState(const QString& title, const QString& next, QWidget* parent)
    : QWidget(parent), m_title(makeText(title, "title")), m_next(makeText(next, "muted")) {
    setObjectName(QStringLiteral("emptyState"));
    setAccessibleName(title);
    setAccessibleDescription(next);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 16, 12, 16);
    column->setSpacing(4);
    column->addStretch(1);
    for (QLabel* label : {m_title, m_next}) {
        label->setAlignment(Qt::AlignHCenter);
        column->addWidget(label);
    }
    column->addStretch(1);
}

void EmptyState::setText(const QString& title, const QString& next) {
    m_title->setText(title);
    m_next->setText(next);
    setAccessibleName(title);
    setAccessibleDescription(next);
}

QString EmptyState::next() const { return m_next->text(); }

}  // namespace gamegpt::ui
