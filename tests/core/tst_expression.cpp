// Expressions on the autograd: what they mean, what is refused and where, and that stepping through backward() ends where backward() ends.

#include <QtTest>

#include <cmath>

#include "core/autograd/expression.h"

using namespace gamegpt;

static Expression parsed(const QString& text) {
    ExpressionError error;
    const auto expression = Expression::parse(text.toStdString(), error);
    if (!expression) qFatal("%s: %s", qPrintable(text), error.message.c_str());
    return *expression;
}

static double grad_of(const ExpressionGraph& graph, const std::string& name) {
    for (const auto& node : graph.nodes)
        if (node.name == name) return node.grad;
    qFatal("no %s", name.c_str());
}

class TestExpression : public QObject {
    Q_OBJECT

   private slots:
    void theWorkedExample() {
        const ExpressionGraph graph = parsed("a = 2; b = 3; c = a*b + a**2").graph();
        QCOMPARE(graph.nodes[graph.root].data, 10.0);
        QCOMPARE(graph.nodes[graph.root].name, std::string("c"));
        QCOMPARE(grad_of(graph, "a"), 7.0);
        QCOMPARE(grad_of(graph, "b"), 2.0);
    }

    void values_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value");
        QTest::newRow("precedence") << "2 + 3 * 4" << 14.0;
        QTest::newRow("left to right") << "10 - 4 - 3" << 3.0;
        QTest::newRow("division left to right") << "12 / 3 / 2" << 2.0;
        QTest::newRow("parentheses") << "(2 + 3) * 4" << 20.0;
        QTest::newRow("minus binds less than a power") << "-3**2" << -9.0;
        QTest::newRow("a negative exponent") << "2**-1" << 0.5;
        QTest::newRow("an exponent in parentheses") << "4**(-0.5)" << 0.5;
        QTest::newRow("relu below 0") << "relu(2 - 3)" << 0.0;
        QTest::newRow("functions in functions") << "log(exp(relu(1.5)))" << 1.5;
        QTest::newRow("names carry over") << "x = 3\ny = x * x\ny + 1" << 10.0;
        QTest::newRow("the issue's own") << "a = 2; b = 3; c = a*b + a**2; d = relu(c) - 5/a" << 7.5;
        QTest::newRow("double minus") << "--2" << 2.0;
        QTest::newRow("an unknown name is 1") << "q + 1" << 2.0;
        QTest::newRow("exponent notation") << "1e2 + .5" << 100.5;
    }
    void values() {
        QFETCH(QString, text);
        QFETCH(double, value);
        const ExpressionGraph graph = parsed(text).graph();
        QVERIFY(std::abs(graph.nodes[graph.root].data - value) < 1e-12);
    }

    void errors_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("offset");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("message");
        QTest::newRow("empty") << "" << 0 << 0 << "found the end; an expression, as in c = a*b + a**2 was expected";
        QTest::newRow("only separators") << " ; " << 3 << 0 << "found the end; an expression, as in c = a*b + a**2 was expected";
        QTest::newRow("nothing behind plus") << "a +" << 3 << 0 << "found the end; a number, a name or '(' was expected";
        QTest::newRow("a stray sign") << "a + $b" << 4 << 1 << "found '$'; a number, a name or '(' was expected";
        QTest::newRow("a stray letter of two bytes") << "a + ä" << 4 << 2 << "found 'ä'; a number, a name or '(' was expected";
        QTest::newRow("open parenthesis") << "(a + b" << 6 << 0 << "found the end; ')' was expected";
        QTest::newRow("two values") << "a b" << 2 << 1 << "found 'b'; an operator, ';' or the end was expected";
        QTest::newRow("a variable exponent") << "a**b" << 3 << 1 << "found 'b'; a number: exponents are constant was expected";
        QTest::newRow("an unknown function") << "sin(a)" << 0 << 3 << "found 'sin'; relu, exp or log was expected";
        QTest::newRow("a function without parenthesis") << "relu a" << 5 << 1 << "found 'a'; '(' behind relu was expected";
        QTest::newRow("given twice") << "a = 1; a = 2" << 7 << 1 << "found 'a'; a new name: this one has a value already was expected";
        QTest::newRow("a function as a name") << "exp = 1" << 0 << 3 << "found 'exp'; a name that is no function was expected";
        QTest::newRow("too deep") << QString(300, '(') + "a" + QString(300, ')') << 200 << 0 << "the expression is nested more than 200 deep";
    }
    void errors() {
        QFETCH(QString, text);
        QFETCH(int, offset);
        QFETCH(int, length);
        QFETCH(QString, message);
        ExpressionError error;
        QVERIFY(!Expression::parse(text.toStdString(), error));
        QCOMPARE(QString::fromStdString(error.message), message);
        QCOMPARE(static_cast<int>(error.offset), offset);
        QCOMPARE(static_cast<int>(error.length), length);
    }

    void leavesCanBeMoved() {
        const Expression expression = parsed("a = 2; c = a*b + a**2");
        QCOMPARE(expression.leaves().size(), std::size_t{2});
        QCOMPARE(expression.leaves()[0].value, 2.0);
        const ExpressionGraph graph = expression.graph({{"a", 5}, {"b", -1}});
        QCOMPARE(graph.nodes[graph.root].data, 20.0);
        QCOMPARE(grad_of(graph, "a"), 9.0);  // b + 2 a
        QCOMPARE(grad_of(graph, "b"), 5.0);
    }

    void gradientsAgreeWithDifferences_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("products") << "(a + b) * (a - 2*b) * a";
        QTest::newRow("quotients and powers") << "a / b + b**3 / (a*a + 1)";
        QTest::newRow("functions") << "log(exp(a) + exp(b)) * relu(a + b) - 5 / a";
    }
    void gradientsAgreeWithDifferences() {
        QFETCH(QString, text);
        const Expression expression = parsed(text);
        const std::map<std::string, double> at = {{"a", 1.3}, {"b", 0.7}};
        const ExpressionGraph graph = expression.graph(at);
        for (const std::string name : {"a", "b"}) {
            constexpr double h = 1e-6;
            auto up = at, down = at;
            up[name] += h;
            down[name] -= h;
            const auto value = [&](const auto& where) {
                const ExpressionGraph moved = expression.graph(where);
                return moved.nodes[moved.root].data;
            };
            QVERIFY(std::abs((value(up) - value(down)) / (2 * h) - grad_of(graph, name)) < 1e-7);
        }
    }

    void backwardGoesNodeByNode() {
        const Expression expression = parsed("a = 2; b = 3; c = a*b + a**2");
        const ExpressionGraph none = expression.graph({}, 0);
        for (const auto& node : none.nodes) QCOMPARE(node.grad, 0.0);
        const ExpressionGraph first = expression.graph({}, 1);
        QCOMPARE(first.nodes[first.root].grad, 1.0);
        QCOMPARE(grad_of(first, "a"), 0.0);
        QCOMPARE(first.backward_order.front(), first.root);
        double reached = 0;  // a's gradient grows in two steps: 4 by the square, then 3 by the product
        std::vector<double> seen;
        for (std::size_t step = 0; step <= first.backward_order.size(); ++step) {
            const double now = grad_of(expression.graph({}, step), "a");
            if (now != reached) seen.push_back(now);
            reached = now;
        }
        QCOMPARE(seen, (std::vector<double>{4, 7}));
    }
};

QTEST_APPLESS_MAIN(TestExpression)
#include "tst_expression.moc"
