/* Rounding with small numbers hidden, and what a reader can still work out of it. */
#ifndef DISCLOSURE_ROUNDING_H
#define DISCLOSURE_ROUNDING_H

#include <stdbool.h>
#include <stdint.h>

#include "disclosure/relations.h"
#include "disclosure/secondary.h"

struct rounding_options {
    int64_t base;              /* 1 or more; half goes up */
    const int64_t *thresholds; /* by cell: counts below are hidden; 0: none */
    bool shows_zeros;          /* false: zeros are hidden in one band with the small counts */
};

struct rounding_result {
    int64_t primary_count, withheld_count, published_count;
    int64_t found; /* small counts that rounding alone would have given away */
    int64_t rounds;
};

/* `statuses`, by cell, goes with CELL_PRIMARY for small counts, CELL_SECONDARY for rounded ones
 * that are withheld because a reader could otherwise narrow a small count down to one number, and
 * CELL_PUBLISHED. A small count is one below its threshold, or below the base where there is none.
 * Fails with STATUS_REFUSED when withholding does not help. */
MUST_CHECK enum status rounding_protect(struct work *work, const struct relations *relations,
                                        const struct rounding_options *options,
                                        unsigned char *statuses,
                                        struct rounding_result *out_result);

#endif
