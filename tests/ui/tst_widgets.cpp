#include <QApplication>
#include <QFile>
#include <QMouseEvent>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

#include "ui/plots/heat_map_plot.h"
#include "ui/plots/histogram.h"
#include "ui/plots/loss_plot.h"
#include "ui/plots/scatter_plot.h"
#include "ui/plots/small_maps.h"
#include "ui/theme.h"
#include "ui/widgets/big_number.h"
#include "ui/widgets/card.h"
#include "ui/widgets/figure_label.h"
#include "ui/widgets/file_dialogs.h"
#include "ui/widgets/format.h"
#include "ui/widgets/labelled_slider.h"
#include "ui/widgets/token_strip.h"

using namespace gamegpt;
using namespace gamegpt::ui;

namespace {

StepRecord at(std::int64_t step, double loss, std::optional<double> heldOut = {}) { return {step, loss, 0.01, 64, heldOut}; }

std::shared_ptr<const HeatMapPlot::Rows> triangle(int n) {
    auto rows = std::make_shared<HeatMapPlot::Rows>();
    for (int query = 0; query < n; ++query) rows->emplace_back(static_cast<std::size_t>(query) + 1, 1.0 / (query + 1));
    return rows;
}

// Where the test's own mouse is does not matter.
void moveMouse(QWidget* widget, const QPoint& position) {
    QMouseEvent event(QEvent::MouseMove, position, widget->mapToGlobal(position), Qt::NoButton, Qt::NoButton, {});
    QApplication::sendEvent(widget, &event);
}

QByteArray contents(const QString& fileName) {
    QFile file(fileName);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Ratio of luminances as the accessibility guidelines define it.
double contrast(const QColor& a, const QColor& b) {
    const auto luminance = [](const QColor& c) {
        const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
    };
    const double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return std::max(x, y) / std::min(x, y);
}

}  // namespace

class TestWidgets : public QObject {
    Q_OBJECT

   private slots:
    void writesNumbersTheSameEverywhere() {
        QCOMPARE(grouped(3250), QString("3,250"));
        QCOMPARE(grouped(-1234567), QString("-1,234,567"));
        QCOMPARE(fixedPoint(0.5, 4), QString("0.5000"));
        QCOMPARE(fixedPoint(std::nan(""), 3), QString("\u2013"));
        QCOMPARE(percent(0.493, 1), QString("49.3 %"));
        QCOMPARE(smallNumber(0.00035), QString("0.00035"));
        QCOMPARE(smallNumber(0.0035), QString("0.0035"));
    }

    void coloursCanBeRead() {
        for (const Theme* theme : {&lightTheme(), &darkTheme()}) {
            for (const QColor& ink : {theme->text, theme->muted, theme->accent, theme->good, theme->bad, theme->warning})
                QVERIFY2(contrast(ink, theme->panel) > 4.2, qPrintable(ink.name()));
            for (const auto category : {TokenCategory::structure, TokenCategory::entity, TokenCategory::position, TokenCategory::input,
                                        TokenCategory::score, TokenCategory::death, TokenCategory::text})
                QVERIFY2(contrast(theme->chipText(category), theme->chip(category)) > 4.2, qPrintable(theme->chipText(category).name()));
        }
    }

    void colourMapsRiseEvenly() {
        for (int i = 1; i <= 20; ++i) QVERIFY(qGray(viridis(i / 20.0).rgb()) > qGray(viridis((i - 1) / 20.0).rgb()));
        QCOMPARE(diverging(0, lightTheme()), lightTheme().panel);
        QCOMPARE(diverging(0, darkTheme()), darkTheme().panel);
        QCOMPARE(viridis(std::nan("")), viridis(0));
        QCOMPARE(viridis(7), viridis(1));
    }

    void themeFollowsThePalette() {
        applyTheme(*qApp, true);
        QWidget widget;
        widget.show();
        QVERIFY(themeFor(widget.palette()).dark);
        QVERIFY(systemIsDark(qApp->palette()));
        applyTheme(*qApp, false);
        QVERIFY(!themeFor(widget.palette()).dark);
    }

    void figuresDoNotJump() {
        FigureLabel ones("1,111"), zeros("0,000");
        QCOMPARE(ones.sizeHint(), zeros.sizeHint());
        BigNumber number("Held out", "00.000", "heldOut");
        const int before = number.sizeHint().width();
        number.setValue("1.1");
        QCOMPARE(number.sizeHint().width(), before);
        QCOMPARE(number.accessibleName(), QString("Held out"));
        QCOMPARE(number.value(), QString("1.1"));
    }

    void longFactsAreElidedAndKept() {
        Card card("Corpus");
        card.setFact("a fact that is much too long for so narrow a card");
        card.resize(160, 80);
        card.show();
        card.grab();
        const auto* fact = card.findChild<FigureLabel*>("fact");
        QCOMPARE(fact->toolTip(), card.fact());
        QVERIFY(fact->geometry().right() <= card.width());
    }

    void sliderSpeaksOnlyForTheUser() {
        LabelledSlider slider("Temperature", "temperatureSlider");
        slider.setRange(0, 2, 0.01);
        QSignalSpy changed(&slider, &LabelledSlider::valueChanged);
        slider.setValue(0.5);
        QCOMPARE(changed.count(), 0);
        QCOMPARE(slider.numberText(), QString("0.50"));
        slider.show();
        slider.slider()->setFocus();
        QTest::keyClick(slider.slider(), Qt::Key_Right);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed[0][0].toDouble(), 0.51);
        QCOMPARE(slider.numberText(), QString("0.51"));
        QTest::keyClick(slider.slider(), Qt::Key_Home);
        QCOMPARE(slider.value(), 0.0);
        QTest::keyClick(slider.slider(), Qt::Key_End);
        QCOMPARE(slider.value(), 2.0);
        QCOMPARE(slider.slider()->accessibleName(), QString("Temperature"));
        QCOMPARE(slider.slider()->accessibleDescription(), QString("2.00"));
    }

    void logarithmicSliderKeepsValuesItCannotReach() {
        LabelledSlider slider("Learning rate now", "learningRateSlider");
        slider.setRange(0.0001, 0.1, 0, LabelledSlider::Scale::logarithmic);
        slider.setValue(0.0123456);
        QCOMPARE(slider.value(), 0.0123456);
        slider.setValue(3);
        QCOMPARE(slider.value(), 3.0);
        QCOMPARE(slider.slider()->value(), slider.slider()->maximum());
    }

    void tokensFlowAndAreNamedUnderTheMouse() {
        const auto game = std::make_shared<const Vocabulary>(Vocabulary::game());
        TokenStrip strip;
        std::vector<TokenId> ids(40);
        for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = static_cast<TokenId>(i);
        strip.setTokens(ids, game);
        QVERIFY(strip.heightForWidth(120) > strip.heightForWidth(600));
        strip.resize(240, strip.heightForWidth(240));
        strip.show();
        QVERIFY(strip.tokenRect(39).bottom() <= strip.height());
        QSignalSpy hovered(&strip, &TokenStrip::hovered), clicked(&strip, &TokenStrip::clicked);
        moveMouse(&strip, strip.tokenRect(17).center());
        QCOMPARE(hovered.count(), 1);
        QCOMPARE(hovered[0][0].toInt(), 17);
        QVERIFY(strip.toolTip().startsWith(QString::fromStdString(game->label(17))));
        QTest::mouseClick(&strip, Qt::LeftButton, {}, strip.tokenRect(5).center());
        QCOMPARE(clicked[0][0].toInt(), 5);
    }

    void charactersRunAsText() {
        const auto letters = std::make_shared<const Vocabulary>(Vocabulary::Kind::characters, std::vector<std::string>{"\n", "a", "b", "<BOS>"}, 3, 3);
        TokenStrip strip;
        strip.resize(400, 60);
        strip.setTokens({3, 1, 2, 0, 1, 3}, letters);
        QVERIFY(strip.tokenRect(0).isEmpty());
        QCOMPARE(strip.tokenRect(2).left(), strip.tokenRect(1).right() + 1);
        QVERIFY(strip.tokenRect(4).top() > strip.tokenRect(1).top());
        QCOMPARE(strip.tokenRect(4).left(), strip.tokenRect(1).left());
        strip.setTokens({1, 99, -1}, letters);  // IDs that the vocabulary does not have
        QCOMPARE(strip.tokens().size(), std::size_t(1));
        strip.setTokens({}, nullptr);
        strip.grab();
    }

    void smoothsAsComputedByHand() {
        // factor 0.5: 4; (0.5*2 + 0.25*4)... weights 1/3, 2/3; then 1/7, 2/7, 4/7
        LossPlot plot;
        plot.setSmoothing(0.5);
        plot.append({at(1, 4), at(2, 2), at(3, 1)});
        const std::vector<double> expected{4.0, (4.0 + 2 * 2) / 3, (4.0 + 2 * 2 + 4 * 1) / 7};
        const std::vector<double> smoothed = plot.smoothedValues();
        QCOMPARE(smoothed.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) QVERIFY(std::abs(smoothed[i] - expected[i]) < 1e-12);
        plot.setSmoothing(0);
        QCOMPARE(plot.smoothedValues(), (std::vector<double>{4, 2, 1}));
        plot.setSmoothing(0.5);  // afresh or step by step: the same curve
        plot.append({at(4, 8)});
        QVERIFY(std::abs(plot.smoothedValues().back() - (4.0 + 4 + 4 + 64) / 15) < 1e-12);
    }

    void crosshairReadsTheCurves() {
        LossPlot plot;
        plot.setSmoothing(0);
        plot.reset(74, 5000);
        plot.append({at(1233, 0.6), at(1234, 0.512, 0.51), at(1235, 0.7)});
        plot.showCursorAt(1234.2);
        QCOMPARE(plot.readout(), QString("step 1,234 \u00b7 loss 0.512 \u00b7 smoothed 0.512 \u00b7 held out 0.510"));
        plot.showCursorAt(1233);
        QCOMPARE(plot.readout(), QString("step 1,233 \u00b7 loss 0.600 \u00b7 smoothed 0.600"));
        plot.show();
        QTest::keyClick(&plot, Qt::Key_Right);
        QVERIFY(plot.readout().startsWith("step 1,234"));
        QTest::keyClick(&plot, Qt::Key_Escape);
        QVERIFY(plot.readout().isEmpty());
    }

    void dragStopsFollowingAndDoubleClickFits() {
        LossPlot plot;
        plot.resize(500, 300);
        plot.reset(74, 100);
        plot.append({at(1, 4), at(2, 3), at(50, 1)});
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        QWidget* canvas = plot.findChild<QWidget*>({}, Qt::FindDirectChildrenOnly);
        for (QWidget* child : plot.findChildren<QWidget*>())
            if (child->inherits("QCustomPlot")) canvas = child;
        QSignalSpy follow(&plot, &LossPlot::followChanged);
        const QPoint middle = canvas->rect().center();
        QTest::mousePress(canvas, Qt::LeftButton, {}, middle);
        QMouseEvent drag(QEvent::MouseMove, middle + QPoint(40, 0), canvas->mapToGlobal(middle + QPoint(40, 0)), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(canvas, &drag);
        QTest::mouseRelease(canvas, Qt::LeftButton, {}, middle + QPoint(40, 0));
        QVERIFY(!plot.follow());
        QCOMPARE(follow.count(), 1);
        QTest::mouseDClick(canvas, Qt::LeftButton, {}, middle);
        QVERIFY(plot.follow());
    }

    void exportsPicturesAndTables() {
        QTemporaryDir folder;
        LossPlot plot;
        plot.resize(400, 240);
        plot.reset(74, 10);
        plot.setSmoothing(0);
        plot.append({at(1, 4), at(2, 0.5, 0.75)});
        HeatMapPlot map;
        map.resize(400, 400);
        map.setMap(triangle(3), {"a", "b\"", "c"});
        ScatterPlot scatter;
        scatter.resize(400, 300);
        scatter.setPoints({{0, 1, "a", TokenCategory::text}, {2, 3, "b", TokenCategory::text}}, false);
        const std::pair<const char*, QByteArray> formats[] = {{"png", "\x89PNG"}, {"svg", "<?xml"}, {"pdf", "%PDF"}};
        for (const auto& [suffix, start] : formats) {
            const QString name = folder.filePath(QString("picture.") + suffix);
            QVERIFY(plot.exportTo(name) && contents(name).startsWith(start));
            QVERIFY(map.exportTo(name) && contents(name).startsWith(start));
            QVERIFY(scatter.exportTo(name) && contents(name).startsWith(start));
        }
        const QString table = folder.filePath("table.csv");
        QVERIFY(plot.exportTo(table));
        QCOMPARE(contents(table), QByteArray("step,loss,smoothed,held_out\n1,4,4,\n2,0.5,0.5,0.75\n"));
        QVERIFY(map.exportTo(table));
        QVERIFY(contents(table).contains("1,0,\"b\"\"\",\"a\",0.5\n"));
        QVERIFY(!plot.exportTo(folder.filePath("picture.bmp")));
        QVERIFY(!plot.exportTo(folder.filePath("no/such/folder.csv")));
    }

    void aLassoSelectsTheMapsPoints() {
        ScatterPlot scatter;
        scatter.resize(500, 400);
        scatter.setPoints({{0, 0, "a", TokenCategory::text}, {1, 0, "b", TokenCategory::text}, {4, 4, "c", TokenCategory::text}}, false);
        scatter.show();
        QVERIFY(QTest::qWaitForWindowExposed(&scatter));
        QSignalSpy changed(&scatter, &ScatterPlot::selectionChanged);
        const auto* plot = scatter.findChild<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
        const auto draw = [&](const QPoint& middle, int reach) {  // a square around `middle`, with Shift
            auto* target = const_cast<QWidget*>(plot);
            const QPoint corners[] = {{-reach, -reach}, {reach, -reach}, {reach, reach}, {-reach, reach}};
            const auto send = [&](QEvent::Type type, const QPoint& at, Qt::MouseButtons buttons) {
                QMouseEvent event(type, QPointF(target->mapFrom(&scatter, at)), QPointF(scatter.mapToGlobal(at)),
                                  type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton, buttons, Qt::ShiftModifier);
                QApplication::sendEvent(target, &event);
            };
            send(QEvent::MouseButtonPress, middle + corners[0], Qt::LeftButton);
            for (const QPoint& corner : corners) send(QEvent::MouseMove, middle + corner, Qt::LeftButton);
            send(QEvent::MouseButtonRelease, middle + corners[3], Qt::NoButton);
        };
        draw(scatter.pointPosition(2).toPoint(), 20);
        QCOMPARE(scatter.selection(), std::vector<int>{2});
        QCOMPARE(changed.count(), 1);
        const QPointF between = (scatter.pointPosition(0) + scatter.pointPosition(1)) / 2;
        draw(between.toPoint(), static_cast<int>(std::abs(between.x() - scatter.pointPosition(0).x())) + 12);
        QCOMPARE(scatter.selection(), (std::vector<int>{0, 1}));
        draw(scatter.pointPosition(2).toPoint() + QPoint(-60, 60), 5);  // around nothing
        QVERIFY(scatter.selection().empty());
    }

    void theMapsAxesStayPutWhilePointsMoveALittle() {
        ScatterPlot scatter;
        scatter.resize(500, 400);
        scatter.show();
        QVERIFY(QTest::qWaitForWindowExposed(&scatter));
        scatter.setPoints({{0, 0, "a", TokenCategory::text}, {4, 4, "b", TokenCategory::text}}, false);
        const QPointF before = scatter.pointPosition(0);
        scatter.setPoints({{0, 0, "a", TokenCategory::text}, {3.8, 3.9, "b", TokenCategory::text}}, false);
        QCOMPARE(scatter.pointPosition(0), before);
        scatter.setPoints({{0, 0, "a", TokenCategory::text}, {40, 40, "b", TokenCategory::text}}, false);
        QVERIFY(scatter.rect().contains(scatter.pointPosition(1).toPoint()));  // what does not fit any more is shown again
    }

    void heatMapScalesToItsLargestValue() {
        HeatMapPlot map;
        map.resize(300, 300);
        map.setMap(std::make_shared<const std::vector<std::vector<double>>>(std::vector<std::vector<double>>{{1}, {0.1, 0.2}, {0.05, 0.25, 0.15}}), {});
        QCOMPARE(map.top(), 1.0);
        map.setAutomatic(true);
        QCOMPARE(map.top(), 0.25);  // the first row is 1 by its nature
        map.setMap(std::make_shared<const std::vector<std::vector<double>>>(std::vector<std::vector<double>>{{1}, {0.4, 0.6}}), {});
        QCOMPARE(map.top(), 0.6);
        map.setAutomatic(false);
        QCOMPARE(map.top(), 1.0);
    }

    void heatMapNamesTheCellUnderTheMouse() {
        HeatMapPlot map;
        map.resize(420, 420);
        map.setMap(triangle(16), {});
        map.show();
        QVERIFY(QTest::qWaitForWindowExposed(&map));
        QSignalSpy hovered(&map, &HeatMapPlot::hovered), left(&map, &HeatMapPlot::left);
        moveMouse(&map, map.cellRect(9, 4).center().toPoint());
        QCOMPARE(hovered.count(), 1);
        QCOMPARE(hovered[0][0].toInt(), 9);
        QCOMPARE(hovered[0][1].toInt(), 4);
        QCOMPARE(hovered[0][2].toDouble(), 0.1);
        moveMouse(&map, map.cellRect(4, 9).center().toPoint());  // masked
        QCOMPARE(left.count(), 1);
        QTest::keyClick(&map, Qt::Key_Down);
        QTest::keyClick(&map, Qt::Key_Down);
        QTest::keyClick(&map, Qt::Key_Right);
        QCOMPARE(hovered.last()[0].toInt(), 1);
        QCOMPARE(hovered.last()[1].toInt(), 1);
        const QRectF cell = map.cellRect(3, 3);
        QCOMPARE(cell.width(), cell.height());
        for (const int n : {1, 300}) {
            map.setMap(triangle(n), {});
            map.grab();
        }
        map.clear();
        map.grab();
    }

    void heatMapMasksAndFollowsTheTheme() {
        HeatMapPlot map;
        map.resize(420, 420);
        map.setMap(triangle(4), {"a", "b", "c", "d"});
        for (const bool dark : {true, false}) {
            applyTheme(*qApp, dark);
            const QImage picture = map.grab().toImage();
            const double ratio = picture.devicePixelRatio();
            const auto pixel = [&](int query, int key) { return picture.pixelColor((map.cellRect(query, key).center() * ratio).toPoint()); };
            QCOMPARE(pixel(0, 2), themeFor(map.palette()).ground);
            QCOMPARE(pixel(0, 0), viridis(1));
            QVERIFY(std::abs(pixel(3, 1).red() - viridis(0.25).red()) <= 1);
        }
    }

    void smallMapsPickHeads() {
        auto trace = std::make_shared<Trace>();
        trace->attention.assign(2, std::vector<HeatMapPlot::Rows>(4, *triangle(6)));
        SmallMaps maps;
        maps.setTrace(trace);
        maps.resize(230, maps.heightForWidth(230));
        maps.show();
        QSignalSpy selected(&maps, &SmallMaps::selected);
        QTest::mouseClick(&maps, Qt::LeftButton, {}, maps.mapRect(1, 2).center());
        QCOMPARE(selected.count(), 1);
        QCOMPARE(selected[0][0].toInt(), 1);
        QCOMPARE(selected[0][1].toInt(), 2);
        QTest::keyClick(&maps, Qt::Key_Up);
        QCOMPARE(selected.last()[0].toInt(), 0);
        QTest::keyClick(&maps, Qt::Key_Up);  // at the edge
        QCOMPARE(selected.count(), 2);
        QVERIFY(maps.mapRect(1, 3).bottom() < maps.height() && maps.mapRect(1, 3).right() < maps.width());
        maps.setTrace(nullptr);
        maps.grab();
    }

    void histogramShowsItsBars() {
        Histogram histogram;
        histogram.setBars(1, 1000, {3, 0, 1});
        QCOMPARE(histogram.counts(), (std::vector<std::size_t>{3, 0, 1}));
        QVERIFY(histogram.accessibleDescription().contains("1,000"));
        histogram.grab();
        histogram.setBars(7, 7, {2});
        histogram.grab();
        histogram.setBars(0, 0, {});
        histogram.grab();
    }

    void dialogsCanBeScripted() {
        ScriptedFileDialogs dialogs;
        FileDialogs& seam = dialogs;
        QVERIFY(!seam.openFile(nullptr, "Open", "*", "corpus"));
        dialogs.setNextFileName("/tmp/names.txt");
        QCOMPARE(seam.openFile(nullptr, "Open", "*", "corpus").value(), QString("/tmp/names.txt"));
        QVERIFY(!seam.saveFile(nullptr, "Save", "*", "corpus", "loss.csv"));
        QCOMPARE(dialogs.lastSuggestion(), QString("loss.csv"));
        seam.showError(nullptr, "Open", "names.txt cannot be read");
        QCOMPARE(dialogs.lastError(), QString("names.txt cannot be read"));
    }
};

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"
