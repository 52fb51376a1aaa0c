#pragma once

#include <QLocale>
#include <QString>

#include <cmath>

namespace gamegpt::ui {

// The one way numbers are written: "3,250" and "0.5120", whatever the system's language.
inline const QLocale& figures() {
    static const QLocale locale = [] {
        QLocale c = QLocale::c();
        c.setNumberOptions(QLocale::DefaultNumberOptions);
        return c;
    }();
    return locale;
}

inline QString grouped(qint64 value) { return figures().toString(value); }

// "\u2013" for what is not known.
inline QString fixedPoint(double value, int decimals) {
    return std::isfinite(value) ? figures().toString(value, 'f', decimals) : QStringLiteral("\u2013");
}

inline QString percent(double share, int decimals = 0) {
    return fixedPoint(share * 100, decimals) + QStringLiteral(" %");
}

// Learning rates and the like: four decimals, more only where they would all be zero.
inline QString smallNumber(double value) {
    if (value != 0 && std::abs(value) < 0.001) return QString::number(value, 'g', 3);
    return fixedPoint(value, 4);
}

}  // namespace gamegpt::ui
