/* The pieces of which charts are made. Across is in percent of the width, down in pixels. */
#ifndef CHART_DRAW_H
#define CHART_DRAW_H

#include "base/text.h"
#include "chart/chart.h"

#define DRAW_INK "#0b0c0c"
#define DRAW_GRID "#8c9499"

enum draw_anchor { DRAW_START, DRAW_MIDDLE, DRAW_END };

struct draw_place {
    double across, down;
};

/* The look of the series at `index`: a colour of the Analysis Function's palette, a dash. */
const char *draw_colour(size_t index);
/* Text at a place, moved right by `shift` pixels. */
void draw_text(struct text *text, struct draw_place at, double shift, enum draw_anchor anchor,
               const char *words);
/* A line with a width and a dash (NULL for none). */
void draw_line(struct text *text, struct draw_place from, struct draw_place to, const char *look);
/* The line of a series. */
void draw_series_line(struct text *text, struct draw_place from, struct draw_place to,
                      size_t index);
/* The marker of a series: circle, square, triangle, diamond. */
void draw_marker(struct text *text, struct draw_place at, size_t index);
/* A unit of more than two letters ("families") stands once above the figures, not behind each. */
bool draw_unit_is_long(const char *unit);
/* A figure with the chart's decimals, and its unit unless that is long. */
const char *draw_figure(struct arena *arena, double value, int decimals, const char *unit);

#endif
