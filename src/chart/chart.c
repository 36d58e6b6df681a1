/* Checks what was given, and writes the frame that names the chart. */
#include "chart/chart.h"

#include <math.h>
#include <string.h>

#include "base/markup.h"
#include "chart/draw.h"
#include "chart/kinds.h"

#include "base/banned.h"

static bool words_fit(const char *words)
{
    return !words || strlen(words) <= CHART_WORDS_MOST;
}

static bool id_is_sound(const char *id)
{
    static const char *const allowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    size_t length = id ? strlen(id) : 0;
    return length > 0 && length <= 100 && strspn(id, allowed) == length;
}

static enum status check_series(struct work *work, const struct chart *chart, size_t index)
{
    const struct chart_series *series = &chart->series[index];
    if (!words_fit(series->name))
        return work_fail(work, STATUS_LIMIT, "The chart %s has a name of more than %d bytes.",
                         chart->id, CHART_WORDS_MOST);
    for (size_t i = 0; i < chart->label_count; i++)
        if (isinf(series->values[i]) || fabs(series->values[i]) > 1e15)
            return work_fail(work, STATUS_INPUT,
                             "The chart %s cannot show a figure that large (label %zu).", chart->id,
                             i + 1);
    return STATUS_OK;
}

static bool can_show(double value)
{
    return !isinf(value) && !(fabs(value) > 1e15);
}

/* Targets, intervals and references. */
static enum status check_lines(struct work *work, const struct chart *chart)
{
    bool is_sound = can_show(chart->axis_low) && can_show(chart->axis_high);
    if (chart->reference_count > CHART_REFERENCES_MOST)
        return work_fail(work, STATUS_LIMIT, "The chart %s has %zu references; %d can be shown.",
                         chart->id, chart->reference_count, CHART_REFERENCES_MOST);
    for (size_t i = 0; i < chart->reference_count; i++)
        is_sound = is_sound && can_show(chart->references[i].value) &&
                   words_fit(chart->references[i].name);
    for (size_t i = 0; i < chart->label_count; i++)
        is_sound = is_sound && (!chart->targets || can_show(chart->targets[i])) &&
                   (!chart->low || can_show(chart->low[i])) &&
                   (!chart->high || can_show(chart->high[i]));
    if (!is_sound)
        return work_fail(
            work, STATUS_INPUT,
            "The chart %s has a target, an interval or a reference that it cannot show.",
            chart->id);
    return STATUS_OK;
}

static enum status check(struct work *work, const struct chart *chart)
{
    if (!id_is_sound(chart->id))
        return work_fail(work, STATUS_INPUT,
                         "A chart's id is of letters, digits and hyphens, 100 at most.");
    if (chart->series_count == 0 || chart->series_count > CHART_SERIES_MOST)
        return work_fail(work, STATUS_LIMIT, "The chart %s has %zu series; 1 to %d can be shown.",
                         chart->id, chart->series_count, CHART_SERIES_MOST);
    if (chart->label_count == 0 || chart->label_count > CHART_LABELS_MOST)
        return work_fail(work, STATUS_LIMIT, "The chart %s has %zu labels; 1 to %d can be shown.",
                         chart->id, chart->label_count, CHART_LABELS_MOST);
    if (!words_fit(chart->title) || !words_fit(chart->description) ||
        !words_fit(chart->target_label) || !words_fit(chart->break_label) ||
        !words_fit(chart->unit) || !words_fit(chart->interval_label))
        return work_fail(work, STATUS_LIMIT, "The chart %s has a text of more than %d bytes.",
                         chart->id, CHART_WORDS_MOST);
    if (isinf(chart->target) || fabs(chart->target) > 1e15 || chart->decimals < 0 ||
        chart->decimals > 6)
        return work_fail(work, STATUS_INPUT,
                         "The chart %s has a target or decimals that it cannot show.", chart->id);
    if (chart->kind == CHART_SPLIT && chart->series_count != 2)
        return work_fail(work, STATUS_LIMIT, "The chart %s parts each bar between two series.",
                         chart->id);
    enum status status = check_lines(work, chart);
    for (size_t i = 0; i < chart->series_count && status == STATUS_OK; i++)
        status = check_series(work, chart, i);
    return status;
}

static void add_named(struct text *text, const char *element, const char *id, const char *words)
{
    text_add_format(text, "<%s id=\"%s-%s\">", element, id, element);
    markup_add(text, MARKUP_XML, slice_of(words));
    text_add_format(text, "</%s>\n", element);
}

enum status chart_draw(struct work *work, const struct chart *chart, struct text *out_text)
{
    static const struct {
        int (*height)(const struct chart *chart);
        void (*draw)(struct work *work, const struct chart *chart, struct text *text);
    } kinds[] = { [CHART_LINE] = { line_height, line_draw },
                  [CHART_BAR] = { bar_height, bar_draw },
                  [CHART_SPLIT] = { split_height, split_draw } };
    enum status status = check(work, chart);
    if (status != STATUS_OK)
        return status;
    text_add_format(out_text,
                    "<svg class=\"chart\" role=\"img\" aria-labelledby=\"%s-title %s-desc\" "
                    "xmlns=\"http://www.w3.org/2000/svg\" width=\"100%%\" height=\"%d\" "
                    "overflow=\"visible\" font-family=\"arial, sans-serif\" font-size=\"14\" "
                    "fill=\"" DRAW_INK "\">\n",
                    chart->id, chart->id, kinds[chart->kind].height(chart));
    add_named(out_text, "title", chart->id, chart->title);
    add_named(out_text, "desc", chart->id, chart->description);
    kinds[chart->kind].draw(work, chart, out_text);
    text_add(out_text, "</svg>\n");
    if (out_text->is_full)
        return work_fail(work, STATUS_LIMIT, "There is no room for the chart %s.", chart->id);
    return STATUS_OK;
}
