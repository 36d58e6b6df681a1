/* A label in a scorecard: its words, and the period that stands in them. "Q2 2012/13 actual",
 * "Actual (Jun-12)" and "Quarter 2" name one; with the period cut out, the words are the same every
 * quarter, so that what they stand for is said only once. */
#ifndef SERVICE_SCORECARD_LABEL_H
#define SERVICE_SCORECARD_LABEL_H

#include "base/period.h"

struct arena;

enum scorecard_time {
    SCORECARD_NO_TIME,
    SCORECARD_YEAR,   /* only a year: 2012/13 */
    SCORECARD_PERIOD, /* a half, quarter or month */
};

struct scorecard_label {
    const char *words; /* compared form (entity/heading.h), "*" in the place of the period */
    enum scorecard_time time;
    enum period_kind kind; /* of a SCORECARD_PERIOD */
    int number;            /* 1 to 2, 4 or 12 */
    int year;              /* the first of "2012/13"; of a month its own; 0: not said */
};

enum { SCORECARD_LONGEST_WORDS = 400 };

/* The compared form of a label without a period in it, at most so long. */
const char *scorecard_words(struct arena *arena, struct slice text);
/* Reads a label. With `only_whole`, a period counts only when the label says nothing else: the
 * names of measures have years and ages in them. */
struct scorecard_label scorecard_label_read(struct arena *arena, struct slice text,
                                            bool only_whole);
/* Whether the label's period is `period`, of a reporting year that begins in `start_month`. A year
 * that the label does not say is `year` (reporting, 0: any). */
bool scorecard_label_is(const struct scorecard_label *label, struct period period, int year,
                        int start_month);

#endif
