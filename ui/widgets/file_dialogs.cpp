#include "ui/widgets/file_dialogs.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QSettings>

namespace gamegpt::ui {

namespace {

QString keyFor(const QString& settingsKey) { return QStringLiteral("folders/") + settingsKey; }

QString rememberedFolder(const QString& settingsKey) {
    const QString folder = QSettings().value(keyFor(settingsKey)).toString();
    return !folder.isEmpty() && QFileInfo(folder).isDir() ? folder : QDir::homePath();
}

std::optional<QString> remember(const QString& fileName, const QString& settingsKey) {
    if (fileName.isEmpty()) return std::nullopt;
    QSettings().setValue(keyFor(settingsKey), QFileInfo(fileName).absolutePath());
    return fileName;
}

}  // namespace

std::optional<QString> FileDialogs::openFile(QWidget* parent, const QString& title, const QString& filter,
                                             const QString& settingsKey) {
    return remember(QFileDialog::getOpenFileName(parent, title, rememberedFolder(settingsKey), filter), settingsKey);
}

std::optional<QString> FileDialogs::saveFile(QWidget* parent, const QString& title, const QString& filter,
                                             const QString& settingsKey, const QString& suggestion) {
    const QString start = QDir(rememberedFolder(settingsKey)).filePath(suggestion);
    return remember(QFileDialog::getSaveFileName(parent, title, start, filter), settingsKey);
}

void FileDialogs::showError(QWidget* parent, const QString& title, const QString& text) {
    QMessageBox box(QMessageBox::Warning, title, text, QMessageBox::Ok, parent);
    box.setTextFormat(Qt::PlainText);
    box.setTextInteractionFlags(Qt::TextSelectableByMouse);
    box.exec();
}

}  // namespace gamegpt::ui
