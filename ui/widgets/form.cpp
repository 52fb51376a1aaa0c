#include "ui/widgets/form.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSpinBox>

#include "ui/widgets/figure_label.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {
void prepare(QAbstractSpinBox* spin) {
    spin->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    spin->setLocale(figures());
    spin->setGroupSeparatorShown(true);
    spin->setKeyboardTracking(false);
    // The wheel over a scrolled panel scrolls it; it turns numbers only in the field that has the focus.
    spin->setFocusPolicy(Qt::StrongFocus);
}
}  // namespace

QSpinBox* makeSpin(int least, int most, int value, const char* objectName, const QString& label) {
    auto* spin = new QSpinBox;
    prepare(spin);
    spin->setRange(least, most);
    spin->setValue(value);
    return named(spin, objectName, label);
}

QDoubleSpinBox* makeSpin(double least, double most, double value, int decimals, const char* objectName,
                         const QString& label) {
    auto* spin = new QDoubleSpinBox;
    prepare(spin);
    spin->setDecimals(decimals);
    spin->setRange(least, most);
    spin->setValue(value);
    return named(spin, objectName, label);
}

QLabel* addRow(QGridLayout* grid, const QString& label, QWidget* field, int fieldWidth) {
    const int row = grid->rowCount();
    auto* name = new QLabel(label);
    name->setBuddy(field);
    if (fieldWidth > 0) field->setFixedWidth(fieldWidth);
    grid->addWidget(name, row, 0);
    grid->addWidget(field, row, 1, fieldWidth > 0 ? Qt::AlignRight : Qt::Alignment());
    grid->setColumnStretch(0, 1);
    return name;
}

FigureLabel* addFigure(QGridLayout* grid, const QString& label, const char* objectName) {
    const int row = grid->rowCount();
    auto* name = makeText(label, "muted");
    name->setWordWrap(false);
    auto* figure = named(new FigureLabel, objectName, label);
    figure->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    figure->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    name->setBuddy(figure);
    grid->addWidget(name, row, 0);
    grid->addWidget(figure, row, 1);
    return figure;
}

QLabel* makeText(const QString& text, const char* role, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("role", QLatin1String(role));
    label->setWordWrap(true);
    return label;
}

QScrollArea* scrolled(QWidget* content) {
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    area->setWidget(content);
    content->setAutoFillBackground(false);
    return area;
}

}  // namespace gamegpt::ui
