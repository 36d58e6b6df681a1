/* The kinds of charts. */
#ifndef CHART_KINDS_H
#define CHART_KINDS_H

#include "chart/chart.h"
#include "chart/scale.h"

/* Height in pixels, then the inside of the <svg>. */
int line_height(const struct chart *chart);
void line_draw(struct work *work, const struct chart *chart, struct text *text);
int bar_height(const struct chart *chart);
void bar_draw(struct work *work, const struct chart *chart, struct text *text);
int split_height(const struct chart *chart);
void split_draw(struct work *work, const struct chart *chart, struct text *text);

#endif
