// The filters against distributions worked out by hand.

#include <QtTest>

#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/base/python_random.h"
#include "core/sample/filters.h"

using namespace gamegpt;

using Values = std::vector<double>;
Q_DECLARE_METATYPE(Values)
Q_DECLARE_METATYPE(FilterSettings)

static Values logs(const Values& probabilities) {
    Values result;
    for (const double p : probabilities) result.push_back(std::log(p));
    return result;
}

class TestFilters : public QObject {
    Q_OBJECT

   private slots:
    void handComputed_data() {
        QTest::addColumn<Values>("base");
        QTest::addColumn<double>("temperature");
        QTest::addColumn<FilterSettings>("filters");
        QTest::addColumn<Values>("expected");
        const Values four = {0.1, 0.4, 0.3, 0.2};
        QTest::newRow("nothing") << four << 1.0 << FilterSettings{} << four;
        QTest::newRow("temperature 1/2 squares") << four << 0.5 << FilterSettings{} << Values{1 / 30.0, 16 / 30.0, 9 / 30.0, 4 / 30.0};
        QTest::newRow("greedy") << four << 0.0 << FilterSettings{} << Values{0, 1, 0, 0};
        QTest::newRow("greedy, the first of equals") << Values{0.2, 0.4, 0.4} << 0.0 << FilterSettings{} << Values{0, 1, 0};
        QTest::newRow("top-k 2") << four << 1.0 << FilterSettings{.top_k = 2} << Values{0, 4 / 7.0, 3 / 7.0, 0};
        QTest::newRow("top-k 1") << four << 1.0 << FilterSettings{.top_k = 1} << Values{0, 1, 0, 0};
        QTest::newRow("top-k of more than there are") << four << 1.0 << FilterSettings{.top_k = 9} << four;
        QTest::newRow("top-k, a tie: the smaller ID stays") << Values{0.25, 0.25, 0.25, 0.25} << 1.0 << FilterSettings{.top_k = 2} << Values{0.5, 0.5, 0, 0};
        QTest::newRow("top-p 0.5: 0.4 is too little") << four << 1.0 << FilterSettings{.top_p = 0.5} << Values{0, 4 / 7.0, 3 / 7.0, 0};
        QTest::newRow("top-p 0.3: the first reaches it") << four << 1.0 << FilterSettings{.top_p = 0.3} << Values{0, 1, 0, 0};
        QTest::newRow("top-p 0 keeps one") << four << 1.0 << FilterSettings{.top_p = 0} << Values{0, 1, 0, 0};
        QTest::newRow("min-p 0.6: at least 0.24") << four << 1.0 << FilterSettings{.min_p = 0.6} << Values{0, 4 / 7.0, 3 / 7.0, 0};
        QTest::newRow("min-p 1 keeps the best") << four << 1.0 << FilterSettings{.min_p = 1} << Values{0, 1, 0, 0};
        QTest::newRow("top-p sees what top-k left: 4/7, then 1")
            << four << 1.0 << FilterSettings{.top_k = 2, .top_p = 0.5} << Values{0, 1, 0, 0};
        QTest::newRow("temperature comes before top-p: 16/30 reaches 0.5")
            << four << 0.5 << FilterSettings{.top_p = 0.5} << Values{0, 1, 0, 0};
        QTest::newRow("two tokens") << Values{0.25, 0.75} << 1.0 << FilterSettings{.top_k = 1} << Values{0, 1};
        QTest::newRow("all but one removed") << Values{0.001, 0.998, 0.001} << 1.0 << FilterSettings{.min_p = 0.5} << Values{0, 1, 0};
    }
    void handComputed() {
        QFETCH(Values, base);
        QFETCH(double, temperature);
        QFETCH(FilterSettings, filters);
        QFETCH(Values, expected);
        Values got;
        filtered_probabilities(logs(base), temperature, filters, {}, got);
        QCOMPARE(got.size(), expected.size());
        for (std::size_t i = 0; i < got.size(); ++i)
            QVERIFY2(std::abs(got[i] - expected[i]) < 1e-12, qPrintable(QString("token %1: %2, not %3").arg(i).arg(got[i]).arg(expected[i])));
        QVERIFY(std::abs(std::accumulate(got.begin(), got.end(), 0.0) - 1) < 1e-12);
        const auto steps = filter_steps(logs(base), temperature, filters, {});
        QCOMPARE(steps.size(), std::size(filter_stages));
        QCOMPARE(steps.back(), got);
        for (const Values& step : steps) QVERIFY(std::abs(std::accumulate(step.begin(), step.end(), 0.0) - 1) < 1e-12);
    }

    void theRepetitionPenaltyIsOnTokensThatOccurred() {
        const Values logits = {2.0, -1.0, 0.5};
        const std::vector<TokenId> history = {0, 0, 1};
        Values got;
        filtered_probabilities(logits, 1, {.repetition_penalty = 2}, history, got);
        const double sum = std::exp(1.0) + std::exp(-2.0) + std::exp(0.5);  // 2 / 2, -1 * 2, 0.5
        QVERIFY(std::abs(got[0] - std::exp(1.0) / sum) < 1e-12);
        QVERIFY(std::abs(got[1] - std::exp(-2.0) / sum) < 1e-12);
        QVERIFY(std::abs(got[2] - std::exp(0.5) / sum) < 1e-12);
        const auto steps = filter_steps(logits, 1, {.repetition_penalty = 2}, history);
        QVERIFY(steps[0][0] > steps[1][0]);
        QCOMPARE(steps[1], steps[2]);  // a temperature of 1 changes nothing
    }

    void extremeTemperaturesDoNotOverflow_data() {
        QTest::addColumn<double>("temperature");
        QTest::newRow("tiny") << 1e-300;
        QTest::newRow("small") << 1e-6;
        QTest::newRow("large") << 1e6;
        QTest::newRow("huge") << 1e300;
    }
    void extremeTemperaturesDoNotOverflow() {
        QFETCH(double, temperature);
        const Values logits = {-1000, 0, 700, 699};
        Values got;
        filtered_probabilities(logits, temperature, {.top_k = 3, .top_p = 0.9, .min_p = 0.01}, {}, got);
        double sum = 0;
        for (const double p : got) {
            QVERIFY(std::isfinite(p) && p >= 0);
            sum += p;
        }
        QVERIFY(std::abs(sum - 1) < 1e-12);
        if (temperature < 1e-3) QCOMPARE(got, (Values{0, 0, 1, 0}));
    }

    void drawsFollowTheDistribution() {
        const Values logits = logs({0.1, 0.4, 0.3, 0.15, 0.05});
        Values p;
        filtered_probabilities(logits, 0.8, {.top_k = 4}, {}, p);
        PythonRandom random(7);
        constexpr int draws = 100'000;
        std::vector<int> counts(p.size(), 0);
        for (int i = 0; i < draws; ++i) ++counts[random.choices_index(p)];
        QCOMPARE(counts[4], 0);
        double chi_square = 0;  // 3 degrees of freedom: 16.27 is passed once in a thousand
        for (std::size_t i = 0; i < 4; ++i) chi_square += std::pow(counts[i] - draws * p[i], 2) / (draws * p[i]);
        QVERIFY2(chi_square < 16.27, qPrintable(QString::number(chi_square)));
    }

    void entropies() {
        QCOMPARE(entropy(Values{0, 1, 0}), 0.0);
        QVERIFY(std::abs(entropy(Values(8, 0.125)) - std::log(8)) < 1e-12);
        QVERIFY(std::abs(effective_vocabulary(Values(8, 0.125)) - 8) < 1e-12);
        QVERIFY(std::abs(effective_vocabulary(Values{0.5, 0.5, 0}) - 2) < 1e-12);
    }

    void wrongSettingsAreNamed_data() {
        QTest::addColumn<FilterSettings>("filters");
        QTest::addColumn<QString>("message");
        QTest::newRow("penalty 0") << FilterSettings{.repetition_penalty = 0} << "the repetition penalty is 0.000000; a number over 0 (1 is off) was expected";
        QTest::newRow("top-k") << FilterSettings{.top_k = -1} << "top-k is -1; 0 (off) or more was expected";
        QTest::newRow("top-p") << FilterSettings{.top_p = 1.5} << "top-p is 1.500000; 0 to 1 (off) was expected";
        QTest::newRow("min-p") << FilterSettings{.min_p = std::nan("")} << "min-p is nan; 0 (off) to 1 was expected";
    }
    void wrongSettingsAreNamed() {
        QFETCH(FilterSettings, filters);
        QFETCH(QString, message);
        try {
            filters.validate();
            QFAIL("was taken");
        } catch (const Error& error) {
            QCOMPARE(QString(error.what()), message);
        }
    }
};

QTEST_APPLESS_MAIN(TestFilters)
#include "tst_filters.moc"
