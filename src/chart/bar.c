/* Horizontal bars: label and figure stand above each bar, so nothing is cut on a narrow screen and
 * no colour has to be looked up. */
#include <math.h>

#include "base/arena.h"
#include "chart/draw.h"
#include "chart/key.h"
#include "chart/kinds.h"

#include "base/banned.h"

enum { LABEL = 24, WORDS = 20, BAR = 18, BETWEEN = 6, SPACE = 14 };

struct bars {
    struct work *work;
    const struct chart *chart;
    struct text *text;
    struct scale scale;
};

/* A group of one bar has its label and figure on one row; a group of several a row for each bar. */
static int group_height(const struct chart *chart)
{
    int rows = (int)chart->series_count;
    return (rows == 1 ? 0 : LABEL) + rows * (WORDS + BAR + BETWEEN) + SPACE;
}

int bar_height(const struct chart *chart)
{
    return key_height(chart) + (int)chart->label_count * group_height(chart);
}

static void draw_bar(const struct bars *bars, size_t label, size_t series, double top)
{
    const struct chart *chart = bars->chart;
    double value = chart->series[series].values[label];
    const char *name = chart->series_count == 1 ? chart->labels[label] : chart->series[series].name;
    const char *figure = isnan(value)
                             ? "\u2013"
                             : draw_figure(bars->work->arena, value, chart->decimals, chart->unit);
    draw_text(bars->text, (struct draw_place){ 0, top + 14 }, 0, DRAW_START, name);
    text_add(bars->text, "<g font-weight=\"bold\">");
    draw_text(bars->text, (struct draw_place){ 100, top + 14 }, 0, DRAW_END, figure);
    text_add(bars->text, "</g>");
    double zero = scale_share(&bars->scale, 0) * 100;
    double end = isnan(value) ? zero : scale_share(&bars->scale, value) * 100;
    draw_line(bars->text, (struct draw_place){ 0, top + WORDS + BAR / 2.0 },
              (struct draw_place){ 100, top + WORDS + BAR / 2.0 },
              "stroke=\"" DRAW_GRID "\" stroke-width=\"0.5\"");
    text_add_format(bars->text,
                    "<rect x=\"%.2f%%\" y=\"%.0f\" width=\"%.2f%%\" height=\"%d\" fill=\"%s\"/>\n",
                    fmin(zero, end), top + WORDS, fabs(end - zero), BAR, draw_colour(series));
    if (isnan(chart->target))
        return;
    double target = scale_share(&bars->scale, chart->target) * 100;
    /* On a dark bar the line is white. */
    bool is_inside = target > fmin(zero, end) && target < fmax(zero, end);
    draw_line(bars->text, (struct draw_place){ target, top + WORDS - (is_inside ? 0 : 2) },
              (struct draw_place){ target, top + WORDS + BAR + (is_inside ? 0 : 2) },
              is_inside ? "stroke=\"#fff\" stroke-width=\"2\" stroke-dasharray=\"4 3\""
                        : KEY_TARGET);
}

void bar_draw(struct work *work, const struct chart *chart, struct text *text)
{
    struct bars bars = { work, chart, text, scale_of(chart) };
    double top = key_height(chart);
    key_draw(work, chart, text);
    for (size_t i = 0; i < chart->label_count; i++) {
        if (chart->series_count > 1) {
            text_add(text, "<g font-weight=\"bold\">");
            draw_text(text, (struct draw_place){ 0, top + 16 }, 0, DRAW_START, chart->labels[i]);
            text_add(text, "</g>");
            top += LABEL;
        }
        for (size_t j = 0; j < chart->series_count; j++, top += WORDS + BAR + BETWEEN)
            draw_bar(&bars, i, j, top);
        top += SPACE;
    }
}
