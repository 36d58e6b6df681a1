/* The rows above a chart that say what its marks mean. */
#ifndef CHART_KEY_H
#define CHART_KEY_H

#include "chart/chart.h"

enum { KEY_ROW = 22 };

/* True when the names are too long to stand where the lines end, so that letters stand there. */
bool key_is_needed(const struct chart *chart);
/* Height in pixels: a row for each series if need be, for the target, each reference
 * and the intervals. */
int key_height(const struct chart *chart);
void key_draw(struct work *work, const struct chart *chart, struct text *text);
/* How the interval of a figure and a reference are drawn, here and in the chart. */
#define KEY_INTERVAL "stroke=\"#12436d\" stroke-width=\"12\" stroke-opacity=\"0.25\""
const char *key_reference(size_t index);
/* How the target's line is drawn, here and in the chart. */
#define KEY_TARGET "stroke=\"#0b0c0c\" stroke-width=\"2\" stroke-dasharray=\"4 3\""

#endif
