#include "ui/widgets/export_button.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QMenu>
#include <QTemporaryDir>

namespace gamegpt::ui {

ExportButton::ExportButton(const char* objectName, const QString& actionPrefix, QWidget* parent) : QToolButton(parent) {
    setObjectName(QLatin1String(objectName));
    setAccessibleName(tr("Export"));
    setText(tr("Export"));
    setToolTip(tr("Save as a picture or as a table, or copy"));
    setProperty("small", true);
    setFocusPolicy(Qt::StrongFocus);
    auto* menu = new QMenu(this);
    const auto add = [&](const QString& format, const QString& text) {
        QAction* action = menu->addAction(text);
        action->setObjectName(actionPrefix + format);
        connect(action, &QAction::triggered, this, [this, format] { emit chosen(format); });
    };
    for (const char* format : {"png", "svg", "pdf", "csv"})
        add(QLatin1String(format), tr("%1\u2026").arg(QString::fromLatin1(format).toUpper()));
    menu->addSeparator();
    add(copyPicture, tr("Copy picture"));
    add(copyFigures, tr("Copy figures"));
    setMenu(menu);
    setPopupMode(QToolButton::InstantPopup);
}

bool ExportButton::copy(const QString& format, const std::function<bool(const QString&)>& exportTo) {
    const QTemporaryDir folder;
    const QString path =
        folder.filePath(format == copyPicture ? QStringLiteral("copy.png") : QStringLiteral("copy.csv"));
    if (!exportTo(path)) return false;
    if (format == copyPicture) {
        const QImage image(path);
        if (image.isNull()) return false;
        QGuiApplication::clipboard()->setImage(image);
        return true;
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return false;
    QGuiApplication::clipboard()->setText(QString::fromUtf8(file.readAll()));
    return true;
}

}  // namespace gamegpt::ui
