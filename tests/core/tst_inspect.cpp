#include <QtTest>

#include <cmath>
#include <limits>
#include <numbers>

#include "core/base/error.h"
#include "core/base/python_random.h"
#include "core/corpus/game_tokens.h"
#include "core/engine/decoder.h"
#include "core/engine/trace.h"
#include "core/inspect/ablation.h"
#include "core/inspect/attention_statistics.h"
#include "core/inspect/logit_lens.h"
#include "core/engine/engine.h"
#include "core/inspect/matrix_statistics.h"
#include "core/inspect/neighbours.h"
#include "core/inspect/sequences.h"
#include "tests/core/oracle.h"

using namespace gamegpt;

namespace {

constexpr ModelConfig config{74, 2, 12, 20, 3, 5, 0.4};
using Numbers = std::vector<double>;

std::vector<TokenId> some_tokens(std::size_t count, std::uint64_t seed = 11) {
    PythonRandom random(seed);
    std::vector<TokenId> tokens;
    for (std::size_t i = 0; i < count; ++i) tokens.push_back(static_cast<TokenId>(random.randbelow(74)));
    return tokens;
}

Numbers times(const Weights& weights, const std::string& name, const Numbers& x) {
    const auto w = weights.view(name);
    Numbers y(w.size() / x.size());
    for (std::size_t r = 0; r < y.size(); ++r)
        for (std::size_t i = 0; i < x.size(); ++i) y[r] += w[r * x.size() + i] * x[i];
    return y;
}

Numbers normed(Numbers x) {
    double squares = 0;
    for (const double value : x) squares += value * value;
    const double scale = 1 / std::sqrt(squares / static_cast<double>(x.size()) + 1e-5);
    for (double& value : x) value *= scale;
    return x;
}

void add(Numbers& x, const Numbers& y) {
    for (std::size_t i = 0; i < x.size(); ++i) x[i] += y[i];
}

// The model written out again with parts left out: what a head that is off would add is never computed.
struct HandMade {
    std::vector<Numbers> logits;                 // (T)
    std::vector<std::vector<Numbers>> hidden;    // [layer] (T, 4 n_embd)
};
HandMade hand_made(const Weights& weights, const std::vector<TokenId>& tokens, const Ablation& off) {
    const std::size_t c = 12, hd = 4;
    std::vector<Numbers> xs;
    for (std::size_t t = 0; t < tokens.size(); ++t) {
        Numbers x(c);
        for (std::size_t i = 0; i < c; ++i)
            x[i] = weights.view("wte")[static_cast<std::size_t>(tokens[t]) * c + i] + weights.view("wpe")[t * c + i];
        xs.push_back(normed(x));
    }
    HandMade result;
    for (int layer = 0; layer < 2; ++layer) {
        const std::string name = "layer" + std::to_string(layer) + ".";
        std::vector<Numbers> q, k, v, next = xs;
        for (const Numbers& x : xs) {
            q.push_back(times(weights, name + "attn_wq", normed(x)));
            k.push_back(times(weights, name + "attn_wk", normed(x)));
            v.push_back(times(weights, name + "attn_wv", normed(x)));
        }
        for (std::size_t t = 0; t < xs.size(); ++t) {
            Numbers mixed(c);
            for (int head = 0; head < 3; ++head) {
                if (off.attention.contains(layer) || off.heads.contains({layer, head})) continue;
                const std::size_t first = static_cast<std::size_t>(head) * hd;
                Numbers weight(t + 1);
                double total = 0;
                for (std::size_t s = 0; s <= t; ++s) {
                    double score = 0;
                    for (std::size_t i = first; i < first + hd; ++i) score += q[t][i] * k[s][i];
                    total += weight[s] = std::exp(score / 2);
                }
                for (std::size_t s = 0; s <= t; ++s)
                    for (std::size_t i = first; i < first + hd; ++i) mixed[i] += weight[s] / total * v[s][i];
            }
            if (!off.attention.contains(layer)) add(next[t], times(weights, name + "attn_wo", mixed));
        }
        result.hidden.emplace_back();
        for (Numbers& x : next) {
            Numbers hidden = times(weights, name + "mlp_fc1", normed(x));
            for (double& value : hidden) value = std::max(value, 0.0);
            if (!off.mlp.contains(layer)) add(x, times(weights, name + "mlp_fc2", hidden));
            result.hidden.back().push_back(hidden);
        }
        xs = next;
    }
    for (const Numbers& x : xs) result.logits.push_back(times(weights, "lm_head", x));
    return result;
}

bool same(const std::vector<Numbers>& a, const std::vector<Numbers>& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t t = 0; t < a.size(); ++t)
        for (std::size_t i = 0; i < a[t].size(); ++i)
            if (!close_to(a[t][i], b[t].at(i), 1e-10, 1.0)) return false;
    return true;
}

Numbers softmaxed(Numbers logits) {
    double total = 0;
    for (double& logit : logits) total += logit = std::exp(logit);
    for (double& logit : logits) logit /= total;
    return logits;
}

}  // namespace

class TestInspect : public QObject {
    Q_OBJECT

   private slots:
    void leadingSequences() {
        const auto vocabulary = std::make_shared<const Vocabulary>(Vocabulary::numbers(9));
        const Corpus corpus(vocabulary, {0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1}, {0, 5, 6, 11}, CorpusFormat::lines, "test");
        using Sequences = std::vector<std::vector<TokenId>>;
        QCOMPARE(leading_sequences(corpus, 1, 3), (Sequences{{0, 1, 2}}));
        QCOMPARE(leading_sequences(corpus, 3, 3), (Sequences{{0, 1, 2}, {6, 7, 8}, {3, 4}}));
        QCOMPARE(leading_sequences(corpus, 99, 4), (Sequences{{0, 1, 2, 3}, {6, 7, 8, 0}}));
        QCOMPARE(leading_sequences(corpus, 0, 4), Sequences{});
        QCOMPARE(leading_sequences(corpus, 5, 1), Sequences{});
    }

    void attentionStatistics() {
        const Vocabulary vocabulary = Vocabulary::game();
        const Weights weights = Weights::initial(config);
        const std::vector<std::vector<TokenId>> sequences = {some_tokens(20), some_tokens(7, 3), some_tokens(1)};
        const AttentionStatistics found = attention_statistics(weights, vocabulary, sequences);
        QCOMPARE(found.sequences, std::size_t{3});
        QCOMPARE(found.queries, std::size_t{19 + 6});
        for (std::size_t l = 0; l < 2; ++l)
            for (std::size_t h = 0; h < 3; ++h) {
                HeadStatistics mean;
                for (const auto& tokens : sequences) {
                    const Trace exact = trace(weights, tokens, EngineKind::reference);
                    for (std::size_t q = 1; q < tokens.size(); ++q)
                        for (std::size_t k = 0; k <= q; ++k) {
                            const double w = exact.attention[l][h][q][k] / 25;
                            mean.entropy -= w * std::log(25 * w);
                            mean.distance += w * double(q - k);
                            if (k == 0) mean.on_first += w;
                            if (k + 1 == q) mean.on_previous += w;
                            if (k == q) mean.on_itself += w;
                            if (k != q && tokens[k] == tokens[q]) mean.on_same_token += w;
                            if (k != q && category(vocabulary, tokens[k]) == category(vocabulary, tokens[q]))
                                mean.on_same_category += w;
                        }
                }
                const HeadStatistics& head = found.heads[l][h];
                QVERIFY(close_to(head.entropy, mean.entropy, 1e-10));
                QVERIFY(close_to(head.distance, mean.distance, 1e-10));
                QVERIFY(close_to(head.on_first, mean.on_first, 1e-10));
                QVERIFY(close_to(head.on_previous, mean.on_previous, 1e-10));
                QVERIFY(close_to(head.on_itself, mean.on_itself, 1e-10));
                QVERIFY(close_to(head.on_same_token, mean.on_same_token, 1e-10));
                QVERIFY(close_to(head.on_same_category, mean.on_same_category, 1e-10));
            }
        int asked = 0;
        QCOMPARE(attention_statistics(weights, vocabulary, sequences, [&] { return ++asked < 2; }).queries, std::size_t{19});
    }

    void aHeadWithoutQueriesIsBroad() {
        Weights weights = Weights::initial(config);
        std::ranges::fill(weights.view("layer0.attn_wq"), 0);  // all scores 0: equal weights
        const AttentionStatistics found = attention_statistics(weights, Vocabulary::game(), {some_tokens(20)});
        for (const HeadStatistics& head : found.heads[0]) {
            QVERIFY(close_to(head.entropy, found.uniform.entropy, 1e-12));
            QVERIFY(close_to(head.distance, found.uniform.distance, 1e-12));
            QVERIFY(close_to(head.on_same_category, found.uniform.on_same_category, 1e-12));
            QCOMPARE(role_of(head, found.uniform), HeadRole::broad);
        }
        double distance = 0, entropy = 0;
        for (int q = 1; q < 20; ++q) distance += q / 2.0 / 19, entropy += std::log(q + 1) / 19;
        QVERIFY(close_to(found.uniform.distance, distance, 1e-12));
        QVERIFY(close_to(found.uniform.entropy, entropy, 1e-12));
    }

    void roles() {
        const HeadStatistics uniform{3, 20, 0.05, 0.05, 0.05, 0.1, 0.4};
        const auto role = [&](HeadStatistics head) { return std::string(name_of(role_of(head, uniform))); };
        QCOMPARE(role({2, 20, 0.5, 0, 0, 0, 0}), std::string("sink"));
        QCOMPARE(role({2, 20, 0.49, 0.5, 0, 0, 0}), std::string("previous token"));
        QCOMPARE(role({2, 20, 0, 0, 0.5, 0, 0}), std::string("itself"));
        QCOMPARE(role({2, 20, 0, 0, 0, 0.5, 0.5}), std::string("echo"));
        QCOMPARE(role({2, 20, 0, 0, 0, 0, 0.61}), std::string("category"));
        QCOMPARE(role({2, 20, 0, 0, 0, 0, 0.59}), std::string());
        QCOMPARE(role({2, 5, 0, 0, 0, 0, 0}), std::string("recent"));
        QCOMPARE(role({2.7, 5.1, 0, 0, 0, 0, 0}), std::string("broad"));
        QCOMPARE(role({2.69, 5.1, 0, 0, 0, 0, 0}), std::string());
        QCOMPARE(role({1.01, 5.1, 0, 0, 0, 0, 0}), std::string());
        QCOMPARE(role({1, 5.1, 0, 0, 0, 0, 0}), std::string("few tokens"));
        for (int i = 0; i <= static_cast<int>(HeadRole::none); ++i)
            QVERIFY(rule_of(static_cast<HeadRole>(i)).ends_with('.'));
    }

    void ablationOfNothing() {
        const Weights weights = Weights::initial(config);
        const Weights copy = ablated(weights, {});
        QVERIFY(std::ranges::equal(copy.values(), weights.values()));
        QVERIFY(Ablation{}.empty());
    }

    void ablation_data() {
        QTest::addColumn<Ablation>("off");
        QTest::newRow("nothing") << Ablation{};
        QTest::newRow("a head") << Ablation{{{0, 1}}, {}, {}};
        QTest::newRow("heads of both layers") << Ablation{{{0, 0}, {1, 2}}, {}, {}};
        QTest::newRow("all heads") << Ablation{{{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}}, {}, {}};
        QTest::newRow("attention of a layer") << Ablation{{}, {1}, {}};
        QTest::newRow("an MLP") << Ablation{{}, {}, {0}};
        QTest::newRow("everything") << Ablation{{{0, 1}}, {0, 1}, {0, 1}};
    }
    void ablation() {
        QFETCH(Ablation, off);
        const Weights weights = Weights::initial(config);
        const Numbers before(weights.values().begin(), weights.values().end());
        const std::vector<TokenId> tokens = some_tokens(20);
        const std::vector<Numbers> expected = hand_made(weights, tokens, off).logits;
        const Weights without = ablated(weights, off);
        for (const EngineKind kind : {EngineKind::reference, EngineKind::fast64})
            QVERIFY(same(trace(without, tokens, kind).logits, expected));
        QVERIFY(std::ranges::equal(weights.values(), before));
        QCOMPARE(std::abs(expected[19][0] - trace(weights, tokens).logits[19][0]) < 1e-6, off.empty());
    }

    void allHeadsAreTheAttention() {
        const Weights weights = Weights::initial(config);
        const Weights heads = ablated(weights, {{{0, 0}, {0, 1}, {0, 2}}, {}, {}});
        const Weights attention = ablated(weights, {{}, {0}, {}});
        QVERIFY(std::ranges::equal(heads.values(), attention.values()));
    }

    void ablationRefuses() {
        const Weights weights = Weights::initial(config);
        QVERIFY_EXCEPTION_THROWN(ablated(weights, {{{0, 3}}, {}, {}}), Error);
        QVERIFY_EXCEPTION_THROWN(ablated(weights, {{{2, 0}}, {}, {}}), Error);
        QVERIFY_EXCEPTION_THROWN(ablated(weights, {{}, {2}, {}}), Error);
        QVERIFY_EXCEPTION_THROWN(ablated(weights, {{}, {}, {-1}}), Error);
        QVERIFY_EXCEPTION_THROWN(predictions(weights, {{1}}, {}), Error);
    }

    void predictionsAreTheModels() {
        const Weights weights = Weights::initial(config);
        std::vector<std::vector<TokenId>> sequences;
        for (std::uint64_t i = 0; i < 35; ++i) sequences.push_back(some_tokens(2 + i % 19, i));
        const Predictions found = predictions(weights, sequences, sequences[18]);
        double sum = 0;
        std::size_t count = 0;
        for (const auto& tokens : sequences) {
            const auto logits = hand_made(weights, tokens, {}).logits;
            for (std::size_t t = 0; t + 1 < tokens.size(); ++t, ++count)
                sum -= std::log(softmaxed(logits[t])[std::size_t(tokens[t + 1])]);
        }
        QCOMPARE(found.tokens, count);
        QVERIFY(close_to(found.loss, sum / double(count), 1e-10));
        QVERIFY(same({found.next}, {softmaxed(hand_made(weights, sequences[18], {}).logits.back())}));
        QVERIFY(predictions(weights, sequences, {}).next.empty());
    }

    void lensEndsAtTheModel() {
        const Weights weights = Weights::initial(config);
        const std::vector<TokenId> tokens = some_tokens(20);
        const Trace traced = trace(weights, tokens);
        const LogitLens lens = logit_lens(weights, tokens, 5);
        QCOMPARE(lens.best.size(), std::size_t{3});
        QCOMPARE(lens.nll.back().size(), std::size_t{19});
        for (std::size_t t = 0; t < tokens.size(); ++t) {
            QVERIFY(same({lens_logits(weights, traced.residual[4][t])}, {traced.logits[t]}));
            const Numbers p = softmaxed(traced.logits[t]);
            QCOMPARE(lens.best[2][t].size(), std::size_t{5});
            double last = 1;
            for (const LensCandidate& candidate : lens.best[2][t]) {
                QVERIFY(close_to(candidate.probability, p[std::size_t(candidate.token)], 1e-10));
                QVERIFY(candidate.probability <= last);
                last = candidate.probability;
            }
            QVERIFY(lens.best[2][t][0].probability >= *std::ranges::max_element(p) * (1 - 1e-10));
            if (t < 19) QVERIFY(close_to(lens.nll[2][t], -std::log(p[std::size_t(tokens[t + 1])]), 1e-9));
        }
    }

    void lensStopsBetweenLayers() {
        const Weights weights = Weights::initial(config);
        const std::vector<TokenId> tokens = some_tokens(9);
        const LogitLens lens = logit_lens(weights, tokens, 74);
        // A model whose last layers are off is one that ends earlier.
        const Ablation offs[] = {{{}, {0, 1}, {0, 1}}, {{}, {1}, {1}}, {}};
        for (std::size_t depth = 0; depth < 3; ++depth) {
            const auto logits = hand_made(weights, tokens, offs[depth]).logits;
            for (std::size_t t = 0; t < tokens.size(); ++t) {
                const Numbers p = softmaxed(logits[t]);
                for (const LensCandidate& candidate : lens.best[depth][t])
                    QVERIFY(close_to(candidate.probability, p[std::size_t(candidate.token)], 1e-9));
            }
        }
    }

    void lensAverages() {
        const Weights weights = Weights::initial(config);
        const Vocabulary vocabulary = Vocabulary::game();
        const std::vector<std::vector<TokenId>> sequences = {some_tokens(20), some_tokens(7, 3), some_tokens(12, 4)};
        const LensAverages found = lens_averages(weights, vocabulary, sequences);
        QCOMPARE(found.sequences, std::size_t{3});
        QCOMPARE(found.at_position.size(), std::size_t{19});
        QCOMPARE(found.at_position[0], std::size_t{3});
        QCOMPARE(found.at_position[18], std::size_t{1});
        for (std::size_t depth = 0; depth < 3; ++depth) {
            Numbers position(19), kind(token_categories), kinds(token_categories);
            double all = 0;
            for (const auto& tokens : sequences) {
                const LogitLens lens = logit_lens(weights, tokens, 1);
                for (std::size_t t = 0; t + 1 < tokens.size(); ++t) {
                    const auto of = std::size_t(category(vocabulary, tokens[t + 1]));
                    position[t] += lens.nll[depth][t] / double(found.at_position[t]);
                    kind[of] += lens.nll[depth][t];
                    kinds[of] += 1;
                    all += lens.nll[depth][t] / 36;
                }
            }
            for (std::size_t t = 0; t < 19; ++t) QVERIFY(close_to(found.by_position[depth][t], position[t], 1e-10));
            for (std::size_t k = 0; k < token_categories; ++k) {
                QCOMPARE(double(found.of_category[k]), kinds[k]);
                QVERIFY(close_to(found.by_category[depth][k], kinds[k] > 0 ? kind[k] / kinds[k] : 0, 1e-10));
            }
            QVERIFY(close_to(found.all[depth], all, 1e-10));
        }
        QVERIFY(close_to(found.all.back(), predictions(weights, sequences, {}).loss, 1e-10));
    }

    void neighboursByCosine() {
        const Numbers matrix = {1, 0, 2, 2, 0, 3, -1, 0, 0, 0, 5, 0};
        const auto found = neighbours(matrix, 2, 0, 3);
        QCOMPARE(found.size(), std::size_t{3});
        QCOMPARE(found[0].row, std::size_t{5});
        QCOMPARE(found[0].cosine, 1.0);
        QCOMPARE(found[1].row, std::size_t{1});
        QVERIFY(close_to(found[1].cosine, std::numbers::sqrt2 / 2, 1e-12));
        QCOMPARE(found[2].row, std::size_t{2});  // before the zero row 4, which is as far
        QCOMPARE(neighbours(matrix, 2, 0, 99).size(), std::size_t{5});
        QCOMPARE(neighbours(matrix, 2, 0, 99).back().row, std::size_t{3});
        QVERIFY_EXCEPTION_THROWN(neighbours(matrix, 2, 6, 1), Error);
        const std::size_t chosen[] = {0, 1, 3, 4};
        const auto square = similarity(matrix, 2, chosen);
        for (std::size_t i = 0; i < 4; ++i) {
            QCOMPARE(square[i][i], i == 3 ? 0.0 : 1.0);
            for (std::size_t j = 0; j < 4; ++j) QCOMPARE(square[i][j], square[j][i]);
        }
        QCOMPARE(square[0][2], -1.0);
        QVERIFY(close_to(square[0][1], std::numbers::sqrt2 / 2, 1e-12));
        QVERIFY_EXCEPTION_THROWN(similarity(matrix, 2, std::vector<std::size_t>{6}), Error);
    }

    void matrixStatistics() {
        Weights weights{config};
        auto wo = weights.view("layer1.attn_wo");
        wo[0] = 3;
        wo[1] = -4;
        wo[2] = 0.06;
        const auto all = matrix_statistics(weights);
        QCOMPARE(all.size(), weights.layout().entries().size());
        const MatrixStatistics& found = all[3 + 6 + 3];
        QCOMPARE(found.name, std::string("layer1.attn_wo"));
        QVERIFY(close_to(found.norm, std::sqrt(25.0036), 1e-12));
        QVERIFY(close_to(found.mean, -0.94 / 144, 1e-12));
        QVERIFY(close_to(found.deviation, std::sqrt(25.0036 / 144 - found.mean * found.mean), 1e-12));
        QCOMPARE(found.histogram[0], std::size_t{1});
        QCOMPARE(found.histogram[79], std::size_t{1});
        QCOMPARE(found.histogram[41], std::size_t{1});
        QCOMPARE(found.histogram[40], std::size_t{141});
        QCOMPARE(all[0].norm, 0.0);
        wo[5] = std::numeric_limits<double>::quiet_NaN();
        wo[6] = -std::numeric_limits<double>::infinity();
        const MatrixStatistics broken = matrix_statistics(weights)[3 + 6 + 3];
        QCOMPARE(broken.not_finite, std::size_t{2});
        QVERIFY(close_to(broken.norm, found.norm, 1e-12));
    }

    void gradientStatistics() {
        const Weights weights = Weights::initial(config);
        const std::vector<std::vector<TokenId>> sequences = {{0, 1, 2, 3, 1}, {2, 2, 0}};
        const std::vector<Window> windows(sequences.begin(), sequences.end());
        std::vector<double> gradients(weights.values().size());
        make_engine<double>(EngineKind::reference, config)->loss_and_gradients(weights.values(), windows, gradients);
        const auto found = gradient_statistics(weights, sequences);
        QCOMPARE(found.size(), weights.layout().entries().size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            const ParameterEntry& entry = weights.layout().entries()[i];
            double squares = 0;
            for (std::size_t j = 0; j < entry.size(); ++j) squares += gradients[entry.offset + j] * gradients[entry.offset + j];
            QVERIFY(close_to(found[i].norm, std::sqrt(squares), 1e-4 * std::sqrt(squares)));
            std::size_t counted = 0;
            for (const std::size_t values : found[i].histogram) counted += values;
            QCOMPARE(counted, entry.size());
        }
    }

    void updateRatios() {
        Weights before{config}, after{config};
        before.view("wte")[0] = 3;
        after.view("wte")[0] = 4;
        after.view("wte")[1] = 3;
        const auto found = update_ratios(before, after, 10);
        QCOMPARE(found.size(), before.layout().entries().size());
        QVERIFY(close_to(found[0], std::sqrt(10.0) / 10 / 5, 1e-12));
        QCOMPARE(found[1], 0.0);
        QVERIFY_EXCEPTION_THROWN(update_ratios(before, Weights(ModelConfig{}), 1), Error);
    }

    void deadUnits() {
        Weights weights = Weights::initial(config);
        const std::vector<std::vector<TokenId>> sequences = {some_tokens(3), some_tokens(2, 8)};
        const auto expected = [&](std::size_t layer) {
            double dead = 0;
            for (std::size_t unit = 0; unit < 48; ++unit) {
                bool fires = false;
                for (const auto& tokens : sequences) {
                    const HandMade made = hand_made(weights, tokens, {});
                    for (const Numbers& hidden : made.hidden[layer]) fires = fires || hidden[unit] > 0;
                }
                dead += fires ? 0 : 1.0 / 48;
            }
            return dead;
        };
        for (const bool half : {false, true}) {
            if (half) std::ranges::fill(weights.view("layer1.mlp_fc1").first(24 * 12), 0);
            const auto found = dead_units(weights, sequences);
            QCOMPARE(found.size(), std::size_t{2});
            QVERIFY(close_to(found[0], expected(0), 1e-12, 1));
            QVERIFY(close_to(found[1], expected(1), 1e-12, 1));
            QVERIFY(found[1] < 0.5 || half);
        }
        QVERIFY(dead_units(weights, sequences)[1] >= 0.5);
        QVERIFY_EXCEPTION_THROWN(dead_units(weights, {}), Error);
    }

    void healthInWords() {
        const Weights weights = Weights::initial(config);
        auto matrices = matrix_statistics(weights);
        std::vector<double> ratios(matrices.size(), 1e-3);
        QVERIFY(health(matrices, ratios, {0.5, 0.1}).empty());
        QVERIFY(health(matrices, {}, {}).empty());
        ratios[0] = 0.11;
        ratios[3] = 0.9e-4;
        matrices[5].not_finite = 2;
        const auto said = health(matrices, ratios, {0.1, 0.75});
        QCOMPARE(said.size(), std::size_t{4});
        QCOMPARE(said[0], std::string("layer0.attn_wv holds 2 values that are not finite: reset, and train with a lower learning rate."));
        QCOMPARE(said[1], std::string("wte changes by 11 % a step: try a lower learning rate."));
        QCOMPARE(said[2], std::string("layer0.attn_wq changes by only 0.009 % a step: try a higher learning rate, unless training is at its end."));
        QCOMPARE(said[3], std::string("75 % of the ReLU units of layer 2 never fire: try a lower learning rate or another seed."));
    }
};

QTEST_APPLESS_MAIN(TestInspect)
#include "tst_inspect.moc"
