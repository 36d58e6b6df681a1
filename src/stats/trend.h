/* Direction of travel: against the period before (short) and the same period last year (long). */
#ifndef STATS_TREND_H
#define STATS_TREND_H

#include <stdbool.h>
#include <stdint.h>

#include "stats/rating.h"

enum trend_direction { TREND_UNKNOWN, TREND_IMPROVED, TREND_SAME, TREND_WORSE };

/* Why a direction is unknown. */
enum trend_reason {
    TREND_KNOWN,
    TREND_NO_VALUE,     /* now */
    TREND_NO_EARLIER,   /* no value to compare with */
    TREND_SERIES_BREAK, /* the series broke in between */
    TREND_CUMULATIVE,   /* year to date compares with the same period last year only */
    TREND_NO_DIRECTION, /* a milestone, or a band that is not set */
};

/* All numbers are in millionths and INTEGER_MISSING when there is none. */
struct trend_input {
    enum rating_polarity polarity;
    bool is_cumulative;
    int decimals; /* with which the values are printed; they are compared as printed */
    int64_t
        materiality; /* a smaller change is no change; missing: any change that shows in print */
    int64_t now, before, year_before;
    bool is_broken_since_before, is_broken_since_year_before;
    int64_t lower, upper; /* the band, for RATING_BAND */
};

struct trend_arrow {
    enum trend_direction direction;
    enum trend_reason reason;
    int64_t change; /* as printed, in millionths; INTEGER_MISSING when unknown */
};

struct trend {
    struct trend_arrow before, year_before;
};

/* Values are rounded to `decimals` first, so that a reader who subtracts what is printed comes to
 * the same answer. Where lower is better a fall is an improvement; in a band, a smaller distance to
 * it is. The change is now less then, whatever the polarity. */
void trend_compute(const struct trend_input *input, struct trend *out_trend);
/* In words, for a page: "no earlier value"; "" for TREND_KNOWN. */
const char *trend_reason_words(enum trend_reason reason);

#endif
