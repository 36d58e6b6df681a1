/* Lines over time. The figures of the axis stand on their grid lines, so there is no margin that a
 * narrow screen would lose. */
#include <math.h>

#include "base/arena.h"
#include "chart/draw.h"
#include "chart/kinds.h"

#include "base/banned.h"

enum {
    PLOT_HEIGHT = 220,
    ROW = 22,          /* a line of text */
    TOP = 26,          /* room for the figure above the highest grid line */
    BOTTOM = 30,       /* room for the labels */
    ALWAYS_LABELS = 3, /* labels that fit at 320 pixels */
    MORE_LABELS = 7,   /* that fit on a wide screen */
    SHORT_NAME = 12    /* letters of a name that fit beside the end of a line */
};

static const double LEFT = 3, RIGHT_ALONE = 97, RIGHT_NAMED = 74;

struct plot {
    struct work *work;
    const struct chart *chart;
    struct text *text;
    struct scale scale;
    double right; /* percent */
    int top;      /* pixels */
    bool has_key; /* names are too long to stand beside the lines: letters do, with a key above */
};

static size_t letters(const char *words)
{
    size_t count = 0;
    for (; *words; words++)
        count += ((unsigned char)*words & 0xC0) != 0x80;
    return count;
}

static bool needs_key(const struct chart *chart)
{
    for (size_t i = 0; i < chart->series_count; i++)
        if (chart->series_count > 1 && letters(chart->series[i].name) > SHORT_NAME)
            return true;
    return false;
}

static int key_height(const struct chart *chart)
{
    return needs_key(chart) ? (int)chart->series_count * ROW : 0;
}

int line_height(const struct chart *chart)
{
    return key_height(chart) + TOP + PLOT_HEIGHT + BOTTOM + (chart->break_before ? ROW : 0);
}

static double across(const struct plot *plot, size_t index)
{
    size_t count = plot->chart->label_count;
    double share = count > 1 ? (double)index / (double)(count - 1) : 0.5;
    return LEFT + share * (plot->right - LEFT);
}

static double down(const struct plot *plot, double value)
{
    return plot->top + PLOT_HEIGHT * (1 - scale_share(&plot->scale, value));
}

static const char *name_of(const struct plot *plot, size_t index)
{
    if (plot->has_key)
        return arena_format(plot->work->arena, "%c", 'A' + (char)index);
    return plot->chart->series[index].name;
}

static void draw_key(const struct plot *plot)
{
    for (size_t i = 0; i < plot->chart->series_count; i++) {
        double at = (double)i * ROW + ROW / 2.0;
        draw_marker(plot->text, (struct draw_place){ LEFT, at }, i);
        draw_text(
            plot->text, (struct draw_place){ LEFT, at + 5 }, 14, DRAW_START,
            arena_format(plot->work->arena, "%c: %s", 'A' + (char)i, plot->chart->series[i].name));
    }
}

static void draw_grid(const struct plot *plot)
{
    const struct scale *scale = &plot->scale;
    int steps = (int)round((scale->high - scale->low) / scale->step);
    for (int i = 0; i <= steps; i++) {
        double value = scale->low + i * scale->step, at = down(plot, value);
        draw_line(plot->text, (struct draw_place){ 0, at }, (struct draw_place){ 100, at },
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
        if (!is_always && !is_more)
            continue;
        enum draw_anchor anchor = count == 1                                        ? DRAW_MIDDLE
                                  : i == 0                                          ? DRAW_START
                                  : i == last && !plot->has_key && plot->right > 90 ? DRAW_END
                                                                                    : DRAW_MIDDLE;
        double at = plot->top + PLOT_HEIGHT + 18;
        if (!is_always)
            text_add(plot->text, "<g class=\"chart-more\" display=\"none\">");
        draw_line(plot->text, (struct draw_place){ across(plot, i), plot->top + PLOT_HEIGHT },
                  (struct draw_place){ across(plot, i), plot->top + PLOT_HEIGHT + 5 },
                  "stroke=\"" DRAW_INK "\"");
        draw_text(plot->text, (struct draw_place){ across(plot, i), at }, i == 0 ? -8 : 0, anchor,
                  plot->chart->labels[i]);
        if (!is_always)
            text_add(plot->text, "</g>\n");
    }
}

static void draw_target(const struct plot *plot)
{
    const struct chart *chart = plot->chart;
    if (isnan(chart->target))
        return;
    double at = down(plot, chart->target);
    draw_line(plot->text, (struct draw_place){ 0, at }, (struct draw_place){ 100, at },
              "stroke=\"" DRAW_INK "\" stroke-width=\"2\" stroke-dasharray=\"1 3\"");
    if (chart->target_label)
        draw_text(plot->text, (struct draw_place){ 100, at - 6 }, 0, DRAW_END, chart->target_label);
}

static void draw_break(const struct plot *plot)
{
    size_t index = plot->chart->break_before;
    if (index == 0 || index >= plot->chart->label_count)
        return;
    double at = (across(plot, index - 1) + across(plot, index)) / 2;
    double foot = plot->top + PLOT_HEIGHT + BOTTOM;
    draw_line(plot->text, (struct draw_place){ at, plot->top }, (struct draw_place){ at, foot },
              "stroke=\"" DRAW_INK "\" stroke-dasharray=\"6 4\"");
    if (plot->chart->break_label)
        draw_text(plot->text, (struct draw_place){ at, foot + 14 }, 0,
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
    size_t series;
    double across, down;
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

/* The name where a line ends; of a single line, its last figure. */
static void draw_ends(const struct plot *plot)
{
    const struct chart *chart = plot->chart;
    struct end_label labels[CHART_SERIES_MOST];
    size_t count = 0;
    for (size_t i = 0; i < chart->series_count; i++)
        for (size_t j = chart->label_count; j-- > 0;)
            if (!isnan(chart->series[i].values[j])) {
                labels[count++] = (struct end_label){ i, across(plot, j),
                                                      down(plot, chart->series[i].values[j]) };
                break;
            }
    part_labels(labels, count);
    for (size_t i = 0; i < count; i++) {
        struct draw_place at = { labels[i].across, labels[i].down + 5 };
        if (chart->series_count > 1) {
            draw_text(plot->text, at, 10, DRAW_START, name_of(plot, labels[i].series));
            continue;
        }
        double value = 0;
        for (size_t j = 0; j < chart->label_count; j++)
            if (!isnan(chart->series[0].values[j]))
                value = chart->series[0].values[j];
        at.down += at.down > plot->top + 40 ? -17 : 19;
        text_add(plot->text, "<g font-weight=\"bold\">");
        draw_text(plot->text, at, 0, at.across > 80 ? DRAW_END : DRAW_MIDDLE,
                  draw_figure(plot->work->arena, value, chart->decimals, chart->unit));
        text_add(plot->text, "</g>\n");
    }
}

void line_draw(struct work *work, const struct chart *chart, struct text *text)
{
    struct plot plot = {
        .work = work,
        .chart = chart,
        .text = text,
        .scale = scale_of(chart),
        .has_key = needs_key(chart),
        .top = key_height(chart) + TOP,
    };
    plot.right = chart->series_count > 1 && !plot.has_key ? RIGHT_NAMED : RIGHT_ALONE;
    if (plot.has_key) {
        plot.right = RIGHT_ALONE - 4;
        draw_key(&plot);
    }
    draw_grid(&plot);
    draw_labels(&plot);
    draw_target(&plot);
    draw_break(&plot);
    for (size_t i = 0; i < chart->series_count; i++)
        draw_one_series(&plot, i);
    draw_ends(&plot);
}
