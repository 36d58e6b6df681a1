#include "chart/key.h"

#include <math.h>

#include "base/arena.h"
#include "chart/draw.h"

#include "base/banned.h"

/* Letters of a name that fit beside the end of a line at 320 pixels. */
enum { SHORT_NAME = 9 };

static size_t letters(const char *words)
{
    size_t count = 0;
    for (; *words; words++)
        count += ((unsigned char)*words & 0xC0) != 0x80;
    return count;
}

bool key_is_needed(const struct chart *chart)
{
    if (chart->kind != CHART_LINE || chart->series_count < 2)
        return false;
    for (size_t i = 0; i < chart->series_count; i++)
        if (letters(chart->series[i].name) > SHORT_NAME)
            return true;
    return false;
}

static bool has_target(const struct chart *chart)
{
    return (!isnan(chart->target) || chart->targets) && chart->target_label;
}

static bool has_interval(const struct chart *chart)
{
    return chart->low && chart->high && chart->interval_label;
}

const char *key_reference(size_t index)
{
    static const char *const looks[CHART_REFERENCES_MOST] = {
        "stroke=\"#505a5f\" stroke-width=\"2\" stroke-dasharray=\"1 3\"",
        "stroke=\"#505a5f\" stroke-width=\"2\" stroke-dasharray=\"8 3\"",
        "stroke=\"#505a5f\" stroke-width=\"2\" stroke-dasharray=\"8 3 1 3\"",
        "stroke=\"#505a5f\" stroke-width=\"1\"",
    };
    return looks[index % CHART_REFERENCES_MOST];
}

int key_height(const struct chart *chart)
{
    int rows = (key_is_needed(chart) ? (int)chart->series_count : 0) + has_target(chart) +
               (int)chart->reference_count + has_interval(chart) + draw_unit_is_long(chart->unit);
    return rows ? rows * KEY_ROW + KEY_ROW / 2 : 0;
}

static void draw_row(struct text *text, double at, const char *words)
{
    draw_text(text, (struct draw_place){ 0, at + 5 }, 30, DRAW_START, words);
}

void key_draw(struct work *work, const struct chart *chart, struct text *text)
{
    double at = KEY_ROW / 2.0;
    size_t count = key_is_needed(chart) ? chart->series_count : 0;
    for (size_t i = 0; i < count; i++, at += KEY_ROW) {
        text_add(text, "<g transform=\"translate(10)\">");
        draw_marker(text, (struct draw_place){ 0, at }, i);
        text_add(text, "</g>\n");
        draw_row(text, at,
                 arena_format(work->arena, "%c: %s", 'A' + (char)i, chart->series[i].name));
    }
    if (has_target(chart)) {
        text_add_format(text, "<path d=\"M0 %.0fh22\" " KEY_TARGET "/>\n", at);
        draw_row(text, at, chart->target_label);
        at += KEY_ROW;
    }
    for (size_t i = 0; i < chart->reference_count; i++, at += KEY_ROW) {
        text_add_format(text, "<path d=\"M0 %.0fh22\" %s/>\n", at, key_reference(i));
        draw_row(text, at, chart->references[i].name);
    }
    if (has_interval(chart)) {
        text_add_format(text, "<path d=\"M11 %.0fv16\" " KEY_INTERVAL "/>\n", at - 8);
        draw_row(text, at, chart->interval_label);
        at += KEY_ROW;
    }
    if (draw_unit_is_long(chart->unit))
        draw_text(text, (struct draw_place){ 0, at + 5 }, 0, DRAW_START,
                  slice_copy(work->arena, slice_trim(slice_of(chart->unit))));
}
