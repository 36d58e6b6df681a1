/* The four quarter bands of a ranking: SI 2017/353, Schedule 1, paragraph 13 of the calculations
 * (quarters of the list, not quartile points), with those on one rate shared out among the bands
 * that they fall into by the ratio of the groups, as far as whole people allow. */
#ifndef STATS_PAY_BANDS_H
#define STATS_PAY_BANDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/list.h"
#include "stats/pay_rank.h"

enum { PAY_QUARTERS = 4 };

/* How many of one group stand in each band, and how few or many an order of those on the same rate
 * could make it: `least` and `most` among the orders that keep the ratio as nearly as whole people
 * allow (each band has the ideal number rounded down or up), `any_least` and `any_most` among all
 * orders, for comparison with programs that do not keep the ratio. */
struct pay_band_counts {
    int64_t people[PAY_QUARTERS];
    int64_t least[PAY_QUARTERS], most[PAY_QUARTERS];
    int64_t any_least[PAY_QUARTERS], any_most[PAY_QUARTERS];
};

/* People on one rate who fall into more than one band. */
struct pay_tie {
    int64_t rate;                 /* in units of the last tie place: pence by default */
    int64_t first;                /* place of the first of them, from 1 */
    int64_t places[PAY_QUARTERS]; /* that they take in each band */
    int64_t *groups;              /* how many of each group */
    int64_t *shared;              /* of group g in band b at g * PAY_QUARTERS + b */
};

struct pay_bands {
    int64_t size[PAY_QUARTERS];     /* lower, lower middle, upper middle, top */
    struct pay_band_counts *groups; /* one for each group */
    struct list ties;               /* of struct pay_tie *, by rising rate */
};

/* Fills the bands from a part of a ranking, by rising rate; people without a group are passed over.
 * People on one rate (pay_rank_tie) that spans bands are shared group by group: each band gets
 * places * group / all, the remainder to the bands with the largest fraction, the lower first. */
void pay_bands_fill(struct arena *arena, const struct pay_columns *columns,
                    const struct pay_ranked *ranked, size_t count, struct pay_bands *out_bands);

#endif
