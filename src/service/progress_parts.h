/* What the files of progress.c share among themselves: the maps by which sets are joined. */
#ifndef SERVICE_PROGRESS_PARTS_H
#define SERVICE_PROGRESS_PARTS_H

#include "service/pair_map.h"
#include "service/progress.h"
#include "store/return_store.h"

/* Where a value, target or rating is found: under its measure and unit, both ids. */
struct progress_join {
    struct work *work;
    struct progress *progress;
    struct return_view view; /* the period and authority, for rating_of_measure */
    struct progress_periods periods;
    struct pair_map measures, units; /* by id and 0 */
    struct pair_map values, values_before, values_year_before, earlier;
    struct pair_map annual, profile, minimum, stretch, ratings;
    struct pair_map forecasts, comparators; /* lists; comparators by measure and 0 */
    struct pair_map suppliers;
    struct pair_map narratives; /* lists, by objective and the hash of the reference */
};

/* progress_value.c: target, value, ratings and trend of a row whose measure and unit are set. */
void progress_fill_row(struct progress_join *join, struct progress_row *row);
/* Rates rows from their parts, or from the other units' rows, where they have no value. */
void progress_roll_up(struct progress_join *join);
/* Compares declared and computed. */
void progress_compare(const struct progress_join *join, struct progress_row *row);

/* progress_count.c: the summaries, when all rows are filled. */
void progress_count(struct progress_join *join);
/* The returns of all units that supply measures, with and without a return. */
void progress_list_returns(struct progress_join *join);

#endif
