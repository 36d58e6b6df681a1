/* People ranked by what they are paid for an hour: who counts, at which rate, in which order; and
 * the same ranking unit by unit. */
#ifndef STATS_PAY_RANK_H
#define STATS_PAY_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/pay_rate.h"

struct arena;

enum { PAY_MOST_GROUPS = 32, PAY_NO_GROUP = 255, PAY_MOST_PEOPLE = 1 << 26 };

/* Why a person is not among the full-pay relevant employees; the first that applies. */
enum pay_standing {
    PAY_COUNTED,
    PAY_GROUP_UNKNOWN, /* no answer, or none of the groups that are compared */
    PAY_REDUCED,       /* paid less, or nothing, because of leave */
    PAY_MISSING,
    PAY_NIL, /* nothing was paid, and nobody says that it was leave */
    PAY_NEGATIVE,
    PAY_TOO_LARGE,
    PAY_HOURS_MISSING,
    PAY_HOURS_REFUSED, /* not above 0, or above PAY_MOST_HOURS a week */
    PAY_STANDING_COUNT
};

/* What is known of people, column by column; a column that is not there is NULL. Amounts and hours
 * in millionths, INTEGER_MISSING where a cell is empty. The caller owns the columns. */
struct pay_columns {
    size_t count;               /* PAY_MOST_PEOPLE at most */
    const uint8_t *group;       /* 0 is the comparator; PAY_NO_GROUP */
    size_t group_count;         /* PAY_MOST_GROUPS at most */
    const int64_t *ordinary;    /* pay of the relevant pay period */
    const int64_t *hours;       /* a week; NULL: pay is compared as it stands */
    const uint8_t *weeks;       /* averaged over so many; then `hours` is their sum */
    int64_t days;               /* of everybody's pay period, in hundredths, or */
    const int64_t *person_days; /* each person's own */
    const int64_t *bonus;       /* paid in the relevant pay period */
    int64_t bonus_days;         /* over which it was earned; 0: no longer than the pay period */
    const int64_t *bonus_year;  /* paid in the twelve months that end with the snapshot date */
    const uint8_t *reduced;     /* 1: on reduced pay because of leave */
    const int64_t *full_time;   /* full-time equivalent; NULL: 1 each */
    const uint8_t *is_passing;  /* 1: of a contract too short to stand among the top earners */
    int tie_places;             /* decimals of a pound to which rates are equal: 2 */
};

/* One person in the ranking. */
struct pay_ranked {
    int64_t nano; /* the rate in thousandths of a millionth of a pound */
    uint32_t person;
    uint8_t group;
};

struct pay_ranking {
    const struct pay_columns *columns;
    struct pay_ranked *ranked; /* by rising rate; with a rate but no group they stand here too */
    size_t count;
    struct pay_ranked *bonuses; /* who were paid a bonus in the year and have a group; `nano` is the
                                   amount in millionths */
    size_t bonus_count;
    bool is_exact; /* every rate is a whole number of `nano` */
    int64_t standing[PAY_STANDING_COUNT];
};

/* Ranks everybody. `columns` must live as long as the ranking. */
void pay_rank(struct arena *arena, const struct pay_columns *columns,
              struct pay_ranking *out_ranking);
/* A person's exact rate; only for people in the ranking. */
struct pay_fraction pay_rank_rate(const struct pay_columns *columns, uint32_t person);
/* The rate to which others are equal, in units of the last tie place (pence by default). */
int64_t pay_rank_tie(const struct pay_columns *columns, const struct pay_ranked *ranked);

/* A ranking unit by unit: unit u has ranked[starts[u]] to ranked[starts[u + 1] - 1], in order. */
struct pay_split {
    struct pay_ranked *ranked;
    size_t *starts; /* unit_count + 1 of them */
};

/* `units` has a number below `unit_count` for each person. */
struct pay_split pay_rank_split(struct arena *arena, const struct pay_ranked *ranked, size_t count,
                                const uint32_t *units, size_t unit_count);

#endif
