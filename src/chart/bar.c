/* Horizontal bars: the label stands above its bars and the figure at the end of each, so nothing is
 * cut on a narrow screen and no colour has to be looked up. */
#include <math.h>

#include "base/arena.h"
#include "chart/draw.h"
#include "chart/kinds.h"

#include "base/banned.h"

enum { LABEL = 22, BAR = 22, SPACE = 12, TOP = 26 };

/* A bar never takes the whole width: its figure stands after it. */
static const double WIDEST = 62;

static int group_height(const struct chart *chart)
{
    return LABEL + (int)chart->series_count * (BAR + 2) + SPACE;
}

static int top_of(const struct chart *chart)
{
    return isnan(chart->target) ? 0 : TOP;
}

int bar_height(const struct chart *chart)
{
    return top_of(chart) + (int)chart->label_count * group_height(chart);
}

struct bars {
    struct work *work;
    const struct chart *chart;
    struct text *text;
    struct scale scale;
};

/* The figure, and whose it is when there are several; a dash where there is none. */
static const char *bar_words(const struct bars *bars, size_t series, double value)
{
    const struct chart *chart = bars->chart;
    struct arena *arena = bars->work->arena;
    const char *figure = isnan(value) ? "\u2013"
                                      : draw_figure(arena, value, chart->decimals, chart->unit);
    if (chart->series_count == 1)
        return figure;
    return arena_format(arena, "%s %s", figure, chart->series[series].name);
}

static void draw_bar(const struct bars *bars, size_t label, size_t series)
{
    const struct chart *chart = bars->chart;
    double value = chart->series[series].values[label];
    double zero = scale_share(&bars->scale, 0) * WIDEST;
    double end = isnan(value) ? zero : scale_share(&bars->scale, value) * WIDEST;
    double top = top_of(chart) + (double)label * group_height(chart) + LABEL +
                 (double)series * (BAR + 2);
    text_add_format(bars->text,
                    "<rect x=\"%.2f%%\" y=\"%.0f\" width=\"%.2f%%\" height=\"%d\" fill=\"%s\"/>\n",
                    fmin(zero, end), top, fabs(end - zero), BAR, draw_colour(series));
    draw_text(bars->text, (struct draw_place){ fmax(zero, end), top + 16 }, 6, DRAW_START,
              bar_words(bars, series, value));
}

static void draw_target(const struct bars *bars)
{
    const struct chart *chart = bars->chart;
    if (isnan(chart->target))
        return;
    double at = scale_share(&bars->scale, chart->target) * WIDEST;
    draw_line(bars->text, (struct draw_place){ at, TOP - 6 },
              (struct draw_place){ at, bar_height(chart) },
              "stroke=\"" DRAW_INK "\" stroke-width=\"2\" stroke-dasharray=\"4 3\"");
    if (chart->target_label)
        draw_text(bars->text, (struct draw_place){ at, TOP - 11 }, 0,
                  at < 25            ? DRAW_START
                  : at > WIDEST - 12 ? DRAW_END
                                     : DRAW_MIDDLE,
                  chart->target_label);
}

void bar_draw(struct work *work, const struct chart *chart, struct text *text)
{
    struct bars bars = { work, chart, text, scale_of(chart) };
    for (size_t i = 0; i < chart->label_count; i++) {
        double top = top_of(chart) + (double)i * group_height(chart);
        draw_text(text, (struct draw_place){ 0, top + 15 }, 0, DRAW_START, chart->labels[i]);
        for (size_t j = 0; j < chart->series_count; j++)
            draw_bar(&bars, i, j);
    }
    draw_target(&bars);
}
