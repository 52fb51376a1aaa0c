#include <QtTest>

#include "core/model/flops.h"

using namespace gamegpt;

class TestFlops : public QObject {
    Q_OBJECT

   private slots:
    void ofTheSeed() {
        const ModelConfig seed;
        // 64 predictions: 3 x 64 x 2 x (12 x 2 x 32 x 32 + 32 x 74) for the projections, 3 x 2 x 2 x 32 x 64 x 65 for attention.
        QCOMPARE(flops_per_step(seed, 1, 64), 10'346'496.0 + 1'597'440.0);
        QCOMPARE(flops_per_step(seed, 5, 64), 5 * flops_per_step(seed, 1, 64));
        QCOMPARE(forward_flops(seed, 64) * 3, flops_per_step(seed, 1, 64));
        QCOMPARE(forward_flops(seed, 0), 0.0);
    }
};

QTEST_APPLESS_MAIN(TestFlops)
#include "tst_flops.moc"
