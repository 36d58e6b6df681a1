/* People ranked by what they are paid for an hour: who counts, at which rate, in which order; and
 * the same ranking unit by unit. */
#ifndef STATS_PAY_RANK_H
#define STATS_PAY_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/columns.h"
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

/* A number of each person in millionths, INTEGER_MISSING where a cell is empty: an array; or a
 * decimal of a table, as often as `factor` says; or a category whose labels are numbers. */
struct pay_numbers {
    const int64_t *values;
    const struct column *column;
    const int64_t *of_label; /* NULL: the column is a decimal */
    int64_t factor;
};

static inline bool pay_numbers_are(const struct pay_numbers *numbers)
{
    return numbers->values || numbers->column;
}

static inline int64_t pay_number(const struct pay_numbers *numbers, size_t person)
{
    if (numbers->values)
        return numbers->values[person];
    if (numbers->of_label)
        return numbers->of_label[column_code(numbers->column, (int64_t)person)];
    int64_t number = column_decimal(numbers->column, (int64_t)person);
    if (number == INTEGER_MISSING || __builtin_mul_overflow(number, numbers->factor, &number))
        return INTEGER_MISSING;
    return number;
}

/* What is known of people, column by column. The caller owns the columns. */
struct pay_columns {
    size_t count;                  /* PAY_MOST_PEOPLE at most */
    const uint8_t *group;          /* 0 is the comparator; PAY_NO_GROUP */
    size_t group_count;            /* PAY_MOST_GROUPS at most */
    struct pay_numbers ordinary;   /* pay of the relevant pay period */
    struct pay_numbers hours;      /* a week; none: pay is compared as it stands */
    const uint8_t *weeks;          /* averaged over so many; then `hours` is their sum */
    int64_t days;                  /* of everybody's pay period, in hundredths, or */
    struct pay_numbers own_days;   /* each person's own, in hundredths too */
    struct pay_numbers bonus;      /* paid in the relevant pay period */
    int64_t bonus_days;            /* over which it was earned; 0: no longer than the pay period */
    struct pay_numbers bonus_year; /* paid in the twelve months that end with the snapshot date */
    const uint8_t *reduced;        /* 1: on reduced pay because of leave */
    struct pay_numbers full_time;  /* full-time equivalent; none: 1 each */
    const uint8_t *is_passing;     /* 1: of a contract too short to stand among the top earners */
    int tie_places;                /* decimals of a pound to which rates are equal: 2 */
};

enum { PAY_GROUP_BITS = 6, PAY_RATE_HALF = 32 };

/* One person in the ranking, in twelve bytes: there may be sixty million. */
struct pay_ranked {
    uint32_t rate[2]; /* lower and upper half */
    uint32_t who;     /* the person, and in the lowest bits the group */
};

static inline struct pay_ranked pay_ranked_new(int64_t rate, uint32_t person, uint8_t group)
{
    const uint32_t none = (1U << PAY_GROUP_BITS) - 1;
    uint32_t bits = group == PAY_NO_GROUP ? none : group;
    return (struct pay_ranked){ { (uint32_t)rate, (uint32_t)(rate >> PAY_RATE_HALF) },
                                person << PAY_GROUP_BITS | bits };
}

/* The rate in thousandths of a millionth of a pound; of a bonus the amount in millionths. */
static inline int64_t pay_ranked_rate(const struct pay_ranked *ranked)
{
    return (int64_t)((uint64_t)ranked->rate[1] << PAY_RATE_HALF | ranked->rate[0]);
}

static inline uint32_t pay_ranked_person(const struct pay_ranked *ranked)
{
    return ranked->who >> PAY_GROUP_BITS;
}

static inline uint8_t pay_ranked_group(const struct pay_ranked *ranked)
{
    const uint32_t none = (1U << PAY_GROUP_BITS) - 1;
    return (ranked->who & none) == none ? PAY_NO_GROUP : (uint8_t)(ranked->who & none);
}

struct pay_ranking {
    const struct pay_columns *columns;
    struct pay_ranked *ranked; /* by rising rate; with a rate but no group they stand here too */
    size_t count;
    struct pay_ranked *bonuses; /* who were paid a bonus in the year and have a group */
    size_t bonus_count;
    uint64_t *is_ranked; /* a bit for each person: has a rate */
    bool is_exact;       /* every rate is a whole number of thousandths of a millionth */
    int64_t standing[PAY_STANDING_COUNT];
};

/* Ranks everybody. `columns` must live as long as the ranking. */
void pay_rank(struct arena *arena, const struct pay_columns *columns,
              struct pay_ranking *out_ranking);
/* A person's exact rate; only for people in the ranking. */
struct pay_fraction pay_rank_rate(const struct pay_columns *columns, uint32_t person);
/* The rate to which others are equal, in units of the last tie place (pence by default). */
int64_t pay_rank_tie(const struct pay_columns *columns, const struct pay_ranked *ranked);

/* Where the people of unit u stand in a ranking that was put in the order of units:
 * ranked[people[u]] to ranked[people[u + 1] - 1]; the same of bonuses. */
struct pay_places {
    size_t *people, *bonuses; /* one more than there are units */
};

/* Puts a ranking in the order of units, and by rising rate within each, without a second one beside
 * it. `units` is a code below `unit_count` for each person. */
struct pay_places pay_rank_by_unit(struct arena *arena, struct pay_ranking *ranking,
                                   const struct column *units, size_t unit_count);

#endif
