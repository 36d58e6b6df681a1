/* Wholes parted in two: each bar is the whole of its label. Both shares stand in words above it,
 * the first at the left and the second at the right, so no colour has to be looked up and nothing
 * has to fit into a narrow part. */
#include <math.h>

#include "base/arena.h"
#include "chart/draw.h"
#include "chart/key.h"
#include "chart/kinds.h"

#include "base/banned.h"

enum { LABEL = 22, WORDS = 20, BAR = 24, SPACE = 18, WHOLE = 100 };

int split_height(const struct chart *chart)
{
    return key_height(chart) + (int)chart->label_count * (LABEL + WORDS + BAR + SPACE);
}

static const char *words_of(struct work *work, const struct chart *chart, size_t series,
                            size_t label)
{
    double value = chart->series[series].values[label];
    return arena_format(
        work->arena, "%s %s", chart->series[series].name,
        isnan(value) ? "\u2013" : draw_figure(work->arena, value, chart->decimals, chart->unit));
}

/* The bar: from the left as far as the first share goes, then a white joint, then the rest. */
static void draw_parts(const struct chart *chart, size_t label, double top, struct text *text)
{
    double first = chart->series[0].values[label];
    if (isnan(first)) {
        text_add_format(text,
                        "<rect x=\"0\" y=\"%.0f\" width=\"100%%\" height=\"%d\" fill=\"none\" "
                        "stroke=\"" DRAW_GRID "\"/>\n",
                        top, BAR);
        return;
    }
    first = fmin(fmax(first, 0), WHOLE);
    text_add_format(text,
                    "<rect x=\"0\" y=\"%.0f\" width=\"%.2f%%\" height=\"%d\" fill=\"%s\"/>\n"
                    "<rect x=\"%.2f%%\" y=\"%.0f\" width=\"%.2f%%\" height=\"%d\" fill=\"%s\"/>\n",
                    top, first, BAR, draw_colour(0), first, top, WHOLE - first, BAR,
                    draw_colour(1));
    if (first > 0 && first < WHOLE)
        draw_line(text, (struct draw_place){ first, top }, (struct draw_place){ first, top + BAR },
                  "stroke=\"#fff\" stroke-width=\"2\"");
}

/* Beyond both edges and on white, so that it shows on any colour. */
static void draw_target(const struct chart *chart, double top, struct text *text)
{
    enum { BEYOND = 4 };
    const struct draw_place from = { chart->target, top - BEYOND };
    const struct draw_place to = { chart->target, top + BAR + BEYOND };
    if (isnan(chart->target))
        return;
    draw_line(text, from, to, "stroke=\"#fff\" stroke-width=\"4\"");
    draw_line(text, from, to, KEY_TARGET);
}

void split_draw(struct work *work, const struct chart *chart, struct text *text)
{
    double top = key_height(chart);
    key_draw(work, chart, text);
    for (size_t i = 0; i < chart->label_count; i++, top += LABEL + WORDS + BAR + SPACE) {
        text_add(text, "<g font-weight=\"bold\">");
        draw_text(text, (struct draw_place){ 0, top + 16 }, 0, DRAW_START, chart->labels[i]);
        text_add(text, "</g>\n");
        draw_text(text, (struct draw_place){ 0, top + LABEL + 14 }, 0, DRAW_START,
                  words_of(work, chart, 0, i));
        draw_text(text, (struct draw_place){ WHOLE, top + LABEL + 14 }, 0, DRAW_END,
                  words_of(work, chart, 1, i));
        draw_parts(chart, i, top + LABEL + WORDS, text);
        draw_target(chart, top + LABEL + WORDS, text);
    }
}
