#include <QAbstractItemModelTester>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <cmath>

#include "ui/models/figures_model.h"
#include "ui/models/loss_model.h"
#include "ui/models/matrix_model.h"
#include "ui/widgets/mix_sliders.h"

using namespace gamegpt;
using namespace gamegpt::ui;

namespace {

ModelConfig smallModel(std::uint64_t seed = 1, int vocabulary = 5) {
    ModelConfig config;
    config.vocab_size = vocabulary;
    config.n_layer = 1;
    config.n_embd = 4;
    config.n_head = 2;
    config.block_size = 8;
    config.seed = seed;
    return config;
}

std::shared_ptr<Weights> weightsOf(const ModelConfig& config) { return std::make_shared<Weights>(Weights::initial(config)); }

const QStringList five{"BOS", "MOVE", "X0", "X1", "EOS"};

}  // namespace

class TestModels : public QObject {
    Q_OBJECT

   private slots:
    void figuresObeyTheRulesOfModels() {
        FiguresModel model({"step", "loss"});
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.append({{"1,000", 1000}, {"0.5", 0.5}});
        model.append({{"2,000", 2000}});  // a row may be shorter
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, 0).data().toString(), QString("1,000"));
        QCOMPARE(model.index(0, 0).data(FiguresModel::sortRole).toInt(), 1000);
        QVERIFY(!model.index(1, 1).data().isValid());
        model.setRows({{{"a \"b\", c"}, {"x"}}});
        QCOMPARE(model.csv(), QString("step,loss\n\"a \"\"b\"\", c\",x\n"));
        model.setColumns({"one"});
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.columnCount(), 1);
    }

    void lossesObeyTheRulesOfModels() {
        LossModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.append({{1, 4.25, 0.01, 64, {}}, {2, 4.0, 0.01, 64, 3.5}});
        model.append({});
        model.append({{1000, 0.5, 0.00001, 64, {}}});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(0, LossModel::lossColumn).data().toString(), QString("4.2500"));
        QCOMPARE(model.index(0, LossModel::heldOutColumn).data().toString(), QString());
        QCOMPARE(model.index(1, LossModel::heldOutColumn).data().toString(), QString("3.5000"));
        QCOMPARE(model.index(2, LossModel::stepColumn).data().toString(), QString("1,000"));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void mixturesSumToAHundred_data() {
        QTest::addColumn<std::vector<int>>("before");
        QTest::addColumn<int>("moved");
        QTest::addColumn<int>("percentage");
        QTest::addColumn<std::vector<int>>("after");
        QTest::newRow("all to one") << std::vector<int>{40, 40, 20} << 0 << 100 << std::vector<int>{100, 0, 0};
        QTest::newRow("in proportion") << std::vector<int>{40, 40, 20} << 0 << 10 << std::vector<int>{10, 60, 30};
        QTest::newRow("from nothing") << std::vector<int>{100, 0, 0} << 0 << 50 << std::vector<int>{50, 25, 25};
        QTest::newRow("odd rest") << std::vector<int>{100, 0, 0} << 0 << 49 << std::vector<int>{49, 26, 25};
        QTest::newRow("the last") << std::vector<int>{34, 33, 33} << 2 << 0 << std::vector<int>{51, 49, 0};
    }
    void mixturesSumToAHundred() {
        QFETCH(std::vector<int>, before);
        QFETCH(int, moved);
        QFETCH(int, percentage);
        QFETCH(std::vector<int>, after);
        QCOMPARE(MixSliders::balanced(before, static_cast<std::size_t>(moved), percentage), after);
        QCOMPARE(after[0] + after[1] + after[2], 100);
    }

    void obeysTheRulesOfModelsWhileItIsSwapped() {
        MatrixModel model;
        MatrixProxy proxy;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester proxyTester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
        proxy.setSourceModel(&model);
        model.setSnapshot(weightsOf(smallModel(1)), "wte", five);
        proxy.sort(MatrixModel::normColumn, Qt::DescendingOrder);
        model.setSnapshot(weightsOf(smallModel(2)), "wte", five);
        model.setSnapshot(weightsOf(smallModel(2)), "wpe", {});
        proxy.setFilterFixedString("1");
        model.setSnapshot(weightsOf(smallModel(3, 9)), "wte", {});
        model.setTheme(darkTheme());
        model.clear();
        model.setSnapshot(nullptr, "wte", {});
        QCOMPARE(model.rowCount(), 0);
    }

    void showsNamesNormsAndValues() {
        auto weights = weightsOf(smallModel());
        const auto wte = weights->view("wte");
        const double row[] = {3, -4, 0, 12};
        std::copy(std::begin(row), std::end(row), wte.begin() + 4);
        MatrixModel model;
        model.setSnapshot(weights, "wte", five);
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.columnCount(), 6);
        QCOMPARE(model.index(1, MatrixModel::nameColumn).data().toString(), QString("MOVE"));
        QCOMPARE(model.index(1, MatrixModel::normColumn).data().toString(), QString("13.000"));
        QCOMPARE(model.index(1, MatrixModel::firstDimension + 1).data().toString(), QString("-4.00"));
        QCOMPARE(model.index(1, MatrixModel::firstDimension + 1).data(MatrixModel::sortRole).toDouble(), -4.0);
        QCOMPARE(model.largest(), 12.0);
        QCOMPARE(model.headerData(MatrixModel::nameColumn, Qt::Horizontal).toString(), QString("Token"));
        QCOMPARE(model.headerData(MatrixModel::firstDimension + 3, Qt::Horizontal).toString(), QString("3"));
    }

    void coloursAroundZeroWithReadableText() {
        auto weights = weightsOf(smallModel());
        const auto wte = weights->view("wte");
        std::fill(wte.begin(), wte.end(), 0.0);
        wte[0] = 2;
        wte[1] = -2;
        MatrixModel model;
        for (const Theme* theme : {&lightTheme(), &darkTheme()}) {
            model.setTheme(*theme);
            model.setSnapshot(weights, "wte", five);
            const auto background = [&](int dimension) {
                return model.index(0, MatrixModel::firstDimension + dimension).data(Qt::BackgroundRole).value<QColor>();
            };
            QCOMPARE(background(0), diverging(1, *theme));
            QCOMPARE(background(1), diverging(-1, *theme));
            QCOMPARE(background(2), theme->panel);
            for (int dimension = 0; dimension < 3; ++dimension) {
                const QColor ink = model.index(0, MatrixModel::firstDimension + dimension).data(Qt::ForegroundRole).value<QColor>();
                QVERIFY(std::abs(ink.lightness() - background(dimension).lightness()) > 80);
            }
        }
    }

    void sameShapeKeepsSortScrollAndSelection() {
        MatrixModel model;
        MatrixProxy proxy;
        proxy.setSourceModel(&model);
        QTableView view;
        view.setModel(&proxy);
        const ModelConfig config = smallModel(1, 60);
        model.setSnapshot(weightsOf(config), "wte", {});
        view.setSortingEnabled(true);
        view.sortByColumn(MatrixModel::nameColumn, Qt::AscendingOrder);
        view.resize(300, 200);
        view.show();
        view.verticalScrollBar()->setValue(20);
        view.selectRow(22);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        ModelConfig other = config;
        other.seed = 7;
        model.setSnapshot(weightsOf(other), "wte", {});
        QCOMPARE(resets.count(), 0);
        QCOMPARE(changes.count(), 1);
        QCOMPARE(view.verticalScrollBar()->value(), 20);
        QCOMPARE(view.selectionModel()->selectedRows().value(0).row(), 22);
        model.setSnapshot(weightsOf(other), "wpe", {});
        QCOMPARE(resets.count(), 1);
    }

    void sortsByNumberAndFindsByName() {
        MatrixModel model;
        MatrixProxy proxy;
        proxy.setSourceModel(&model);
        model.setSnapshot(weightsOf(smallModel()), "wte", five);
        proxy.sort(MatrixModel::firstDimension, Qt::DescendingOrder);
        for (int row = 1; row < proxy.rowCount(); ++row)
            QVERIFY(proxy.index(row - 1, MatrixModel::firstDimension).data(MatrixModel::sortRole).toDouble() >=
                    proxy.index(row, MatrixModel::firstDimension).data(MatrixModel::sortRole).toDouble());
        proxy.sort(MatrixModel::nameColumn, Qt::AscendingOrder);
        QCOMPARE(proxy.index(0, 0).data().toString(), QString("BOS"));  // the vocabulary's order, not the alphabet's
        QCOMPARE(proxy.index(4, 0).data().toString(), QString("EOS"));
        proxy.setFilterFixedString("x");
        QCOMPARE(proxy.rowCount(), 2);
        QCOMPARE(proxy.index(1, 0).data().toString(), QString("X1"));
    }
};

QTEST_MAIN(TestModels)
#include "tst_models.moc"
