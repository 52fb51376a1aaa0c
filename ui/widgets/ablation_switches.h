#pragma once

#include <QWidget>

#include <vector>

#include "core/inspect/ablation.h"

class QGridLayout;
class QToolButton;

namespace gamegpt::ui {

// A button for each head, for each layer's whole attention and for each MLP: pressed is off.
class AblationSwitches : public QWidget {
    Q_OBJECT
   public:
    explicit AblationSwitches(QWidget* parent = nullptr);

    // Another shape turns everything on.
    void setShape(int layers, int heads);
    const Ablation& ablation() const { return m_ablation; }
    void turnAllOn();  // emits changed() if anything was off
    // "Head 1.2, the attention of layer 2 and the MLP of layer 1 are off"; empty when all is on.
    QString sentence() const;

   signals:
    void changed();

   private:
    QToolButton* addSwitch(int row, int column, const QString& text, const QString& objectName, const QString& what);

    QGridLayout* m_grid;
    int m_layers = 0, m_heads = 0;
    Ablation m_ablation;
    std::vector<QToolButton*> m_buttons;
};

}  // namespace gamegpt::ui
