#pragma once

#include <QWidget>

#include <vector>

#include "core/sample/filters.h"

class QComboBox;
class QPushButton;

namespace gamegpt::ui {

struct DrawPreset {
    QString name;
    double temperature = 0;
    FilterSettings filters;
};

// A choice of named temperatures and filters: the built-in ones, then the user's own, which are kept in the settings.
class PresetRow : public QWidget {
    Q_OBJECT
   public:
    explicit PresetRow(QWidget* parent = nullptr);

    // What is in use now: the row names it, or says that it has no name.
    void setPresent(double temperature, const FilterSettings& filters);

   signals:
    void chosen(const gamegpt::ui::DrawPreset& preset);

   private:
    void askName();
    void save(const QString& name);
    void removePresent();
    void load();
    void store() const;
    void fill();
    void showPresent();

    QComboBox* m_combo;
    QPushButton *m_save, *m_remove;
    std::vector<DrawPreset> m_presets;  // in the combo's order
    DrawPreset m_present;
};

}  // namespace gamegpt::ui
