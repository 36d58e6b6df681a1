/* How sure a share, a rate or a comparison is. Measured statistics, so in doubles; `z` is the
 * normal quantile: 1.96 for 95%, 3.09 for 99.8%. */
#ifndef STATS_INTERVAL_H
#define STATS_INTERVAL_H

#include <stdbool.h>
#include <stdint.h>

#define INTERVAL_Z_95 1.96
#define INTERVAL_Z_998 3.09

struct interval {
    double low, high;
};

/* Counts in a two-way comparison: `a` of `n1` in one group, `b` of `n2` in the other. */
struct interval_counts {
    double a, n1, b, n2;
};

/* The ratio of two shares with its interval. */
struct interval_ratio {
    double ratio;
    struct interval interval;
    bool is_adjusted; /* half a case was added to each cell, because a or b is 0 */
};

/* Wilson's score interval of a share, 0 to 1 (Wilson 1927, as in public health indicator tools).
 * `cases` may be a fraction, as with full-time equivalents. Needs 0 <= cases <= base, base > 0. */
struct interval interval_wilson(double cases, double base, double z);
/* The interval of a count that may be any size: Byar's approximation from 10 on, exact Poisson
 * limits below, found by halving to the last bit. Divide by the person-years for a rate. */
struct interval interval_count(int64_t count, double z);
/* The ratio (a/n1)/(b/n2) with Katz's log interval. When a or b is 0, 0.5 is added to all four
 * cells, which raises each base by 1. Needs n1, n2 > 0, a <= n1, b <= n2. */
struct interval_ratio interval_of_ratio(struct interval_counts counts, double z);
/* The ratio of two odds, (a/(n1-a))/(b/(n2-b)), with Woolf's log interval (Woolf 1955). When one of
 * the four numbers is 0, 0.5 is added to each. */
struct interval_ratio interval_of_odds(struct interval_counts counts, double z);
/* Newcombe's interval of the difference a/n1 - b/n2: Wilson's limits, squared and added. */
struct interval interval_of_difference(struct interval_counts counts, double z);

/* How to speak of a ratio of likelihoods: outside 0.8 to 1.25 or not, interval with or without 1
 * (the paper's own range; see rules/README.md). */
enum interval_reading {
    INTERVAL_NO_EVIDENCE,
    INTERVAL_SMALL_BUT_REAL,
    INTERVAL_INDICATION, /* outside the range, but the interval holds 1: monitor or pool years */
    INTERVAL_ADVERSE,    /* outside the range, and the interval leaves 1 out */
};
enum interval_reading interval_read(struct interval_ratio ratio);

#endif
