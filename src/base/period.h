/* Periods, written 2012-13, 2012-13-H1, 2012-13-Q1, 2012-04 and 2012-W14. Years, halves and
 * quarters are the reporting year's, which begins on the first of a month (April in councils). */
#ifndef BASE_PERIOD_H
#define BASE_PERIOD_H

#include <stdbool.h>

#include "base/date.h"
#include "base/slice.h"

struct arena;

enum period_kind { PERIOD_YEAR, PERIOD_HALF, PERIOD_QUARTER, PERIOD_MONTH, PERIOD_WEEK };

struct period {
    enum period_kind kind;
    int year;   /* the year in which it begins (the reporting year, the calendar year, the ISO year)
                 */
    int number; /* 1-2, 1-4, 1-12, 1-53; 0 for a year */
};

/* Reads the notation above and nothing else. */
bool period_read(struct slice slice, struct period *out_period);
/* Reads what people write as well: "Q1 2012/13", "Quarter 1 2012-13", "2012/13 Q1", "2012/13",
 * "Half 1 2012/13", "FY 2021-22", "April 2012". */
bool period_read_worded(struct slice slice, struct period *out_period);
/* The notation. */
char *period_print(struct arena *arena, struct period period);
/* "Quarter 1 2012/13", "2012/13", "April 2012", "Week 14 of 2012". */
char *period_print_long(struct arena *arena, struct period period);
/* First and last day. `start_month` is the first month of the reporting year, 1 to 12. */
struct date period_first_day(struct period period, int start_month);
struct date period_last_day(struct period period, int start_month);
/* The period of the same kind just before, just after, and the same one a year before. */
struct period period_previous(struct period period);
struct period period_next(struct period period);
struct period period_year_before(struct period period);
/* The reporting year in which the period ends. */
struct period period_year_of(struct period period, int start_month);
/* Which share of its reporting year has gone when the period ends, in parts of 12 months. */
int period_months_gone(struct period period, int start_month);
bool period_equal(struct period a, struct period b);
/* Orders by last day, then by length, the shorter first. */
int period_compare(struct period a, struct period b, int start_month);

#endif
