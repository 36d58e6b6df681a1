/* The statutory pay gap figures of a group against the comparator, over everybody or over a unit:
 * SI 2017/353, Schedule 1 (mean and median of hourly pay, of bonus among those who got one, the
 * shares who got one, the quarter bands), and the top 5% of earners (BVPI 11). What is printed is
 * proved: from sums with a bound on their error, and where that does not settle the last decimal,
 * from the exact fractions. */
#ifndef STATS_PAY_GAP_H
#define STATS_PAY_GAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/pay_bands.h"
#include "stats/pay_rank.h"

enum pay_gap_state {
    PAY_GAP_GIVEN,
    PAY_GAP_NO_COMPARATOR, /* nobody to compare with, or they are paid nothing */
    PAY_GAP_NOBODY,        /* nobody in the group */
    PAY_GAP_TOO_SMALL,     /* one of the two groups is smaller than the least that is allowed */
    PAY_GAP_NOT_KNOWN,     /* there is no such column */
};

/* (A - B) / A * 100 with A the comparator's and B the group's: above 0 the comparator has more. */
struct pay_gap {
    enum pay_gap_state state;
    int64_t tenths;   /* of a per cent, rounded half away from zero */
    bool is_unproven; /* too many different fractions to prove the last decimal */
};

/* Sum and middle of one group's rates or bonuses. */
struct pay_level {
    int64_t people;
    ratio_wide sum;    /* in the ranking's unit */
    int64_t middle[2]; /* the two middle values; both the same with an odd number */
};

struct pay_group_figures {
    int64_t relevant;       /* relevant employees of the group, at full pay or not */
    struct pay_level pay;   /* of full-pay relevant employees, in thousandths of a millionth */
    struct pay_level bonus; /* of those paid a bonus in the year, in millionths of a pound */
    struct pay_gap mean_gap, median_gap, mean_bonus_gap, median_bonus_gap; /* none for group 0 */
    int64_t top_people, top_full_time; /* among the top 5% of earners; the latter in millionths */
};

struct pay_figures {
    struct pay_group_figures *groups;
    struct pay_bands bands;
    int64_t top_people, top_full_time; /* the top 5%, whatever the group */
    int64_t top_rate;                  /* the least rate among them, `nano` */
};

/* Part of a ranking: everybody, or a unit. */
struct pay_part {
    const struct pay_ranked *ranked, *bonuses;
    size_t count, bonus_count;
    const int64_t *relevant; /* of each group */
    int64_t least_people;    /* a group with fewer full-pay people has no gap; 0: no such rule */
};

/* All figures of one part. `ranking` and its columns must live as long as the result. */
void pay_gap_figures(struct arena *arena, const struct pay_ranking *ranking, struct pay_part part,
                     struct pay_figures *out_figures);
/* How many of each group are relevant employees, unit by unit: of group g in unit u at u *
 * group_count + g. NULL: as if all were in one. */
void pay_gap_relevant(const struct pay_columns *columns, const struct column *units,
                      int64_t *out_relevant);

#endif
