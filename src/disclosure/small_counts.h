/* Small count rounding: people are moved between their smallest groups so that no cell of any table
 * holds a count from 1 to one below the base, and everything still adds up (Langsrud and Heldal
 * 2018: rounding by partial least squares; this picks groups by the same gain). */
#ifndef DISCLOSURE_SMALL_COUNTS_H
#define DISCLOSURE_SMALL_COUNTS_H

#include <stdint.h>

#include "disclosure/release_plan.h"

enum {
    SMALL_COUNTS_MOST_GROUPS = 20000,    /* different people, by the columns of the tables */
    SMALL_COUNTS_MOST_PLACES = 20000000, /* groups times the cells that each lies in */
    SMALL_COUNTS_MOST_ROUNDS = 50
};

struct small_counts {
    int64_t *values;        /* by the plan's cells: what is shown */
    int64_t group_count;    /* groups that were rounded, to 0 or the base */
    int64_t changed_count;  /* cells that differ from the truth */
    int64_t largest_change; /* of a cell */
};

/* Fails with STATUS_LIMIT for too many groups. The same people give the same figures. */
MUST_CHECK enum status small_counts_round(struct work *work, const struct release_plan *plan,
                                          int64_t base, struct small_counts *out_counts);

#endif
