/* What a person is paid for an hour of work: Equality Act 2010 (Specific Duties and Public
 * Authorities) Regulations 2017, Schedule 1, paragraphs 6 and 7 (the same arithmetic as in SI
 * 2017/172). Exact: a fraction until it is rounded. Amounts are millionths of a pound, hours are
 * millionths of an hour a week, days are hundredths of a day. */
#ifndef STATS_PAY_RATE_H
#define STATS_PAY_RATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/ratio.h"

enum { PAY_MOST_BONUSES = 3, PAY_WEEKS = 12, PAY_MOST_HOURS = 60 /* a week */ };
/* A larger amount is refused: a hundred million pounds in one pay period. */
#define PAY_MOST INT64_C(100000000000000)
#define PAY_NANO INT64_C(1000000000) /* rates are kept in thousandths of a millionth */

/* Days of a pay period, in hundredths. A month is 30.44 and a year 365.25 days. */
enum pay_days {
    PAY_DAYS_WEEK = 700,
    PAY_DAYS_FORTNIGHT = 1400,
    PAY_DAYS_FOUR_WEEKS = 2800,
    PAY_DAYS_MONTH = 3044,
    PAY_DAYS_YEAR = 36525,
};

struct pay_bonus {
    int64_t paid; /* in the relevant pay period */
    int64_t days; /* of the period in which it was earned */
};

/* What was paid in the relevant pay period. */
struct pay_elements {
    int64_t ordinary; /* ordinary pay, less what was due in another period */
    int64_t days;     /* of the pay period */
    int64_t hours;    /* worked in `weeks` weeks; 0: the pay is taken as it stands */
    int64_t weeks;    /* 1 for hours a week that do not vary, else those averaged over */
    struct pay_bonus bonuses[PAY_MOST_BONUSES];
    size_t bonus_count;
};

/* Pounds an hour: top / bottom, neither below 0. */
struct pay_fraction {
    ratio_wide top;
    uint64_t bottom;
};

/* (ordinary + bonuses) * (7 / days) / (hours / weeks), where a bonus whose period is longer than
 * the pay period counts with its share, bonus / its days * days (paragraph 6). Without hours:
 * ordinary pay and bonuses so shared, as they stand, whatever the period. False when the exact
 * fraction does not fit. Needs 0 <= amounts <= PAY_MOST, days above 0, weeks above 0. */
bool pay_rate_of(const struct pay_elements *elements, struct pay_fraction *out_rate);
/* The same in thousandths of a millionth of a pound, rounded half away from zero once. False above
 * 72 million pounds. */
bool pay_rate_nano(struct pay_fraction rate, int64_t *out_nano);
/* The same in any part of a pound, rounded once from the exact fraction: 100 for pence. For rates
 * that pay_rate_nano takes. */
int64_t pay_rate_round(struct pay_fraction rate, int64_t parts_of_pound);
/* Negative, 0 or positive, exactly. */
int pay_rate_compare(struct pay_fraction a, struct pay_fraction b);

/* The hours of the latest twelve weeks in which there were any (paragraph 7): `weeks` holds the
 * hours of each week, the latest first, INTEGER_MISSING where nothing is recorded; weeks without
 * hours are replaced by earlier ones. Where there are fewer than twelve, those there are. Gives the
 * sum and the number of weeks, for `struct pay_elements`; false when there is none. */
bool pay_rate_hours_of_weeks(const int64_t *weeks, size_t count, int64_t *out_hours,
                             int64_t *out_weeks);

#endif
