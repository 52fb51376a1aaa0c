#pragma once

#include <QtTest>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QSettings>
#include <QStandardPaths>
#include <QTabBar>
#include <QTemporaryDir>

#include <optional>

#include "ui/controllers/training_controller.h"
#include "ui/main_window.h"
#include "ui/panels/sampler_panel.h"
#include "ui/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/file_dialogs.h"
#include "ui/widgets/token_strip.h"

namespace gamegpt::ui {

// The real window as its users meet it: found by name, worked by mouse and keys. What cannot be done gives false.
class Workbench {
 public:
    explicit Workbench(bool builtIn = true) : m_window(std::make_unique<MainWindow>(dialogs)) {
        if (builtIn) m_window->loadBuiltInCorpus();
        m_window->show();
        m_window->activateWindow();
    }

    ScriptedFileDialogs dialogs;

    MainWindow& window() { return *m_window; }
    TrainingController& training() { return *m_window->training(); }
    void destroy() { m_window.reset(); }

    template <class Widget = QWidget>
    Widget* find(const char* objectName) const {
        return m_window->findChild<Widget*>(QLatin1String(objectName));
    }
    bool isShown(const char* objectName) const {
        const auto* widget = find(objectName);
        return widget && widget->isVisible();
    }
    // A panel behind another tab is not.
    bool isOnScreen(const char* panel) const { return isShown(panel) && !find(panel)->visibleRegion().isEmpty(); }
    bool isEnabled(const char* objectName) const {
        const auto* widget = find(objectName);
        return widget && widget->isEnabled();
    }
    QString textOf(const char* objectName) const {
        if (const auto* label = find<QLabel>(objectName)) return label->text();
        if (const auto* button = find<QAbstractButton>(objectName)) return button->text();
        return {};
    }

    static bool waitFor(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, 20'000); }

    bool click(const char* objectName) const {
        auto* button = find<QAbstractButton>(objectName);
        if (!button || !waitFor([&] { return button->isEnabled(); }) || !button->isVisible()) return false;
        QTest::mouseClick(button, Qt::LeftButton);
        return true;
    }
    bool press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const {
        if (!QTest::qWaitForWindowActive(m_window.get(), 5000)) return false;
        QTest::keyClick(m_window.get(), key, modifiers);
        return true;
    }
    bool pressIn(const char* objectName, Qt::Key key) const {
        auto* widget = find(objectName);
        if (!widget || !widget->isEnabled() || !widget->isVisible()) return false;
        QTest::keyClick(widget, key);
        return true;
    }
    bool type(const char* objectName, const QString& text) const {
        auto* field = find<QAbstractSpinBox>(objectName);
        if (!field || !field->isEnabled() || !field->isVisible()) return false;
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
        return true;
    }
    bool choose(const char* objectName, const QString& text) const {
        auto* combo = find<QComboBox>(objectName);
        const int row = combo ? combo->findText(text) : -1;
        if (row < 0 || !combo->isEnabled() || !combo->isVisible()) return false;
        combo->showPopup();
        combo->view()->setCurrentIndex(combo->model()->index(row, combo->modelColumn()));
        QTest::keyClick(combo->view(), Qt::Key_Return);
        return combo->currentIndex() == row;
    }
    bool chooseTab(const QString& text) const {
        for (QTabBar* bar : m_window->findChildren<QTabBar*>())
            for (int i = 0; bar->isVisible() && i < bar->count(); ++i)
                if (bar->tabText(i) == text) {
                    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(i).center());
                    return bar->currentIndex() == i;
                }
        return false;
    }

    QString state() const { return textOf("stateLabel"); }
    bool waitForState(const char* name) const {
        return waitFor([&] { return state() == QLatin1String(name); });
    }
    qint64 step() const {
        return textOf("stepLabel").section(QStringLiteral(" / "), 0, 0).remove(QLatin1Char(',')).toLongLong();
    }
    bool waitForStep(qint64 least) const {
        return waitFor([&] { return step() >= least; });
    }
    // Starts or resumes, and waits until `steps` more steps are done.
    bool train(qint64 steps) const {
        const qint64 least = step() + steps;
        return click("startButton") && waitForState("Training") && waitForStep(least);
    }
    // Trains a little and pauses.
    bool trainAndPause(qint64 steps = 20) const {
        return train(steps) && click("startButton") && waitForState("Paused");
    }
    // A run that does not end by itself.
    bool makeEndless() const {
        return waitForState("Ready") && type("stepsSpin", QStringLiteral("100000000")) && waitForState("Ready");
    }

    const SamplerPanel& sampler() const { return *m_window->findChild<SamplerPanel*>(); }
    // The sequences on screen.
    std::vector<std::vector<TokenId>> samples() const {
        std::vector<std::vector<TokenId>> shown;
        for (int i = 0;; ++i) {
            const auto* strip = m_window->findChild<TokenStrip*>(QStringLiteral("sample%1").arg(i));
            if (!strip || strip->isHidden()) return shown;
            shown.push_back(strip->tokens());
        }
    }
    // "step 20 \u00b7 sampling..." in the sampler's header.
    QString samplerFact() const { return find<Card>("samplerCard")->fact(); }
    // As panels say it of what they show of the present step.
    QString stepFact() const {
        return QStringLiteral("step ") + textOf("stepLabel").section(QStringLiteral(" / "), 0, 0);
    }
    // Whether the samples on screen are of the step that the run stands at, and no other are being drawn.
    bool waitForSamples() const {
        return waitFor([&] { return samplerFact() == stepFact() && !samples().empty(); });
    }
    QString factOf(const char* panel) const {
        const auto* card = find(panel)->findChild<Card*>();
        return card ? card->fact() : QString();
    }

 private:
    std::unique_ptr<MainWindow> m_window;
};

inline QByteArray bytesOf(const QString& path) {
    QFile in(path);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

inline QString writtenFile(const QTemporaryDir& folder, const QString& name, const QByteArray& bytes) {
    QFile out(folder.filePath(name));
    return out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() ? out.fileName() : QString();
}

// Forty names, one a line: characters.
inline QByteArray namesText() {
    QByteArray text;
    for (const char* end : {"a", "e", "i", "o"})
        for (const char* name :
             {"emm", "oliv", "isabell", "soph", "charlott", "mi", "ameli", "harper", "evelyn", "lun"})
            text += QByteArray(name) + end + "\n";
    return text;
}

// Runs the tests of a class in an application of its own settings, offscreen unless told otherwise.
template <class Test>
int runWindowTest(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QStandardPaths::setTestModeEnabled(true);
    const QTemporaryDir settings;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("GameGPT tests"));
    QApplication::setApplicationName(QStringLiteral("workbench"));
    applyTheme(application, false);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

}  // namespace gamegpt::ui
