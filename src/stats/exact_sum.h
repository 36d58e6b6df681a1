/* The sign of a sum of fractions, exactly, however many different denominators there are. This is
 * how a printed decimal is proved where a bound on the error of a quick sum is not enough. */
#ifndef STATS_EXACT_SUM_H
#define STATS_EXACT_SUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/ratio.h"

struct arena;

/* More different denominators than these are refused: with d of them the work is d times the length
 * of their least common multiple. Hours written with two decimals have at most 6,000. */
enum { EXACT_SUM_MOST_DENOMINATORS = 20000 };

struct exact_term {
    ratio_wide top;
    uint64_t bottom; /* above 0 */
};

/* Adds terms with equal bottoms together, in place, and gives back how many are left, in rising
 * order of bottoms. Tops must be small enough that their sums fit. */
size_t exact_sum_gather(struct exact_term *terms, size_t count);

/* One side of a comparison: factor * (sum of the terms). */
struct exact_side {
    const struct exact_term *terms; /* gathered */
    size_t count;
    uint64_t factor;
};

/* Compares two sides: *out_sign is negative, 0 or positive as the first is smaller, equal or
 * larger. Tops are not negative. False when there are too many different denominators. */
bool exact_sum_compare(struct arena *arena, struct exact_side first, struct exact_side second,
                       int *out_sign);

#endif
