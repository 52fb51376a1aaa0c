#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

#include <array>

#include "core/corpus/vocabulary.h"

class QApplication;

namespace gamegpt::ui {

// Every colour on screen. A widget takes the theme of its own palette when it paints and so follows PaletteChange.
struct Theme {
    bool dark = false;
    QColor ground, panel, line, field, text, muted, faint;
    QColor accent, accentSoft, onAccent;
    QColor good, bad, warning;
    QColor rawCurve, heldOut;

    // A token category's colour: for points and bars; as text on a chip; and the chip itself (the colour at 13 %).
    QColor category(TokenCategory category) const;
    QColor chipText(TokenCategory category) const;
    QColor chip(TokenCategory category) const;
};

const Theme& lightTheme();
const Theme& darkTheme();
// The theme that fits a palette: dark if its window colour is.
const Theme& themeFor(const QPalette& palette);
// Whether the desktop asks for dark. Ask before the first applyTheme(), which replaces the application's palette.
bool systemIsDark(const QPalette& systemPalette);
// Fusion style, palette, style sheet and font of the whole application. May be called again at any time.
void applyTheme(QApplication& application, bool dark);
QPalette paletteFor(const Theme& theme);
QString styleSheetFor(const Theme& theme);

// `share` (0..1) of `over` on top of `under`, opaque.
QColor blend(const QColor& under, const QColor& over, double share);
// Black or white, whichever is easier to read on `background`.
QColor readableOn(const QColor& background);

// Perceptually even colour maps. Weights 0..1; signed values -1..1 around a middle that is the panel's colour.
QColor viridis(double value);
QColor diverging(double value, const Theme& theme);
const std::array<QRgb, 256>& viridisTable();

QFont uiFont();                        // 13 px
QFont captionFont();                   // 12 px
QFont figureFont(int pixelSize = 26);  // semibold
QFont monoFont(int pixelSize = 11);    // tokens and IDs

}  // namespace gamegpt::ui
