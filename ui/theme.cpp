#include "ui/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QStyleFactory>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <span>

// The icons live in a static library: nothing registers them unless it is asked to.
static void registerIcons() { Q_INIT_RESOURCE(resources); }

namespace gamegpt::ui {

namespace {

struct Anchor {
    int r, g, b;
};

QColor alongAnchors(std::span<const Anchor> anchors, double position) {
    const double clamped = std::isfinite(position) ? std::clamp(position, 0.0, 1.0) : 0.0;
    const double place = clamped * static_cast<double>(anchors.size() - 1);
    const std::size_t left = std::min(static_cast<std::size_t>(place), anchors.size() - 2);
    const double t = place - static_cast<double>(left);
    const auto mix = [t](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * t)); };
    const Anchor &a = anchors[left], &b = anchors[left + 1];
    return QColor(mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b));
}

constexpr Anchor viridisAnchors[] = {{68, 1, 84},    {71, 44, 122}, {59, 82, 139},  {44, 114, 142}, {33, 145, 140},
                                     {39, 173, 129}, {94, 201, 98}, {170, 220, 50}, {253, 231, 37}};
// Blue for negative, orange for positive: told apart by every kind of colour vision.
constexpr Anchor divergingLight[] = {{28, 84, 166}, {126, 168, 222}, {255, 255, 255}, {238, 170, 118}, {178, 74, 16}};
constexpr Anchor divergingDark[] = {{110, 162, 255}, {62, 96, 158}, {29, 33, 40}, {146, 90, 42}, {240, 160, 80}};

QString firstPresent(std::initializer_list<const char*> wanted, const QString& otherwise) {
    const QStringList families = QFontDatabase::families();
    for (const char* family : wanted)
        if (families.contains(QLatin1String(family))) return QLatin1String(family);
    return otherwise;
}

double luminance(const QColor& colour) {
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

}  // namespace

const Theme& lightTheme() {
    static const Theme theme = [] {
        Theme t;
        t.ground = QColor("#f6f7f9");
        t.panel = QColor("#ffffff");
        t.line = QColor("#dfe3e8");
        t.field = QColor("#f6f7f9");
        t.text = QColor("#1c2430");
        t.muted = QColor("#66707e");
        t.faint = QColor("#eceff3");
        t.accent = QColor("#2f6fde");
        t.accentSoft = QColor("#e3ecfb");
        t.onAccent = QColor("#ffffff");
        t.good = QColor("#1d8a54");
        t.bad = QColor("#c73a3a");
        t.warning = QColor("#a86a00");
        t.rawCurve = QColor("#b9cdf2");
        t.heldOut = QColor("#d9822b");
        return t;
    }();
    return theme;
}

const Theme& darkTheme() {
    static const Theme theme = [] {
        Theme t;
        t.dark = true;
        t.ground = QColor("#15181d");
        t.panel = QColor("#1d2128");
        t.line = QColor("#2e343d");
        t.field = QColor("#15181d");
        t.text = QColor("#e6e9ee");
        t.muted = QColor("#96a0ae");
        t.faint = QColor("#262b33");
        t.accent = QColor("#6ea2ff");
        t.accentSoft = QColor("#24344f");
        t.onAccent = QColor("#0f1420");
        t.good = QColor("#4cc38a");
        t.bad = QColor("#f0716f");
        t.warning = QColor("#e0a84a");
        t.rawCurve = QColor("#3d557f");
        t.heldOut = QColor("#e8a15c");
        return t;
    }();
    return theme;
}

const Theme& themeFor(const QPalette& palette) {
    QColor window = palette.color(QPalette::Window);
    if (window.alpha() < 255)
        window = QGuiApplication::palette().color(QPalette::Window);  // a style sheet's "transparent"
    return window.lightness() < 128 ? darkTheme() : lightTheme();
}

bool systemIsDark(const QPalette& systemPalette) { return systemPalette.color(QPalette::Window).lightness() < 128; }

QColor Theme::category(TokenCategory category) const {
    const auto pick = [this](const char* light) {
        const QColor colour{QLatin1String(light)};
        return dark ? blend(colour, Qt::white, 0.18) : colour;
    };
    switch (category) {
        case TokenCategory::structure: return pick("#8a94a3");
        case TokenCategory::entity: return pick("#3b6fd0");
        case TokenCategory::position: return pick("#2f8f83");
        case TokenCategory::input: return pick("#8b5fbf");
        case TokenCategory::score: return pick("#c4701a");
        case TokenCategory::death: return pick("#c73a3a");
        case TokenCategory::text: break;
    }
    return accent;
}

QColor Theme::chipText(TokenCategory value) const {
    if (value == TokenCategory::text) return text;
    return dark ? blend(category(value), Qt::white, 0.25) : blend(category(value), Qt::black, 0.24);
}

QColor Theme::chip(TokenCategory value) const {
    return value == TokenCategory::text ? faint : blend(panel, category(value), dark ? 0.18 : 0.13);
}

QColor blend(const QColor& under, const QColor& over, double share) {
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * share)); };
    return QColor(mix(under.red(), over.red()), mix(under.green(), over.green()), mix(under.blue(), over.blue()));
}

QColor readableOn(const QColor& background) {
    return luminance(background) > 0.18 ? QColor(0x12, 0x17, 0x20) : QColor(Qt::white);
}

QColor viridis(double value) { return alongAnchors(viridisAnchors, value); }

QColor diverging(double value, const Theme& theme) {
    return alongAnchors(theme.dark ? std::span<const Anchor>(divergingDark) : std::span<const Anchor>(divergingLight),
                        (value + 1) / 2);
}

const std::array<QRgb, 256>& viridisTable() {
    static const std::array<QRgb, 256> table = [] {
        std::array<QRgb, 256> colours{};
        for (std::size_t i = 0; i < colours.size(); ++i) colours[i] = viridis(static_cast<double>(i) / 255.0).rgb();
        return colours;
    }();
    return table;
}

QFont uiFont() {
    static const QString family =
        firstPresent({"Inter"}, QFontDatabase::systemFont(QFontDatabase::GeneralFont).family());
    QFont font(family);
    font.setPixelSize(13);
    return font;
}

QFont captionFont() {
    QFont font = uiFont();
    font.setPixelSize(12);
    return font;
}

QFont figureFont(int pixelSize) {
    QFont font = uiFont();
    font.setPixelSize(pixelSize);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont monoFont(int pixelSize) {
    static const QString family = firstPresent({"JetBrains Mono", "DejaVu Sans Mono", "Liberation Mono"},
                                               QFontDatabase::systemFont(QFontDatabase::FixedFont).family());
    QFont font(family);
    font.setStyleHint(QFont::Monospace);
    font.setPixelSize(pixelSize);
    return font;
}

QPalette paletteFor(const Theme& t) {
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor& colour) { palette.setColor(role, colour); };
    set(QPalette::Window, t.ground);
    set(QPalette::WindowText, t.text);
    set(QPalette::Base, t.panel);
    set(QPalette::AlternateBase, t.ground);
    set(QPalette::Text, t.text);
    set(QPalette::PlaceholderText, t.muted);
    set(QPalette::Button, t.panel);
    set(QPalette::ButtonText, t.text);
    set(QPalette::BrightText, t.bad);
    set(QPalette::Highlight, t.accent);
    set(QPalette::HighlightedText, t.onAccent);
    set(QPalette::Link, t.accent);
    set(QPalette::LinkVisited, t.accent);
    set(QPalette::ToolTipBase, t.panel);
    set(QPalette::ToolTipText, t.text);
    set(QPalette::Light, t.panel);
    set(QPalette::Midlight, t.faint);
    set(QPalette::Mid, t.line);
    set(QPalette::Dark, t.muted);
    set(QPalette::Shadow, t.dark ? QColor(Qt::black) : t.line);
    const QColor off = blend(t.panel, t.muted, 0.6);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, off);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, t.line);
    return palette;
}

void applyTheme(QApplication& application, bool dark) {
    registerIcons();
    const Theme& theme = dark ? darkTheme() : lightTheme();
    if (application.style()->objectName().compare(QLatin1String("fusion"), Qt::CaseInsensitive) != 0 &&
        application.styleSheet().isEmpty())
        application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setFont(uiFont());
    QApplication::setPalette(paletteFor(theme));
    QToolTip::setPalette(paletteFor(theme));
    application.setStyleSheet(styleSheetFor(theme));
}

}  // namespace gamegpt::ui
