/* Charts as SVG that a screen reader can name, print can show and 320 pixels can hold: no viewBox,
 * positions across are percentages, so the text keeps its size. Series differ by dash and marker as
 * well as by colour and are named where they end. A chart never stands alone: put the table of the
 * same figures beside it. */
#ifndef CHART_CHART_H
#define CHART_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "base/work.h"

enum {
    CHART_SERIES_MOST = 4,
    CHART_REFERENCES_MOST = 4,
    CHART_LABELS_MOST = 400,
    CHART_WORDS_MOST = 2000
};

enum chart_kind {
    CHART_LINE, /* over time */
    CHART_BAR,  /* one group of horizontal bars for each label */
    CHART_SPLIT /* for each label one bar of the whole, parted between two series */
};

struct chart_series {
    const char *name;
    const double *values; /* one for each label; NAN where there is none, which leaves a gap */
};

/* What others achieved: a line across. */
struct chart_reference {
    const char *name;
    double value;
};

struct chart {
    enum chart_kind kind;
    const char *id;          /* unique in its page: letters, digits and - */
    const char *title;       /* what it shows, in a few words */
    const char *description; /* what can be seen in it, in a sentence or two */
    const char *const *labels;
    size_t label_count;
    const struct chart_series *series;
    size_t series_count;
    const char *unit; /* such as "%"; a long one is written once, above; NULL for none */
    int decimals;     /* of the figures that are written, 0 to 6 */
    double target;    /* a line across; NAN for none */
    /* Of a line chart, a target for each label instead, NAN for none; NULL: there is one alone. */
    const double *targets;
    const char *target_label;
    const struct chart_reference *references;
    size_t reference_count;
    /* Of a line chart, how sure each figure of the first series is; NAN for none; NULL: no figure's
     * interval is shown. */
    const double *low, *high;
    const char *interval_label;
    size_t break_before; /* the label before which the series breaks; 0 for none */
    const char *break_label;
    bool is_cut;   /* the axis of a line chart need not begin at zero */
    bool is_small; /* one of many beside each other: a low line chart with first and last label */
    /* The least range of the axis, so that charts beside each other can be compared; both 0: none.
     */
    double axis_low, axis_high;
};

/* Adds the chart as an <svg> element; the same chart gives the same bytes. Fails with STATUS_LIMIT
 * for too many series or labels or words too long, STATUS_INPUT for an id that is none or a value
 * that is infinite. */
MUST_CHECK enum status chart_draw(struct work *work, const struct chart *chart,
                                  struct text *out_text);

#endif
