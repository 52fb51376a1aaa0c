#include "ui/widgets/labelled_slider.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>
#include <cmath>

#include "ui/theme.h"
#include "ui/widgets/figure_label.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {
constexpr int logPlaces = 400;
}

LabelledSlider::LabelledSlider(const QString& label, const char* objectName, QWidget* parent)
    : QWidget(parent), m_slider(named(new QSlider(Qt::Horizontal), objectName, label)), m_number(new FigureLabel) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* row = new QHBoxLayout;
    auto* name = new QLabel(label);
    name->setBuddy(m_slider);
    m_number->setObjectName(QLatin1String(objectName) + QStringLiteral("Number"));
    m_number->setAccessibleName(label);
    m_number->setFont(figureFont(20));
    m_number->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(name, 0, Qt::AlignBottom);
    row->addStretch(1);
    row->addWidget(m_number, 0, Qt::AlignBottom);
    column->addLayout(row);
    m_slider->setFocusPolicy(Qt::StrongFocus);
    column->addWidget(m_slider);
    setRange(m_least, m_most, m_step);
    connect(m_slider, &QSlider::valueChanged, this, [this](int place) {
        m_value = fromPlace(place);
        showNumber();
        emit valueChanged(m_value);
    });
}

void LabelledSlider::setRange(double least, double most, double step, Scale scale) {
    m_least = least;
    m_most = most;
    m_step = step;
    m_scale = scale;
    const QSignalBlocker quiet(m_slider);
    const int places = scale == Scale::logarithmic ? logPlaces : static_cast<int>(std::lround((most - least) / step));
    m_slider->setRange(0, places);
    m_slider->setSingleStep(scale == Scale::logarithmic ? 4 : 1);
    m_slider->setPageStep(std::max(1, places / 20));
    setValue(m_value);
}

void LabelledSlider::setCaptions(const QStringList& captions) {
    delete m_captions;
    m_captions = new QWidget;
    auto* row = new QHBoxLayout(m_captions);
    row->setContentsMargins(0, 0, 0, 0);
    for (qsizetype i = 0; i < captions.size(); ++i) {
        QLabel* caption = makeText(captions[i], "caption");
        caption->setWordWrap(false);
        const bool first = i == 0, last = i + 1 == captions.size();
        caption->setAlignment(first ? Qt::AlignLeft : last ? Qt::AlignRight : Qt::AlignHCenter);
        row->addWidget(caption, 1);
    }
    layout()->addWidget(m_captions);
}

void LabelledSlider::setDecimals(int decimals) {
    m_decimals = decimals;
    showNumber();
}

void LabelledSlider::setNumberSize(int pixels) { m_number->setFont(figureFont(pixels)); }

double LabelledSlider::fromPlace(int place) const {
    if (m_scale == Scale::linear) return m_least + place * m_step;
    const double value = m_least * std::pow(m_most / m_least, static_cast<double>(place) / logPlaces);
    const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1);  // two figures are enough to drag
    return std::round(value / unit) * unit;
}

int LabelledSlider::toPlace(double value) const {
    const double inside = std::clamp(value, m_least, m_most);
    if (m_scale == Scale::linear) return static_cast<int>(std::lround((inside - m_least) / m_step));
    return static_cast<int>(std::lround(std::log(inside / m_least) / std::log(m_most / m_least) * logPlaces));
}

void LabelledSlider::setValue(double value) {
    if (!std::isfinite(value)) return;
    m_value = value;
    if (!m_slider->isSliderDown()) {
        const QSignalBlocker quiet(m_slider);
        m_slider->setValue(toPlace(value));
        m_slider->update();
    }
    showNumber();
}

QString LabelledSlider::numberText() const { return m_number->text(); }

void LabelledSlider::showNumber() {
    m_number->setText(m_scale == Scale::logarithmic ? smallNumber(m_value) : fixedPoint(m_value, m_decimals));
    m_slider->setAccessibleDescription(m_number->text());
}

}  // namespace gamegpt::ui
