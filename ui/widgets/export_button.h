#pragma once

#include <QToolButton>

#include <functional>

namespace gamegpt::ui {

// "Export" with a menu: png, svg, pdf and csv files, or picture and figures to the clipboard.
class ExportButton : public QToolButton {
    Q_OBJECT
   public:
    static inline const QString copyPicture = QStringLiteral("copy-picture");
    static inline const QString copyFigures = QStringLiteral("copy-figures");

    // The menu's actions are named `actionPrefix` + format.
    ExportButton(const char* objectName, const QString& actionPrefix, QWidget* parent = nullptr);

    // Puts what `exportTo` writes (given a file name that ends in .png or .csv) on the clipboard. False if it cannot be
    // written.
    static bool copy(const QString& format, const std::function<bool(const QString& fileName)>& exportTo);

   signals:
    void chosen(const QString& format);  // "png", "svg", "pdf", "csv", copyPicture or copyFigures
};

}  // namespace gamegpt::ui
