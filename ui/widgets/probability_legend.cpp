#include "ui/widgets/probability_legend.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

#include "ui/theme.h"
#include "ui/widgets/token_strip.h"

namespace gamegpt::ui {

namespace {
constexpr int barHeight = 8;
}

ProbabilityLegend::ProbabilityLegend(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("probabilityLegend"));
    setAccessibleName(tr("Colours of probabilities"));
    setAccessibleDescription(tr("From dark, 0.1 % and less, to light, 100 %"));
    setToolTip(tr("How probable a token was where it was drawn"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ProbabilityLegend::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    const double decades = -std::log10(leastColouredProbability);
    for (int x = 0; x < width(); ++x)
        painter.fillRect(x, 0, 1, barHeight,
                         probabilityColour(std::pow(10, (static_cast<double>(x) / (width() - 1) - 1) * decades)));
    painter.setPen(theme.muted);
    painter.setFont(monoFont(10));
    const QStringList numbers{QStringLiteral("0.1"), QStringLiteral("1"), QStringLiteral("10"),
                              QStringLiteral("100%")};
    const QFontMetrics metrics(painter.font());
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const int wide = metrics.horizontalAdvance(numbers[i]);
        const int centre = static_cast<int>((width() - 1) * i / (numbers.size() - 1));
        painter.drawText(std::clamp(centre - wide / 2, 0, width() - wide), barHeight + 2 + metrics.ascent(),
                         numbers[i]);
    }
}

}  // namespace gamegpt::ui
