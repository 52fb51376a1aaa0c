#pragma once

#include <QString>

#include <optional>
#include <utility>

class QWidget;

namespace gamegpt::ui {

// The one way to ask for a file or to tell of an error. An instance is handed to whoever needs it, so that tests answer
// in the user's place.
class FileDialogs {
   public:
    virtual ~FileDialogs() = default;
    // Nothing when the user cancels. The folder is remembered under `settingsKey`.
    virtual std::optional<QString> openFile(QWidget* parent, const QString& title, const QString& filter,
                                            const QString& settingsKey);
    // `suggestion` is a file name without a folder. Asks before it replaces a file.
    virtual std::optional<QString> saveFile(QWidget* parent, const QString& title, const QString& filter,
                                            const QString& settingsKey, const QString& suggestion = {});
    virtual void showError(QWidget* parent, const QString& title, const QString& text);
};

// Answers at once, for tests.
class ScriptedFileDialogs : public FileDialogs {
   public:
    // The next question is answered with this; without one the user "cancels".
    void setNextFileName(const QString& fileName) { m_next = fileName; }
    const QString& lastError() const { return m_lastError; }
    const QString& lastTitle() const { return m_lastTitle; }
    const QString& lastSuggestion() const { return m_lastSuggestion; }
    void clearLastError() { m_lastError.clear(); }

    std::optional<QString> openFile(QWidget*, const QString& title, const QString&, const QString&) override {
        m_lastTitle = title;
        return std::exchange(m_next, std::nullopt);
    }
    std::optional<QString> saveFile(QWidget*, const QString& title, const QString&, const QString&,
                                    const QString& suggestion) override {
        m_lastTitle = title;
        m_lastSuggestion = suggestion;
        return std::exchange(m_next, std::nullopt);
    }
    void showError(QWidget*, const QString& title, const QString& text) override {
        m_lastTitle = title;
        m_lastError = text;
    }

   private:
    std::optional<QString> m_next;
    QString m_lastError, m_lastTitle, m_lastSuggestion;
};

}  // namespace gamegpt::ui
