#include "ui/widgets/mix_sliders.h"

#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/widgets/figure_label.h"
#include "ui/widgets/form.h"

namespace gamegpt::ui {

MixSliders::MixSliders(const QStringList& names, const char* objectName, QWidget* parent) : QWidget(parent) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    for (int i = 0; i < names.size(); ++i) {
        const QByteArray number = QByteArray::number(i);
        auto* slider = named(new QSlider(Qt::Horizontal), (QByteArray(objectName) + number).constData(), names[i]);
        slider->setRange(0, 100);
        slider->setPageStep(10);
        slider->setFocusPolicy(Qt::StrongFocus);
        auto* name = new QLabel(names[i]);
        name->setBuddy(slider);
        auto* figure = named(new FigureLabel, (QByteArray(objectName) + number + "Number").constData(), names[i]);
        figure->setWidthTemplate(QStringLiteral("100 %"));
        figure->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        grid->addWidget(name, i, 0);
        grid->addWidget(slider, i, 1);
        grid->addWidget(figure, i, 2);
        connect(slider, &QSlider::valueChanged, this, [this, i](int value) {
            m_percentages = balanced(m_percentages, static_cast<std::size_t>(i), value);
            showPercentages();
            emit changed();
        });
        m_sliders.push_back(slider);
        m_numbers.push_back(figure);
    }
    grid->setColumnStretch(1, 1);
    m_percentages.assign(m_sliders.size(), 0);
    m_percentages[0] = 100;
    showPercentages();
}

void MixSliders::setPercentages(const std::vector<int>& percentages) {
    m_percentages = percentages;
    showPercentages();
}

std::vector<int> MixSliders::balanced(std::vector<int> percentages, std::size_t moved, int percentage) {
    const int rest = 100 - percentage;
    const int before = 100 - percentages[moved];
    percentages[moved] = percentage;
    const auto others = static_cast<int>(percentages.size()) - 1;
    int left = rest;
    for (std::size_t i = 0; i < percentages.size(); ++i) {
        if (i == moved) continue;
        const double share = before > 0 ? double(percentages[i]) / before : 1.0 / others;
        percentages[i] = std::min(static_cast<int>(std::floor(share * rest)), left);
        left -= percentages[i];
    }
    for (std::size_t i = 0; left > 0; i = (i + 1) % percentages.size())  // what rounding down has left over
        if (i != moved) {
            ++percentages[i];
            --left;
        }
    return percentages;
}

void MixSliders::showPercentages() {
    for (std::size_t i = 0; i < m_sliders.size(); ++i) {
        const QSignalBlocker quiet(m_sliders[i]);
        m_sliders[i]->setValue(m_percentages[i]);
        m_numbers[i]->setText(QStringLiteral("%1 %").arg(m_percentages[i]));
    }
}

}  // namespace gamegpt::ui
