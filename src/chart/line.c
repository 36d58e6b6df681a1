/* Lines over time. The figures of the axis stand on their grid lines, so there is no margin that a
 * narrow screen would lose. */
#include <math.h>

#include "base/arena.h"
#include "chart/draw.h"
#include "chart/key.h"
#include "chart/kinds.h"

#include "base/banned.h"

enum {
    PLOT_HEIGHT = 220,
    SMALL_PLOT_HEIGHT = 90,
    ROW = 22,          /* a line of text */
    TOP = 26,          /* room for the figure above the highest grid line */
    BOTTOM = 30,       /* room for the labels */
    ALWAYS_LABELS = 3, /* labels that fit at 320 pixels */
    MORE_LABELS = 7    /* that fit on a wide screen */
};

/* Percent of the width: the figures of the axis stand to the left, what a line is to the right. */
static const double LEFT = 13, RIGHT = 78;

struct plot {
    struct work *work;
    const struct chart *chart;
    struct text *text;
    struct scale scale;
    int top; /* pixels */
};

static int plot_height(const struct chart *chart)
{
    return chart->is_small ? SMALL_PLOT_HEIGHT : PLOT_HEIGHT;
}

int line_height(const struct chart *chart)
{
    return key_height(chart) + TOP + plot_height(chart) + BOTTOM + (chart->break_before ? ROW : 0);
}

static double across(const struct plot *plot, size_t index)
{
    size_t count = plot->chart->label_count;
    double share = count > 1 ? (double)index / (double)(count - 1) : 0.5;
    return LEFT + share * (RIGHT - LEFT);
}

static double down(const struct plot *plot, double value)
{
    return plot->top + plot_height(plot->chart) * (1 - scale_share(&plot->scale, value));
}

static const char *name_of(const struct plot *plot, size_t index)
{
    if (key_is_needed(plot->chart))
        return arena_format(plot->work->arena, "%c", 'A' + (char)index);
    return plot->chart->series[index].name;
}

static void draw_grid(const struct plot *plot)
{
    const struct scale *scale = &plot->scale;
    int steps = (int)round((scale->high - scale->low) / scale->step);
    for (int i = 0; i <= steps; i += plot->chart->is_small && steps > 0 ? steps : 1) {
        double value = scale->low + i * scale->step, at = down(plot, value);
        draw_line(plot->text, (struct draw_place){ 0, at }, (struct draw_place){ RIGHT, at },
                  i == 0 ? "stroke=\"" DRAW_INK "\""
                         : "stroke=\"" DRAW_GRID "\" stroke-width=\"0.5\"");
        draw_text(plot->text, (struct draw_place){ 0, at - 5 }, 0, DRAW_START,
                  draw_figure(plot->work->arena, value, scale->decimals, plot->chart->unit));
    }
}

/* Labels that always show, and more that show where there is room (class chart-more). */
static void draw_labels(const struct plot *plot)
{
    size_t count = plot->chart->label_count, last = count - 1;
    for (size_t i = 0; i < count; i++) {
        size_t wide = last / (MORE_LABELS - 1) + (last % (MORE_LABELS - 1) > 0);
        bool is_always = i == 0 || i == last || (count >= ALWAYS_LABELS && i == last / 2);
        bool is_near_end = i != last && last - i < (wide + 1) / 2;
        bool is_more = wide == 0 || (i % wide == 0 && !is_near_end);
        if (plot->chart->is_small ? i != 0 && i != last : !is_always && !is_more)
            continue;
        int foot = plot->top + plot_height(plot->chart);
        double at = foot + 18;
        if (!is_always)
            text_add(plot->text, "<g class=\"chart-more\" display=\"none\">");
        draw_line(plot->text, (struct draw_place){ across(plot, i), foot },
                  (struct draw_place){ across(plot, i), foot + 5 }, "stroke=\"" DRAW_INK "\"");
        draw_text(plot->text, (struct draw_place){ across(plot, i), at }, 0, DRAW_MIDDLE,
                  plot->chart->labels[i]);
        if (!is_always)
            text_add(plot->text, "</g>\n");
    }
}

static void draw_target(const struct plot *plot)
{
    const struct chart *chart = plot->chart;
    if (!chart->targets && !isnan(chart->target)) {
        double at = down(plot, chart->target);
        draw_line(plot->text, (struct draw_place){ LEFT, at }, (struct draw_place){ RIGHT, at },
                  KEY_TARGET);
    }
    /* A target holds from halfway before its label to halfway after it. */
    double half = (RIGHT - LEFT) / 2 /
                  (double)(chart->label_count > 1 ? chart->label_count - 1 : 1);
    for (size_t i = 0; chart->targets && i < chart->label_count; i++) {
        double middle = across(plot, i), at = down(plot, chart->targets[i]);
        if (!isnan(chart->targets[i]))
            draw_line(plot->text, (struct draw_place){ fmax(middle - half, LEFT), at },
                      (struct draw_place){ fmin(middle + half, RIGHT), at }, KEY_TARGET);
    }
}

static void draw_references(const struct plot *plot)
{
    for (size_t i = 0; i < plot->chart->reference_count; i++) {
        double at = down(plot, plot->chart->references[i].value);
        draw_line(plot->text, (struct draw_place){ LEFT, at }, (struct draw_place){ RIGHT, at },
                  key_reference(i));
    }
}

static void draw_intervals(const struct plot *plot)
{
    const struct chart *chart = plot->chart;
    for (size_t i = 0; chart->low && chart->high && i < chart->label_count; i++)
        if (!isnan(chart->low[i]) && !isnan(chart->high[i]))
            draw_line(plot->text, (struct draw_place){ across(plot, i), down(plot, chart->low[i]) },
                      (struct draw_place){ across(plot, i), down(plot, chart->high[i]) },
                      KEY_INTERVAL);
}

static void draw_break(const struct plot *plot)
{
    size_t index = plot->chart->break_before;
    if (index == 0 || index >= plot->chart->label_count)
        return;
    double at = (across(plot, index - 1) + across(plot, index)) / 2;
    double foot = plot->top + plot_height(plot->chart);
    draw_line(plot->text, (struct draw_place){ at, plot->top }, (struct draw_place){ at, foot + 5 },
              "stroke=\"" DRAW_INK "\" stroke-dasharray=\"6 4\"");
    if (plot->chart->break_label)
        draw_text(plot->text, (struct draw_place){ at, foot + BOTTOM + 14 }, 0,
                  at < 30   ? DRAW_START
                  : at > 70 ? DRAW_END
                            : DRAW_MIDDLE,
                  plot->chart->break_label);
}

static void draw_one_series(const struct plot *plot, size_t index)
{
    const struct chart *chart = plot->chart;
    const double *values = chart->series[index].values;
    for (size_t i = 1; i < chart->label_count; i++)
        if (!isnan(values[i]) && !isnan(values[i - 1]) && i != chart->break_before)
            draw_series_line(plot->text,
                             (struct draw_place){ across(plot, i - 1), down(plot, values[i - 1]) },
                             (struct draw_place){ across(plot, i), down(plot, values[i]) }, index);
    for (size_t i = 0; i < chart->label_count; i++)
        if (!isnan(values[i]))
            draw_marker(plot->text, (struct draw_place){ across(plot, i), down(plot, values[i]) },
                        index);
}

struct end_label {
    double across, down;
    const char *words;
};

/* Moves labels apart, from the top down, so that each has a line of its own. */
static void part_labels(struct end_label *labels, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && labels[j].down < labels[j - 1].down; j--) {
            struct end_label higher = labels[j];
            labels[j] = labels[j - 1];
            labels[j - 1] = higher;
        }
    for (size_t i = 1; i < count; i++)
        if (labels[i].down < labels[i - 1].down + ROW - 4)
            labels[i].down = labels[i - 1].down + ROW - 4;
}

/* What stands where a line ends: its name or letter; of a single line its last figure. */
static const char *end_words(const struct plot *plot, size_t series, double last)
{
    const struct chart *chart = plot->chart;
    if (chart->series_count == 1)
        return draw_figure(plot->work->arena, last, chart->decimals, chart->unit);
    return name_of(plot, series);
}

static void draw_ends(const struct plot *plot)
{
    const struct chart *chart = plot->chart;
    struct end_label labels[CHART_SERIES_MOST];
    size_t count = 0;
    for (size_t i = 0; i < chart->series_count; i++)
        for (size_t j = chart->label_count; j-- > 0;)
            if (!isnan(chart->series[i].values[j])) {
                double last = chart->series[i].values[j];
                labels[count++] = (struct end_label){ across(plot, j), down(plot, last),
                                                      end_words(plot, i, last) };
                break;
            }
    part_labels(labels, count);
    text_add(plot->text, "<g font-weight=\"bold\">\n");
    for (size_t i = 0; i < count; i++)
        draw_text(plot->text, (struct draw_place){ labels[i].across, labels[i].down + 5 }, 10,
                  DRAW_START, labels[i].words);
    text_add(plot->text, "</g>\n");
}

void line_draw(struct work *work, const struct chart *chart, struct text *text)
{
    struct plot plot = {
        .work = work,
        .chart = chart,
        .text = text,
        .scale = scale_of(chart),
        .top = key_height(chart) + TOP,
    };
    key_draw(work, chart, text);
    draw_grid(&plot);
    draw_labels(&plot);
    draw_intervals(&plot);
    draw_target(&plot);
    draw_references(&plot);
    draw_break(&plot);
    for (size_t i = 0; i < chart->series_count; i++)
        draw_one_series(&plot, i);
    draw_ends(&plot);
}
