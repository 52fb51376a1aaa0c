#include "ui/widgets/form.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QToolButton>

#include "ui/widgets/figure_label.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {

// Its scroll bar lies over the content's margin, so that content has the same width with and without it.
class OverlayScrollArea : public QScrollArea {
   public:
    OverlayScrollArea() : m_bar(new QScrollBar(Qt::Vertical, this)) {
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        QScrollBar* own = verticalScrollBar();
        connect(own, &QScrollBar::rangeChanged, m_bar, [this, own](int least, int most) {
            m_bar->setPageStep(own->pageStep());
            m_bar->setSingleStep(own->singleStep());
            m_bar->setRange(least, most);
            m_bar->setVisible(most > least);
        });
        connect(own, &QScrollBar::valueChanged, m_bar, &QScrollBar::setValue);
        connect(m_bar, &QScrollBar::valueChanged, own, &QScrollBar::setValue);
        m_bar->hide();
    }

   protected:
    void resizeEvent(QResizeEvent* event) override {
        QScrollArea::resizeEvent(event);
        m_bar->setGeometry(width() - scrollBarWidth, 0, scrollBarWidth, height());
        m_bar->raise();
    }

   private:
    QScrollBar* m_bar;
};

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

QToolButton* makeTool(const QString& text, const char* objectName, const QString& name, const QString& toolTip,
                      bool checkable) {
    auto* button = named(new QToolButton, objectName, name);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setCheckable(checkable);
    button->setProperty("small", true);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
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
    auto* area = new OverlayScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    area->setWidget(content);
    content->setAutoFillBackground(false);
    return area;
}

}  // namespace gamegpt::ui
