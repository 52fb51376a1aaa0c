#include "ui/widgets/ablation_switches.h"

#include <QGridLayout>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>
#include <utility>

#include "ui/widgets/form.h"

namespace gamegpt::ui {

namespace {

constexpr int mostColumns = 8;  // heads of a layer side by side

template <class Key>
void set(std::set<Key>& off, const Key& key, bool isOff) {
    if (isOff) off.insert(key);
    else off.erase(key);
}

}  // namespace

AblationSwitches::AblationSwitches(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    setObjectName(QStringLiteral("ablationSwitches"));
    setAccessibleName(tr("Parts that can be switched off"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(4);
    m_grid->setVerticalSpacing(4);
}

void AblationSwitches::setShape(int layers, int heads) {
    if (layers == m_layers && heads == m_heads) return;
    m_layers = layers;
    m_heads = heads;
    const bool had = !std::exchange(m_ablation, {}).empty();
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    m_buttons.clear();
    const int columns = std::min(heads, mostColumns);
    int row = 0;
    for (int layer = 0; layer < layers; ++layer) {
        auto* name = makeText(tr("Layer %1").arg(layer + 1), "caption");
        name->setWordWrap(false);
        m_grid->addWidget(name, row, 0);
        auto* attention = addSwitch(row, 1, tr("Attention"), QStringLiteral("attentionOff_%1").arg(layer + 1),
                                    tr("the whole attention of layer %1").arg(layer + 1));
        connect(attention, &QToolButton::toggled, this, [this, layer](bool off) {
            set(m_ablation.attention, layer, off);
            emit changed();
        });
        auto* mlp = addSwitch(row, 2, tr("MLP"), QStringLiteral("mlpOff_%1").arg(layer + 1),
                              tr("the MLP of layer %1").arg(layer + 1));
        connect(mlp, &QToolButton::toggled, this, [this, layer](bool off) {
            set(m_ablation.mlp, layer, off);
            emit changed();
        });
        for (int head = 0; head < heads; ++head) {
            const QString text = QStringLiteral("%1.%2").arg(layer + 1).arg(head + 1);
            auto* button =
                addSwitch(row + head / columns, 3 + head % columns, text,
                          QStringLiteral("headOff_%1_%2").arg(layer + 1).arg(head + 1), tr("head %1").arg(text));
            connect(button, &QToolButton::toggled, this, [this, layer, head](bool off) {
                set(m_ablation.heads, {layer, head}, off);
                emit changed();
            });
        }
        row += (heads + columns - 1) / columns;
    }
    m_grid->setColumnStretch(3 + columns, 1);
    if (had) emit changed();
}

QToolButton* AblationSwitches::addSwitch(int row, int column, const QString& text, const QString& objectName,
                                         const QString& what) {
    auto* button = named(new QToolButton, qPrintable(objectName), tr("Switch off %1").arg(what));
    button->setText(text);
    button->setCheckable(true);
    button->setProperty("small", true);
    button->setProperty("switchesOff", true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setToolTip(tr("Switch off %1: it then adds nothing. The trained weights stay as they are.").arg(what));
    m_grid->addWidget(button, row, column);
    m_buttons.push_back(button);
    return button;
}

void AblationSwitches::turnAllOn() {
    if (m_ablation.empty()) return;
    for (QToolButton* button : m_buttons) {
        const QSignalBlocker quiet(button);
        button->setChecked(false);
    }
    m_ablation = {};
    emit changed();
}

QString AblationSwitches::sentence() const {
    QStringList parts;
    for (const auto& [layer, head] : m_ablation.heads) parts << tr("head %1.%2").arg(layer + 1).arg(head + 1);
    for (const int layer : m_ablation.attention) parts << tr("the attention of layer %1").arg(layer + 1);
    for (const int layer : m_ablation.mlp) parts << tr("the MLP of layer %1").arg(layer + 1);
    if (parts.isEmpty()) return {};
    const bool one = parts.size() == 1;
    QString list = parts.takeLast();
    if (!parts.isEmpty()) list = tr("%1 and %2").arg(parts.join(QStringLiteral(", ")), list);
    list[0] = list[0].toUpper();
    return one ? tr("%1 is off").arg(list) : tr("%1 are off").arg(list);
}

}  // namespace gamegpt::ui
