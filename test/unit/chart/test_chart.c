/* Charts: names, scale, gaps, breaks, targets, escaping, sameness, limits. */
#include "chart/chart.h"

#include <math.h>
#include <string.h>

#include "chart/scale.h"
#include "support/support.h"

enum { CHART_BYTES_MOST = 1 << 20 };

static const char *const quarters[] = { "Q1 2011/12", "Q2 2011/12", "Q3 2011/12",
                                        "Q4 2011/12", "Q1 2012/13", "Q2 2012/13" };
static const double found[] = { 35, 36.4, NAN, 38.1, 40.23, 39 };
static const double hoped[] = { 36, 37, 38, 39, 40, 41 };

static struct chart example(void)
{
    static const struct chart_series series[] = { { "Found", found }, { "Hoped for", hoped } };
    return (struct chart){
        .kind = CHART_LINE,
        .id = "a-chart",
        .title = "Staff from <all> groups",
        .description = "It \"rose\" & fell",
        .labels = quarters,
        .label_count = 6,
        .series = series,
        .series_count = 1,
        .unit = "%",
        .decimals = 1,
        .target = NAN,
    };
}

static const char *draw(struct work *work, const struct chart *chart)
{
    struct text text = text_new(work->arena, CHART_BYTES_MOST);
    work_forget(work);
    return chart_draw(work, chart, &text) == STATUS_OK ? text.bytes : work->error;
}

static size_t count(const char *text, const char *words)
{
    size_t found_times = 0;
    for (const char *at = text; (at = strstr(at, words)); at += strlen(words))
        found_times++;
    return found_times;
}

static void a_chart_has_a_name_and_keeps_its_size(void **state)
{
    (void)state;
    struct work work = support_work();
    struct chart chart = example();
    const char *svg = draw(&work, &chart);
    assert_non_null(strstr(svg, "role=\"img\" aria-labelledby=\"a-chart-title a-chart-desc\""));
    assert_non_null(
        strstr(svg, "<title id=\"a-chart-title\">Staff from &lt;all&gt; groups</title>"));
    assert_non_null(strstr(svg, "<desc id=\"a-chart-desc\">It &quot;rose&quot; &amp; fell</desc>"));
    assert_null(strstr(svg, "viewBox"));
    assert_null(strstr(svg, "style"));
    assert_string_equal(svg, draw(&work, &chart));
    support_work_end(&work);
}

static void a_missing_figure_is_a_gap(void **state)
{
    (void)state;
    struct work work = support_work();
    struct chart chart = example();
    const char *svg = draw(&work, &chart);
    assert_int_equal(count(svg, "stroke-width=\"3\""), 3);
    assert_int_equal(count(svg, "<path "), 5);
    assert_int_equal(count(svg, "39.0%"), 1);
    static const double none[] = { NAN, NAN, NAN, NAN, NAN, NAN };
    struct chart_series empty = { "None", none };
    chart.series = &empty;
    svg = draw(&work, &chart);
    assert_int_equal(count(svg, "<path "), 0);
    assert_null(strstr(svg, "nan"));
    assert_null(strstr(svg, "inf"));
    support_work_end(&work);
}

static void a_whole_is_parted_in_two(void **state)
{
    (void)state;
    static const char *const bands[] = { "Upper", "Nobody" };
    static const double men[] = { 36.6, NAN }, women[] = { 63.4, NAN };
    static const struct chart_series sides[] = { { "Men", men }, { "Women", women } };
    struct work work = support_work();
    struct chart chart = example();
    chart.kind = CHART_SPLIT;
    chart.labels = bands;
    chart.label_count = 2;
    chart.series = sides;
    chart.series_count = 2;
    chart.target = 38.7;
    chart.target_label = "Men among everybody";
    const char *svg = draw(&work, &chart);
    assert_non_null(strstr(svg, "<rect x=\"0\" y=\"75\" width=\"36.60%\""));
    assert_non_null(strstr(svg, "<rect x=\"36.60%\" y=\"75\" width=\"63.40%\""));
    assert_non_null(strstr(svg, "Men 36.6%"));
    assert_non_null(strstr(svg, "Women 63.4%"));
    assert_int_equal(count(svg, "<rect "), 3); /* of nobody an empty frame */
    assert_null(strstr(svg, "nan"));
    assert_int_equal(count(svg, "stroke-dasharray"), 3); /* the key and both bars */
    chart.series_count = 1;
    assert_non_null(strstr(draw(&work, &chart), "parts each bar between two series"));
    support_work_end(&work);
}

static void a_long_unit_stands_once(void **state)
{
    (void)state;
    struct work work = support_work();
    struct chart chart = example();
    assert_int_equal(count(draw(&work, &chart), "%</text>"), 5);
    chart.unit = " families";
    const char *svg = draw(&work, &chart);
    assert_int_equal(count(svg, "families"), 1);
    assert_int_equal(count(svg, ">families</text>"), 1);
    assert_int_equal(count(svg, ">39.0</text>"), 1);
    chart.kind = CHART_BAR;
    assert_int_equal(count(draw(&work, &chart), "families"), 1);
    support_work_end(&work);
}

static void a_break_cuts_the_line(void **state)
{
    (void)state;
    struct work work = support_work();
    struct chart chart = example();
    chart.break_before = 4;
    chart.break_label = "New definition";
    const char *svg = draw(&work, &chart);
    assert_int_equal(count(svg, "stroke-width=\"3\""), 2);
    assert_int_equal(count(svg, "New definition"), 1);
    assert_int_equal(count(svg, "stroke-dasharray=\"6 4\""), 1);
    support_work_end(&work);
}

static void series_differ_by_more_than_colour(void **state)
{
    (void)state;
    struct work work = support_work();
    struct chart chart = example();
    chart.series_count = 2;
    chart.target = 42;
    chart.target_label = "Target: 42%";
    const char *svg = draw(&work, &chart);
    assert_int_equal(count(svg, ">Found</text>"), 1);
    assert_int_equal(count(svg, ">Hoped for</text>"), 1);
    assert_int_equal(count(svg, "stroke-dasharray=\"8 4\""), 5);
    assert_int_equal(count(svg, ">Target: 42%</text>"), 1);
    struct chart_series longer[] = { { "People from every other group", found },
                                     { "Hoped for", hoped } };
    chart.series = longer;
    svg = draw(&work, &chart);
    assert_int_equal(count(svg, ">A: People from every other group</text>"), 1);
    assert_int_equal(count(svg, ">A</text>"), 1);
    support_work_end(&work);
}

static void bars_carry_their_figures(void **state)
{
    (void)state;
    struct work work = support_work();
    struct chart chart = example();
    chart.kind = CHART_BAR;
    const char *svg = draw(&work, &chart);
    assert_int_equal(count(svg, "<rect "), 6);
    assert_int_equal(count(svg, ">40.2%</text>"), 1);
    assert_int_equal(count(svg, ">\u2013</text>"), 1);
    assert_int_equal(count(svg, ">Q1 2012/13</text>"), 1);
    chart.series_count = 2;
    chart.target = 40;
    chart.target_label = "Target";
    svg = draw(&work, &chart);
    assert_int_equal(count(svg, "<rect "), 12);
    assert_int_equal(count(svg, ">Found</text>"), 6);
    assert_int_equal(count(svg, ">Target</text>"), 1);
    support_work_end(&work);
}

/* Whatever the figures, every one lies on the axis and the steps are few and round. */
static void scales_hold_every_figure(void **state)
{
    (void)state;
    static const double tops[] = { 0,   1e-6, 0.004, 0.7, 1,   9.99, 10, 23,  99,
                                   100, 101,  1234,  5e5, 1e9, 1e15, -5, -1e3 };
    for (size_t i = 0; i < sizeof tops / sizeof *tops; i++)
        for (size_t j = 0; j < sizeof tops / sizeof *tops; j++) {
            double values[] = { tops[i], tops[j] };
            struct chart_series series = { "x", values };
            struct chart chart = example();
            chart.series = &series;
            chart.label_count = 2;
            chart.is_cut = (i + j) % 2;
            struct scale scale = scale_of(&chart);
            assert_true(scale.low <= fmin(tops[i], tops[j]) + scale.step * 1e-6);
            assert_true(scale.high >= fmax(tops[i], tops[j]) - scale.step * 1e-6);
            double steps = (scale.high - scale.low) / scale.step;
            assert_true(steps > 0.9 && steps < 8.1);
            if (!chart.is_cut)
                assert_true(scale.low <= 0 && scale.high >= 0);
        }
}

static void what_cannot_be_shown_is_refused(void **state)
{
    (void)state;
    struct work work = support_work();
    struct chart chart = example();
    chart.series_count = 5;
    assert_string_equal(draw(&work, &chart),
                        "The chart a-chart has 5 series; 1 to 4 can be shown.");
    chart = example();
    chart.label_count = 0;
    assert_string_equal(draw(&work, &chart),
                        "The chart a-chart has 0 labels; 1 to 400 can be shown.");
    chart = example();
    chart.id = "a\"b";
    assert_string_equal(draw(&work, &chart),
                        "A chart's id is of letters, digits and hyphens, 100 at most.");
    chart = example();
    static const double infinite[] = { 1, INFINITY, 1, 1, 1, 1 };
    struct chart_series series = { "x", infinite };
    chart.series = &series;
    assert_string_equal(draw(&work, &chart),
                        "The chart a-chart cannot show a figure that large (label 2).");
    struct text small = text_new(work.arena, 100);
    chart = example();
    work_forget(&work);
    assert_int_equal(chart_draw(&work, &chart, &small), STATUS_LIMIT);
    support_work_end(&work);
}

static void targets_intervals_and_references_are_drawn(void **state)
{
    (void)state;
    struct work work = support_work();
    struct chart chart = example();
    static const double low[] = { 33, 34, NAN, 36, 38, 37 }, high[] = { 37, 39, NAN, 40, 90, 41 };
    static const struct chart_reference others[] = { { "England", 30 }, { "London <all>", 44 } };
    chart.targets = hoped;
    chart.target_label = "Target";
    chart.low = low;
    chart.high = high;
    chart.interval_label = "95% interval";
    chart.references = others;
    chart.reference_count = 2;
    const char *svg = draw(&work, &chart);
    assert_int_equal(count(svg, "stroke-dasharray=\"4 3\""), 6 + 1);
    assert_int_equal(count(svg, "stroke-opacity"), 5 + 1);
    assert_int_equal(count(svg, "stroke-dasharray=\"1 3\""), 1 + 1);
    assert_non_null(strstr(svg, "London &lt;all&gt;"));
    struct scale scale = scale_of(&chart);
    assert_true(scale.high >= 90);
    chart.is_small = true;
    assert_true(count(draw(&work, &chart), "<text") < count(svg, "<text"));
    chart.reference_count = CHART_REFERENCES_MOST + 1;
    assert_non_null(strstr(draw(&work, &chart), "references"));
    chart.reference_count = 0;
    static const double wild[] = { INFINITY, 1, 1, 1, 1, 1 };
    chart.targets = wild;
    assert_non_null(strstr(draw(&work, &chart), "cannot show"));
    support_work_end(&work);
}

/* Charts beside each other have one axis. */
static void an_axis_can_be_shared(void **state)
{
    (void)state;
    struct chart chart = example();
    chart.axis_high = 100;
    assert_true(scale_of(&chart).high >= 100);
    chart.axis_low = -5;
    assert_true(scale_of(&chart).low <= -5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(targets_intervals_and_references_are_drawn),
        cmocka_unit_test(an_axis_can_be_shared),
        cmocka_unit_test(a_chart_has_a_name_and_keeps_its_size),
        cmocka_unit_test(a_missing_figure_is_a_gap),
        cmocka_unit_test(a_whole_is_parted_in_two),
        cmocka_unit_test(a_long_unit_stands_once),
        cmocka_unit_test(a_break_cuts_the_line),
        cmocka_unit_test(series_differ_by_more_than_colour),
        cmocka_unit_test(bars_carry_their_figures),
        cmocka_unit_test(scales_hold_every_figure),
        cmocka_unit_test(what_cannot_be_shown_is_refused),
    };
    return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
