/* Means and medians of an amount (pay) in the cells of a release, where they may be shown. */
#ifndef DISCLOSURE_AMOUNTS_H
#define DISCLOSURE_AMOUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "disclosure/release_plan.h"

enum { AMOUNTS_MOST_PLACES = 100000000 /* people times the cells that each lies in */ };

struct amounts_rule {
    const struct profile *profile;
    size_t column;                 /* a decimal column of the plan's people */
    const unsigned char *statuses; /* by cell: of its count */
};

struct amounts {
    int64_t *counts;          /* by cell: people with an amount; never to be printed */
    int64_t *means, *medians; /* by cell, in whole units, half away from zero */
    bool *is_shown;           /* by cell */
    int64_t few_count;        /* hidden for too few people, though their count is shown */
    int64_t dominated_count;  /* hidden because one or two people make up most of the sum */
    int64_t secondary_count;  /* hidden so that those cannot be worked out from sums */
};

/* A mean and a median are shown where the count is, where at least `mean_base` people have an
 * amount, and where nobody dominates the sum: one has no more than `largest_share` of it, and the
 * others than the two largest make up at least `p_percent` of the largest (the Handbook on
 * Statistical Disclosure Control, chapter 4: the largest share, the p% rule). What is hidden for
 * that cannot be worked out by adding and subtracting sums. STATUS_LIMIT for too many people. */
MUST_CHECK enum status amounts_measure(struct work *work, const struct release_plan *plan,
                                       const struct amounts_rule *rule,
                                       struct amounts *out_amounts);

#endif
