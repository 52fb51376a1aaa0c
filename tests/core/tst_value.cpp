#include <QtTest>

#include <functional>

#include "core/autograd/value.h"

using namespace gamegpt;

class TestValue : public QObject {
    Q_OBJECT

   private slots:
    void workedExample() {
        Tape tape;
        const Value a = tape.value(2);
        const Value b = tape.value(3);
        const Value c = a * b + pow(a, 2);
        c.backward();
        QCOMPARE(c.data(), 10.0);
        QCOMPARE(a.grad(), 7.0);
        QCOMPARE(b.grad(), 2.0);
        QCOMPARE(c.grad(), 1.0);
    }

    void gradients_data() {
        QTest::addColumn<std::function<Value(Value)>>("function");
        QTest::addColumn<double>("at");
        const auto row = [](const char* name, std::function<Value(Value)> f, double at) { QTest::newRow(name) << f << at; };
        row("v + 5", [](Value v) { return v + 5.0; }, 0.7);
        row("5 + v", [](Value v) { return 5.0 + v; }, 0.7);
        row("v - 5", [](Value v) { return v - 5.0; }, 0.7);
        row("5 - v", [](Value v) { return 5.0 - v; }, 0.7);
        row("v * 5", [](Value v) { return v * 5.0; }, 0.7);
        row("5 * v", [](Value v) { return 5.0 * v; }, 0.7);
        row("v / 5", [](Value v) { return v / 5.0; }, 0.7);
        row("5 / v", [](Value v) { return 5.0 / v; }, 0.7);
        row("v + v", [](Value v) { return v + v; }, 0.7);
        row("v - v*v", [](Value v) { return v - v * v; }, 0.7);
        row("v * v", [](Value v) { return v * v; }, 0.7);
        row("v / (v + 1)", [](Value v) { return v / (v + 1.0); }, 0.7);
        row("-v", [](Value v) { return -v; }, 0.7);
        row("v ** 3", [](Value v) { return pow(v, 3); }, 0.7);
        row("v ** -0.5", [](Value v) { return pow(v, -0.5); }, 0.7);
        row("relu above", [](Value v) { return relu(v); }, 0.7);
        row("relu below", [](Value v) { return relu(v); }, -0.7);
        row("exp", [](Value v) { return exp(v); }, 0.7);
        row("log", [](Value v) { return log(v); }, 0.7);
        row("used often", [](Value v) { return exp(v) * v + log(v * v) / v; }, 0.7);
    }
    void gradients() {
        QFETCH(std::function<Value(Value)>, function);
        QFETCH(double, at);
        Tape tape;
        const Value v = tape.value(at);
        function(v).backward();
        const double h = 1e-6;
        Tape scratch;
        const double slope = (function(scratch.value(at + h)).data() - function(scratch.value(at - h)).data()) / (2 * h);
        QVERIFY2(std::abs(v.grad() - slope) < 1e-8, qPrintable(QString("%1 != %2").arg(v.grad()).arg(slope)));
    }

    void reluGradientAtZeroIsZero() {
        Tape tape;
        const Value v = tape.value(0);
        relu(v).backward();
        QCOMPARE(v.grad(), 0.0);
    }

    void gradientsAddUp() {
        Tape tape;
        const Value a = tape.value(2);
        const Value unrelated = a * 10.0;
        unrelated.backward();
        QCOMPARE(a.grad(), 10.0);
        const Value c = a * 3.0;
        c.backward();
        QCOMPARE(a.grad(), 13.0);  // what c does not depend on is not walked again
        c.backward();
        QCOMPARE(a.grad(), 16.0);
    }

    void aChainOfTenMillionNodes() {
        Tape tape;
        const Value start = tape.value(1);
        const Value one = tape.value(1);
        Value end = start;
        for (int i = 0; i < 10'000'000; ++i) end = end * one;
        end.backward();
        QCOMPARE(start.grad(), 1.0);
        QCOMPARE(one.grad(), 1e7);
    }

    void truncateKeepsTheFirstNodes() {
        Tape tape;
        const Value a = tape.value(3);
        const Value square = pow(a, 2);
        const std::size_t kept = tape.size();
        pow(square, 3);
        tape.truncate(kept);
        QCOMPARE(tape.size(), kept);
        const Value again = pow(a, 4);
        again.backward();
        QCOMPARE(a.grad(), 108.0);
        square.backward();
        QCOMPARE(a.grad(), 114.0);
    }

    void nodeTellsItsChildren() {
        Tape tape;
        const Value a = tape.value(2);
        const Value b = tape.value(3);
        const Tape::Node node = tape.node((a * b).index());
        QCOMPARE(node.child_count, 2);
        QCOMPARE(node.children[0], a.index());
        QCOMPARE(node.local_grads[0], 3.0);
        QCOMPARE(node.local_grads[1], 2.0);
    }
};

QTEST_APPLESS_MAIN(TestValue)
#include "tst_value.moc"
