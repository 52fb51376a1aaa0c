#pragma once

#include <QAbstractSpinBox>
#include <QTest>

#include <memory>
#include <vector>

#include "core/corpus/corpus.h"
#include "core/engine/trace.h"
#include "core/train/training_loop.h"

// What the tests of the panels share: finding a control, typing as a user does, small made-up data.
namespace gamegpt::ui {

template <class Widget>
Widget* child(const QWidget& panel, const char* name) {
    Widget* found = panel.findChild<Widget*>(QLatin1String(name));
    if (!found) qFatal("no %s", name);
    return found;
}

// As a user would: focus, select all, type, Enter.
inline void type(QAbstractSpinBox* spin, const QString& text) {
    spin->setFocus();
    spin->selectAll();
    QTest::keyClicks(spin, text);
    QTest::keyClick(spin, Qt::Key_Return);
}

inline CorpusSplit snakeCorpus(CorpusFormat format, bool heldOut) {
    const auto game = std::make_shared<const Vocabulary>(Vocabulary::game());
    auto corpus = std::make_shared<Corpus>(game, std::vector<TokenId>{0, 3, 1, 0, 3, 4, 5, 1}, std::vector<std::size_t>{0, 3, 8}, format, "Snake");
    corpus->add_warning("The wall follower supplies 49 % of all tokens.");
    return {corpus, heldOut ? corpus : nullptr};
}

inline std::shared_ptr<Trace> traceOf(int layers, int heads, int n) {
    auto trace = std::make_shared<Trace>();
    std::vector<std::vector<double>> rows;
    for (int query = 0; query < n; ++query) rows.emplace_back(static_cast<std::size_t>(query) + 1, 1.0 / (query + 1));
    trace->attention.assign(static_cast<std::size_t>(layers), std::vector<std::vector<std::vector<double>>>(static_cast<std::size_t>(heads), rows));
    return trace;
}

inline std::shared_ptr<ModelSnapshot> snapshotOf(std::uint64_t seed, std::int64_t step) {
    ModelConfig config;
    config.seed = seed;
    return std::make_shared<ModelSnapshot>(ModelSnapshot{1, step, Weights::initial(config), std::make_shared<const Vocabulary>(Vocabulary::game())});
}

}  // namespace gamegpt::ui
