#include "chart/draw.h"

#include <math.h>

#include "base/arena.h"
#include "base/markup.h"
#include "base/banned.h"

static const struct look {
    const char *colour, *dash, *marker;
} looks[CHART_SERIES_MOST] = {
    { "#12436d", NULL, "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z" },
    { "#801650", "8 4", "M-4.5-4.5h9v9h-9z" },
    { "#28a197", "2 4", "M0-6L5.5 4.5h-11z" },
    { "#f46a25", "10 3 2 3", "M0-6.5L6.5 0 0 6.5-6.5 0z" },
};

const char *draw_colour(size_t index)
{
    return looks[index % CHART_SERIES_MOST].colour;
}

/* Percent and pixels without needless zeros and without a sign before zero. */
static void add_number(struct text *text, double number)
{
    double rounded = round(number * 100) / 100;
    text_add_format(text, "%g", fabs(rounded) < 0.005 ? 0 : rounded);
}

static void add_place(struct text *text, const char *across, const char *down, struct draw_place at)
{
    text_add_format(text, " %s=\"", across);
    add_number(text, at.across);
    text_add_format(text, "%%\" %s=\"", down);
    add_number(text, at.down);
    text_add(text, "\"");
}

void draw_text(struct text *text, struct draw_place at, double shift, enum draw_anchor anchor,
               const char *words)
{
    static const char *const anchors[] = { "", " text-anchor=\"middle\"", " text-anchor=\"end\"" };
    text_add(text, "<text");
    add_place(text, "x", "y", at);
    text_add(text, anchors[anchor]);
    if (fabs(shift) > 0) {
        text_add(text, " dx=\"");
        add_number(text, shift);
        text_add(text, "\"");
    }
    text_add(text, ">");
    markup_add(text, MARKUP_XML, slice_of(words));
    text_add(text, "</text>\n");
}

void draw_line(struct text *text, struct draw_place from, struct draw_place to, const char *look)
{
    text_add(text, "<line");
    add_place(text, "x1", "y1", from);
    add_place(text, "x2", "y2", to);
    text_add_format(text, " %s/>\n", look);
}

void draw_series_line(struct text *text, struct draw_place from, struct draw_place to, size_t index)
{
    const struct look *look = &looks[index % CHART_SERIES_MOST];
    text_add(text, "<line");
    add_place(text, "x1", "y1", from);
    add_place(text, "x2", "y2", to);
    text_add_format(text, " stroke=\"%s\" stroke-width=\"3\"", look->colour);
    if (look->dash)
        text_add_format(text, " stroke-dasharray=\"%s\"", look->dash);
    text_add(text, "/>\n");
}

void draw_marker(struct text *text, struct draw_place at, size_t index)
{
    const struct look *look = &looks[index % CHART_SERIES_MOST];
    text_add(text, "<svg overflow=\"visible\"");
    add_place(text, "x", "y", at);
    text_add_format(text, "><path d=\"%s\" fill=\"%s\" stroke=\"#fff\"/></svg>\n", look->marker,
                    look->colour);
}

bool draw_unit_is_long(const char *unit)
{
    enum { SHORT_UNIT = 2 };
    size_t letters = 0;
    struct slice words = slice_trim(slice_of(unit));
    for (size_t i = 0; i < words.length; i++)
        letters += ((unsigned char)words.start[i] & 0xC0) != 0x80;
    return letters > SHORT_UNIT;
}

const char *draw_figure(struct arena *arena, double value, int decimals, const char *unit)
{
    double power = pow(10, decimals);
    double rounded = round(value * power) / power;
    return arena_format(arena, "%.*f%s", decimals, fabs(rounded) < 1e-9 ? 0 : rounded,
                        unit && !draw_unit_is_long(unit) ? unit : "");
}
