#include "ui/widgets/draw_summary.h"

#include <QObject>

#include "ui/widgets/format.h"

namespace gamegpt::ui {

QStringList filterParts(const FilterSettings& filters) {
    QStringList parts;
    if (filters.top_k > 0) parts << QObject::tr("top-k %1").arg(grouped(filters.top_k));
    if (filters.top_p < 1) parts << QObject::tr("top-p %1").arg(fixedPoint(filters.top_p, 2));
    if (filters.min_p > 0) parts << QObject::tr("min-p %1").arg(fixedPoint(filters.min_p, 2));
    if (filters.repetition_penalty != 1)
        parts << QObject::tr("repetition %1").arg(fixedPoint(filters.repetition_penalty, 2));
    return parts;
}

QString drawSummary(const SampleSettings& settings) {
    QStringList parts{QObject::tr("temperature %1").arg(fixedPoint(settings.temperature, 2)),
                      QObject::tr("seed %1").arg(settings.seed)};
    parts << filterParts(settings.filters);
    if (settings.draws == DrawOrder::in_turn) parts << QObject::tr("in turn");
    if (settings.constraint) parts << QObject::tr("grammar");
    return parts.join(QStringLiteral(" \u00b7 "));
}

}  // namespace gamegpt::ui
