/* Charts of a measure. */
#include "web/pages/measure_parts.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/period.h"
#include "chart/chart.h"
#include "entity/field_text.h"
#include "model/comparator.h"
#include "model/target.h"
#include "model/unit.h"
#include "service/progress.h"
#include "service/rating_of.h"
#include "service/related.h"
#include "stats/interval.h"

#include "base/banned.h"

enum { CHART_BYTES_MOST = 1024 * 1024, PERCENT = 100 };

const char *measure_unit_name(const struct measure_view *view, int64_t id)
{
    const struct unit *unit = related_get(&view->units, &unit_entity, id);
    return unit ? unit->name : "";
}

const char *measure_period_words(struct arena *arena, const char *code)
{
    struct period period;
    return period_read(slice_of(code), &period) ? period_print_long(arena, period) : code;
}

const char *measure_value_words(struct arena *arena, const struct measure *measure,
                                const struct value *value)
{
    int64_t number = progress_value_number(measure, value);
    if (number != INTEGER_MISSING)
        return progress_number_words(arena, measure, number,
                                     value->decimals == INTEGER_MISSING ? measure->decimals
                                                                        : value->decimals);
    const char *name = value->milestone ? "milestone" : "missing";
    return field_label(arena, entity_field(&value_entity, name), value);
}

struct list measure_series(struct arena *arena, const struct measure_view *view, int64_t unit)
{
    struct list series = { 0 };
    for (size_t i = 0; i < view->values.count; i++) {
        const struct value *value = view->values.items[i];
        if (value->unit == unit && value->latest == 1 && !*value->breakdown &&
            progress_value_number(view->measure, value) != INTEGER_MISSING)
            list_add(arena, &series, (void *)(uintptr_t)value);
    }
    return series;
}

int64_t measure_chief_unit(struct arena *arena, const struct measure_view *view)
{
    int64_t best = INTEGER_MISSING;
    size_t most = 0;
    for (size_t i = 0; i < view->units.count; i++) {
        int64_t unit = ((const struct unit *)view->units.items[i])->id;
        size_t count = measure_series(arena, view, unit).count;
        if (count > most) {
            most = count;
            best = unit;
        }
    }
    return best;
}

static double real_of(int64_t millionths)
{
    return (double)millionths / (double)NUMBER_ONE;
}

/* The target that a period's figure is held to: its own profile, else that of its year. */
static double target_for(const struct measure_view *view, int64_t unit, const char *period_code)
{
    struct period period, own;
    double found = NAN;
    if (!period_read(slice_of(period_code), &period))
        return NAN;
    struct period year = period_year_of(period, view->start_month);
    for (size_t i = 0; i < view->targets.count; i++) {
        const struct target *target = view->targets.items[i];
        if (target->unit != unit || target->latest != 1 || target->value == INTEGER_MISSING ||
            !period_read(slice_of(target->period), &own))
            continue;
        if (strcmp(target->kind, "profile") == 0 && period_equal(own, period))
            return real_of(target->value);
        if (strcmp(target->kind, "annual") == 0 && period_equal(own, year))
            found = real_of(target->value);
    }
    return found;
}

bool measure_interval(const struct measure *measure, const struct value *value, double *out_low,
                      double *out_high)
{
    *out_low = *out_high = NAN;
    if (!rating_is_percentage(measure) || value->numerator == INTEGER_MISSING ||
        value->denominator == INTEGER_MISSING || value->denominator <= 0 || value->numerator < 0 ||
        value->numerator > value->denominator)
        return false;
    struct interval interval = interval_wilson(real_of(value->numerator),
                                               real_of(value->denominator), INTERVAL_Z_95);
    *out_low = interval.low * PERCENT;
    *out_high = interval.high * PERCENT;
    return true;
}

/* The newest figure of each of the first few others. */
static struct chart_reference *references_of(struct work *work, const struct measure_view *view,
                                             size_t *out_count)
{
    struct chart_reference *found = arena_array_of(work->arena, CHART_REFERENCES_MOST,
                                                   struct chart_reference);
    const char *names[CHART_REFERENCES_MOST];
    size_t count = 0;
    for (size_t i = 0; i < view->comparators.count; i++) {
        const struct comparator *one = view->comparators.items[i];
        size_t at = 0;
        while (at < count && strcmp(names[at], one->name) != 0)
            at++;
        if (at == CHART_REFERENCES_MOST)
            continue;
        names[at] = one->name;
        found[at] = (struct chart_reference){ arena_format(
                                                  work->arena, "%s, %s", one->name,
                                                  measure_period_words(work->arena, one->period)),
                                              real_of(one->value) };
        count += at == count;
    }
    *out_count = count;
    return found;
}

/* "%" stands close to its number, words stand apart. */
static const char *unit_after_number(struct arena *arena, const char *unit)
{
    return unit && strcmp(unit, "%") != 0 ? arena_format(arena, " %s", unit) : unit;
}

/* A period as it fits under a chart: "Q1 2011/12". */
static const char *label_of(struct arena *arena, const struct call *call, const char *code)
{
    struct period period;
    if (!period_read(slice_of(code), &period) || period.kind != PERIOD_QUARTER)
        return measure_period_words(arena, code);
    struct period year = { PERIOD_YEAR, period.year, 0 };
    const char *words = language_fill(arena, call_words(call, WORDS("Q{number} {year}")), "number",
                                      arena_format(arena, "%d", period.number));
    return language_fill(arena, words, "year", period_print_long(arena, year));
}

/* What is drawn, by label. */
struct figures {
    const char **labels;
    double *numbers, *targets, *low, *high;
    bool has_target, has_interval;
};

static struct figures figures_of(const struct call *call, struct arena *arena,
                                 const struct measure_view *view, const struct list *series,
                                 int64_t unit)
{
    struct figures figures = { .labels = arena_array_of(arena, series->count, const char *),
                               .numbers = arena_array_of(arena, series->count, double),
                               .targets = arena_array_of(arena, series->count, double),
                               .low = arena_array_of(arena, series->count, double),
                               .high = arena_array_of(arena, series->count, double) };
    for (size_t i = 0; i < series->count; i++) {
        const struct value *value = series->items[i];
        figures.labels[i] = label_of(arena, call, value->period);
        figures.numbers[i] = real_of(progress_value_number(view->measure, value));
        figures.targets[i] = target_for(view, unit, value->period);
        figures.has_target = figures.has_target || !isnan(figures.targets[i]);
        if (measure_interval(view->measure, value, &figures.low[i], &figures.high[i]))
            figures.has_interval = true;
    }
    return figures;
}

static const char *description(struct work *work, const struct call *call, const char *name,
                               const char *from, const char *to)
{
    const char *words = call_words(
        call, WORDS("{unit}, {from} to {to}. The table on this page has the figures."));
    words = language_fill(work->arena, words, "unit", name);
    words = language_fill(work->arena, words, "from", from);
    return language_fill(work->arena, words, "to", to);
}

/* The key and the intervals are for the large chart. */
static void add_large(struct work *work, const struct call *call, const struct measure_view *view,
                      const struct figures *figures, struct chart *chart)
{
    chart->references = references_of(work, view, &chart->reference_count);
    if (figures->has_target)
        chart->target_label = call_words(call, WORDS("Target"));
    if (!figures->has_interval)
        return;
    chart->low = figures->low;
    chart->high = figures->high;
    chart->interval_label = call_words(call, WORDS("95% confidence interval"));
}

/* Charts beside each other are compared, so they have one axis. */
static void share_axis(struct arena *arena, const struct measure_view *view, struct chart *chart)
{
    chart->axis_low = INFINITY;
    chart->axis_high = -INFINITY;
    for (size_t i = 0; i < view->units.count; i++) {
        struct list series = measure_series(arena, view,
                                            ((const struct unit *)view->units.items[i])->id);
        for (size_t j = 0; series.count > 1 && j < series.count; j++) {
            double number = real_of(progress_value_number(view->measure, series.items[j]));
            chart->axis_low = fmin(chart->axis_low, number);
            chart->axis_high = fmax(chart->axis_high, number);
        }
    }
}

enum status measure_chart(struct work *work, const struct call *call,
                          const struct measure_view *view, int64_t unit, bool is_small,
                          json_t **out_html)
{
    struct list series = measure_series(work->arena, view, unit);
    *out_html = json_null();
    if (series.count < 2 || series.count > CHART_LABELS_MOST)
        return STATUS_OK;
    struct figures figures = figures_of(call, work->arena, view, &series, unit);
    struct chart_series drawn = { measure_unit_name(view, unit), figures.numbers };
    struct chart chart = {
        .kind = CHART_LINE,
        .id = arena_format(work->arena, "history-%s%lld", is_small ? "small-" : "",
                           (long long)(is_small ? unit : view->measure->id)),
        .title = view->measure->title,
        .description = description(work, call, drawn.name, figures.labels[0],
                                   figures.labels[series.count - 1]),
        .labels = figures.labels,
        .label_count = series.count,
        .series = &drawn,
        .series_count = 1,
        .unit = unit_after_number(work->arena, view->measure->unit_of_measure),
        .decimals = (int)view->measure->decimals,
        .target = NAN,
        .targets = figures.has_target ? figures.targets : NULL,
        .is_small = is_small,
        .is_cut = true,
    };
    if (is_small)
        share_axis(work->arena, view, &chart);
    else
        add_large(work, call, view, &figures, &chart);
    struct text text = text_new(work->arena, CHART_BYTES_MOST);
    enum status status = chart_draw(work, &chart, &text);
    if (status == STATUS_OK)
        *out_html = json_stringn(text.bytes, text.length);
    return status;
}

enum status measure_multiples(struct work *work, const struct call *call,
                              const struct measure_view *view, json_t **out_charts)
{
    json_t *charts = json_array();
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < view->units.count; i++) {
        const struct unit *unit = view->units.items[i];
        json_t *html = NULL;
        status = measure_chart(work, call, view, unit->id, true, &html);
        if (status == STATUS_OK && json_is_string(html))
            json_array_append_new(
                charts, json_pack("{s:s, s:o}", "unitName", unit->name, "chartHtml", html));
    }
    if (json_array_size(charts) < 2)
        json_array_clear(charts);
    if (status == STATUS_OK)
        *out_charts = charts;
    else
        json_decref(charts);
    return status;
}
