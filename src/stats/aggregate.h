/* Values made from values, exactly; and what printed percentages give away about their bases. All
 * numbers are in millionths unless the text says otherwise; rounding is half away from zero. */
#ifndef STATS_AGGREGATE_H
#define STATS_AGGREGATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* A whole made of parts, and how many parts had no value: a whole with missing parts must say so.
 */
struct aggregate {
    int64_t value;                  /* INTEGER_MISSING when no part has a value */
    int64_t numerator, denominator; /* of a share; else INTEGER_MISSING */
    size_t present, missing;
};

/* The sum of the values that are present. False when it does not fit. */
bool aggregate_sum(const int64_t *values, size_t count, struct aggregate *out_aggregate);
/* The percentage of the sums: a part counts when both its numerator and its denominator are
 * present. This is not the mean of the percentages. False when it does not fit; with denominators
 * that add to 0 the value is missing. */
bool aggregate_share(const int64_t *numerators, const int64_t *denominators, size_t count,
                     struct aggregate *out_aggregate);
/* 100 - percentage; INTEGER_MISSING stays. */
int64_t aggregate_complement(int64_t percentage);
/* (after - before) / |before| * 100, the growth in per cent. False when `before` is 0 or the result
 * does not fit. */
bool growth_percent(int64_t before, int64_t after, int64_t *out_percent);

/* True when numerator / denominator * 100, rounded half away from zero to `decimals` places, is
 * `printed`. False when the denominator is 0. */
bool percent_agrees(int64_t numerator, int64_t denominator, int64_t printed, int decimals);
/* True when the growth from `before` to `after`, so rounded, is `printed`. */
bool growth_agrees(int64_t before, int64_t after, int64_t printed, int decimals);

/* A percentage as printed. */
struct printed_percent {
    int64_t percent;
    int decimals;
};

/* Which numerators k (in units of 1/parts: 1 for people, 2 for half posts) give the printed
 * percentage on `denominator` people. False when none does. */
bool numerators_of(struct printed_percent printed, int64_t denominator, int64_t parts,
                   int64_t *out_least, int64_t *out_most);
/* Rational reconstruction: every denominator from 1 to `most` on which each printed percentage is
 * some k/parts out of d, 0 to 100%, in rising order; at most `room` of them are written. Gives back
 * how many there are. Few and small denominators mean that the percentages disclose counts. */
size_t denominators_of(const struct printed_percent *printed, size_t count, int64_t parts,
                       int64_t most, int64_t *out_denominators, size_t room);

#endif
