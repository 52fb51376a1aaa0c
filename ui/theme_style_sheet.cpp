#include "ui/theme.h"

namespace gamegpt::ui {

namespace {

// Words in braces are the theme's colours.
constexpr const char* sheet = R"(
QMainWindow, QDialog { background: {ground}; }
QMainWindow::separator { background: transparent; width: 4px; height: 4px; }
QMainWindow::separator:hover { background: {accentSoft}; }
QToolTip { background: {panel}; color: {text}; border: 1px solid {line}; padding: 4px 6px; }
QMenuBar { background: {panel}; border-bottom: 1px solid {line}; }
QMenuBar::item { padding: 5px 10px; background: transparent; }
QMenuBar::item:selected { background: {accentSoft}; color: {accent}; border-radius: 4px; }
QMenu { background: {panel}; border: 1px solid {line}; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: {accentSoft}; color: {text}; }
QMenu::item:disabled { color: {off}; }
QMenu::separator { height: 1px; background: {line}; margin: 4px 8px; }
QToolBar { background: {panel}; border: none; border-bottom: 1px solid {line}; padding: 5px 8px; spacing: 6px; }
QToolBar::separator { background: {line}; width: 1px; margin: 6px 4px; }
QToolBar QToolButton { padding: 4px 6px; }
QToolBar QToolButton[segment="true"] { border-color: transparent; padding: 4px 6px; }
QToolBar QToolButton[segment="true"]:checked { border-color: {accentSoft}; }
QToolBar QToolButton[segment="true"]:focus { border-color: {accent}; }
QToolBar QToolButton[primary="true"] { padding: 4px 10px; }
QStatusBar { background: {panel}; border-top: 1px solid {line}; min-height: 33px; }
QStatusBar::item { border: none; }
QDockWidget { titlebar-close-icon: none; titlebar-normal-icon: none; }
QDockWidget::title { background: {ground}; padding: 4px 8px; text-align: left; }

QPushButton, QToolButton { background: {panel}; color: {text}; border: 1px solid {line}; border-radius: 6px; padding: 4px 10px; min-height: 18px; }
QPushButton:hover, QToolButton:hover { background: {faint}; }
QPushButton:pressed, QToolButton:pressed { background: {line}; }
QPushButton:focus, QToolButton:focus { border-color: {accent}; }
QPushButton:checked, QToolButton:checked { background: {accentSoft}; color: {accent}; border-color: {accentSoft}; }
QPushButton:checked:focus, QToolButton:checked:focus { border-color: {accent}; }
QPushButton:disabled, QToolButton:disabled { color: {off}; background: {ground}; }
QPushButton[primary="true"], QToolButton[primary="true"] { background: {accent}; color: {onAccent}; border: 1px solid {accent}; font-weight: 600; padding: 4px 14px; }
QPushButton[primary="true"]:hover, QToolButton[primary="true"]:hover { background: {accentHover}; }
QPushButton[primary="true"]:focus, QToolButton[primary="true"]:focus { border-color: {text}; }
QPushButton[primary="true"]:disabled, QToolButton[primary="true"]:disabled { background: {line}; border-color: {line}; color: {muted}; }
QToolButton[small="true"], QPushButton[small="true"] { padding: 0px 6px; font-size: 12px; border-radius: 5px; min-height: 17px; }
QToolButton[flat="true"], QPushButton[flat="true"] { border-color: transparent; background: transparent; color: {accent}; padding: 0px 0px; text-align: right; font-size: 12px; min-height: 16px; }
QToolButton[switchesOff="true"]:checked { background: {panel}; color: {bad}; border-color: {bad}; text-decoration: line-through; }
QToolButton[flat="true"]:checked { background: transparent; border-color: transparent; color: {accent}; }
QToolButton[flat="true"]:hover, QPushButton[flat="true"]:hover { text-decoration: underline; }
QToolButton[flat="true"]:focus, QPushButton[flat="true"]:focus { border-color: {accent}; }
QToolButton::menu-indicator { image: none; }

QAbstractSpinBox, QLineEdit, QComboBox, QPlainTextEdit { background: {field}; color: {text}; border: 1px solid {line}; border-radius: 6px; padding: 1px 8px; min-height: 20px; selection-background-color: {accent}; selection-color: {onAccent}; }
QAbstractSpinBox { padding-right: 2px; }
QAbstractSpinBox:hover, QLineEdit:hover, QComboBox:hover { border-color: {hoverLine}; }
QAbstractSpinBox:focus, QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus { border-color: {accent}; }
QAbstractSpinBox:disabled, QLineEdit:disabled, QComboBox:disabled { color: {off}; background: {panel}; border-color: {faint}; }
QAbstractSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: 16px; height: 12px; border: none; margin: 1px 2px 0 0; }
QAbstractSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: 16px; height: 12px; border: none; margin: 0 2px 1px 0; }
QAbstractSpinBox::up-arrow { image: url(:/icons/chevron-up.svg); width: 8px; height: 8px; }
QAbstractSpinBox::down-arrow { image: url(:/icons/chevron-down.svg); width: 8px; height: 8px; }
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::up-arrow:off, QAbstractSpinBox::down-arrow:disabled, QAbstractSpinBox::down-arrow:off { image: none; }
QComboBox { padding-right: 2px; }
QLineEdit QToolButton { background: transparent; border: none; padding: 0; min-height: 0; }
QComboBox::drop-down { subcontrol-origin: border; subcontrol-position: center right; width: 20px; border: none; }
QComboBox::down-arrow { image: url(:/icons/chevron-down.svg); width: 9px; height: 9px; }
QComboBox::down-arrow:disabled { image: none; }
QComboBox QAbstractItemView { background: {panel}; color: {text}; border: 1px solid {line}; padding: 3px; selection-background-color: {accentSoft}; selection-color: {text}; outline: none; }

QCheckBox { spacing: 6px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid {hoverLine}; border-radius: 4px; background: {field}; }
QCheckBox::indicator:checked { background: {accent}; border-color: {accent}; image: url(:/icons/check-{tone}.svg); }
QCheckBox::indicator:focus { border-color: {accent}; }
QCheckBox:focus { color: {accent}; }

QSlider { min-height: 20px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: {line}; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: {accent}; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -6px 0; border-radius: 8px; border: 2px solid {accent}; background: {panel}; }
QSlider::handle:horizontal:hover { background: {accentSoft}; }
QSlider::handle:horizontal:focus { background: {accent}; }
QSlider::sub-page:horizontal:disabled { background: {hoverLine}; }
QSlider::handle:horizontal:disabled { border-color: {hoverLine}; }

QTabWidget::pane { border: none; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: {muted}; padding: 7px 12px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: {text}; }
QTabBar::tab:selected { color: {text}; font-weight: 600; border-bottom: 2px solid {accent}; }
QTabBar::tab:focus { color: {accent}; }

QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 8px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 8px; margin: 0; }
QScrollBar::handle { background: {hoverLine}; border-radius: 3px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: {muted}; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QAbstractScrollArea::corner { background: transparent; border: none; }
QProgressBar { background: {faint}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; text-align: center; }
QProgressBar::chunk { background: {accent}; border-radius: 3px; }

QTableView, QTreeView, QListView { background: {panel}; color: {text}; border: 1px solid {line}; border-radius: 6px; gridline-color: {faint}; selection-background-color: {accentSoft}; selection-color: {text}; outline: none; }
QHeaderView { background: {panel}; border: none; }
QHeaderView::section { background: {panel}; color: {muted}; border: none; border-bottom: 1px solid {line}; padding: 3px 6px; font-size: 12px; }
QTableCornerButton::section { background: {panel}; border: none; }

QFrame[role="line"] { background: {line}; border: none; }
QLabel[role="muted"] { color: {muted}; }
QLabel[role="caption"] { color: {muted}; font-size: 12px; }
QLabel[role="warning"] { color: {warning}; font-size: 12px; }
QLabel[role="bad"] { color: {bad}; font-size: 12px; }
QLabel[role="title"] { font-weight: 600; }
)";

}  // namespace

QString styleSheetFor(const Theme& t) {
    QString text = QString::fromLatin1(sheet);
    const std::pair<const char*, QColor> colours[] = {
        {"{ground}", t.ground},
        {"{panel}", t.panel},
        {"{line}", t.line},
        {"{field}", t.field},
        {"{text}", t.text},
        {"{muted}", t.muted},
        {"{faint}", t.faint},
        {"{accent}", t.accent},
        {"{accentSoft}", t.accentSoft},
        {"{onAccent}", t.onAccent},
        {"{bad}", t.bad},
        {"{warning}", t.warning},
        {"{off}", blend(t.panel, t.muted, 0.6)},
        {"{hoverLine}", blend(t.line, t.muted, 0.35)},
        {"{accentHover}", blend(t.accent, t.dark ? Qt::white : Qt::black, 0.1)},
    };
    for (const auto& [name, colour] : colours) text.replace(QLatin1String(name), colour.name());
    text.replace(QLatin1String("{tone}"), t.dark ? QStringLiteral("dark") : QStringLiteral("light"));
    return text;
}

}  // namespace gamegpt::ui
