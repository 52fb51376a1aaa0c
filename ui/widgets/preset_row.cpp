#include "ui/widgets/preset_row.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>

#include <algorithm>

#include "core/sample/prompt.h"
#include "ui/widgets/form.h"

namespace gamegpt::ui {

namespace {

constexpr std::size_t builtIn = std::size(sample_presets);
constexpr std::size_t mostPresets = 100;

QString settingsKey() { return QStringLiteral("sampler/presets"); }

QString nameOf(std::string_view preset) {
    if (preset == "greedy") return PresetRow::tr("Greedy");
    if (preset == "seed") return PresetRow::tr("Seed default 0.5");
    if (preset == "neutral") return PresetRow::tr("Neutral 1.0");
    return PresetRow::tr("Wild");
}

}  // namespace

PresetRow::PresetRow(QWidget* parent)
    : QWidget(parent),
      m_combo(named(new QComboBox, "samplePresetCombo", tr("Preset"))),
      m_save(named(new QPushButton(tr("Save\u2026")), "savePreset", tr("Save\u2026"))),
      m_remove(named(new QPushButton(tr("Delete")), "deletePreset", tr("Delete"))) {
    m_combo->setPlaceholderText(tr("Own settings"));
    m_combo->setToolTip(tr("Temperature and filters under a name"));
    m_combo->setMinimumContentsLength(8);
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_save->setToolTip(tr("Keep the present temperature and filters under a name"));
    m_remove->setToolTip(tr("Delete this preset; the first four stay"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_combo, 1);
    for (QPushButton* button : {m_save, m_remove}) {
        button->setProperty("small", true);
        row->addWidget(button);
    }
    load();
    fill();
    connect(m_combo, &QComboBox::activated, this, [this](int index) {
        m_present = m_presets.at(static_cast<std::size_t>(index));
        showPresent();
        emit chosen(m_present);
    });
    connect(m_save, &QPushButton::clicked, this, &PresetRow::askName);
    connect(m_remove, &QPushButton::clicked, this, &PresetRow::removePresent);
}

void PresetRow::setPresent(double temperature, const FilterSettings& filters) {
    m_present.temperature = temperature;
    m_present.filters = filters;
    showPresent();
}

void PresetRow::askName() {
    auto* dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("presetNameDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save Preset"));
    dialog->setLabelText(tr("Name of the preset"));
    connect(dialog, &QInputDialog::textValueSelected, this, &PresetRow::save);
    dialog->open();
}

// Under a name of the user's own that exists already, the old one is replaced.
void PresetRow::save(const QString& name) {
    const QString trimmed = name.simplified();
    const auto same = [&](const DrawPreset& preset) { return preset.name == trimmed; };
    const auto own = m_presets.begin() + builtIn;
    if (trimmed.isEmpty() || std::any_of(m_presets.begin(), own, same)) return;
    m_present.name = trimmed;
    if (const auto found = std::find_if(own, m_presets.end(), same); found != m_presets.end()) *found = m_present;
    else if (m_presets.size() < builtIn + mostPresets) m_presets.push_back(m_present);
    store();
    fill();
}

void PresetRow::removePresent() {
    const int index = m_combo->currentIndex();
    if (index < static_cast<int>(builtIn)) return;
    m_presets.erase(m_presets.begin() + index);
    store();
    fill();
}

void PresetRow::load() {
    for (const SamplePreset& preset : sample_presets)
        m_presets.push_back({nameOf(preset.name), preset.temperature, preset.filters});
    QSettings settings;
    const int size = std::min(settings.beginReadArray(settingsKey()), static_cast<int>(mostPresets));
    for (int i = 0; i < size; ++i) {
        settings.setArrayIndex(i);
        const auto number = [&](const char* key, double fallback) {
            bool good = false;
            const double value = settings.value(QLatin1String(key), fallback).toDouble(&good);
            return good ? value : fallback;
        };
        DrawPreset preset{settings.value(QStringLiteral("name")).toString(), number("temperature", 0.5), {}};
        preset.temperature = std::clamp(preset.temperature, 0.0, 2.0);
        preset.filters = {std::clamp(number("repetitionPenalty", 1), 0.1, 10.0),
                          static_cast<int>(std::clamp(number("topK", 0), 0.0, 1e6)),
                          std::clamp(number("topP", 1), 0.0, 1.0), std::clamp(number("minP", 0), 0.0, 1.0)};
        if (!preset.name.isEmpty()) m_presets.push_back(preset);
    }
    settings.endArray();
}

void PresetRow::store() const {
    QSettings settings;
    settings.remove(settingsKey());
    settings.beginWriteArray(settingsKey(), static_cast<int>(m_presets.size() - builtIn));
    for (std::size_t i = builtIn; i < m_presets.size(); ++i) {
        const DrawPreset& preset = m_presets[i];
        settings.setArrayIndex(static_cast<int>(i - builtIn));
        settings.setValue(QStringLiteral("name"), preset.name);
        settings.setValue(QStringLiteral("temperature"), preset.temperature);
        settings.setValue(QStringLiteral("repetitionPenalty"), preset.filters.repetition_penalty);
        settings.setValue(QStringLiteral("topK"), preset.filters.top_k);
        settings.setValue(QStringLiteral("topP"), preset.filters.top_p);
        settings.setValue(QStringLiteral("minP"), preset.filters.min_p);
    }
    settings.endArray();
}

void PresetRow::fill() {
    const QSignalBlocker quiet(m_combo);
    m_combo->clear();
    for (const DrawPreset& preset : m_presets) m_combo->addItem(preset.name);
    showPresent();
}

// Of presets with the same settings the one that was chosen or saved last.
void PresetRow::showPresent() {
    const auto fits = [&](const DrawPreset& preset) {
        return preset.temperature == m_present.temperature && preset.filters == m_present.filters;
    };
    auto found = std::find_if(m_presets.begin(), m_presets.end(),
                              [&](const DrawPreset& preset) { return fits(preset) && preset.name == m_present.name; });
    if (found == m_presets.end()) found = std::find_if(m_presets.begin(), m_presets.end(), fits);
    const int index = found == m_presets.end() ? -1 : static_cast<int>(found - m_presets.begin());
    const QSignalBlocker quiet(m_combo);
    m_combo->setCurrentIndex(index);
    m_remove->setEnabled(index >= static_cast<int>(builtIn));
}

}  // namespace gamegpt::ui
