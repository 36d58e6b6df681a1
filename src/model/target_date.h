/* When an action is due, as people write it: "December 2010 and thereafter annually by same month",
 * "end of Q3 2024/25 (subject to funding)", "ongoing". What cannot be read is kept and never
 * guessed: "early 2013", "bi-annually", "Q1 2012" and "3/12" can each be read in two ways, and are
 * not understood. */
#ifndef MODEL_TARGET_DATE_H
#define MODEL_TARGET_DATE_H

#include <stdbool.h>

#include "base/date.h"
#include "base/slice.h"

struct arena;

/* Longer text is kept, and not understood. */
enum { TARGET_DATE_LENGTH = 400, TARGET_DATE_TERMS = 3 };

enum target_date_recurrence {
    TARGET_DATE_ONCE,
    TARGET_DATE_WEEKLY,
    TARGET_DATE_MONTHLY,
    TARGET_DATE_TWO_MONTHLY,
    TARGET_DATE_QUARTERLY,
    TARGET_DATE_TERMLY,
    TARGET_DATE_HALF_YEARLY,
    TARGET_DATE_YEARLY,
    TARGET_DATE_CONTINUOUS,
};

enum target_date_status { TARGET_DATE_OPEN, TARGET_DATE_TO_BE_CONFIRMED, TARGET_DATE_COMPLETE };

/* A year of 0 means: no such date. All zero is a sound context. */
struct target_date_context {
    struct date today;   /* `next` is sought on or after it */
    struct date adopted; /* when the scheme was adopted */
    int start_month;     /* of the reporting year; 0: April */
    /* Last month and day of the spring, summer and autumn terms (years are ignored). Not set: 31
     * March, 31 August and 31 December, the terms of the law on compulsory school age. */
    struct date term_ends[TARGET_DATE_TERMS];
};

/* A date whose year is 0 is not there. */
struct target_date {
    const char *text; /* as it was written, without blanks at the ends; in the arena */
    bool understood;  /* false: only `text` is set */
    struct date from;
    struct date due; /* the last day of the month, quarter, season or year that is named */
    enum target_date_recurrence recurrence;
    const char *condition; /* in the arena, or NULL */
    enum target_date_status status;
    struct date next; /* the next due date on or after the context's today */
    /* How it recurs: */
    bool is_month_end; /* the due date is the end of its month, in every month */
    bool is_last;      /* `due` ends the recurrence instead of beginning it */
    int anchor_month;  /* due in this month of any year, when no year is named; else 0 */
    int anchor_day;    /* and on this day; 0: the month's last */
};

/* Reads a target date. Seasons end on 31 May, 31 August, 30 November and the last of February, of
 * the year after for a winter; numbers are day before month. */
void target_date_read(struct arena *arena, struct slice text,
                      const struct target_date_context *context, struct target_date *out_date);
/* The next due date on or after `on`: the due date itself, or repeated as it recurs. Without a due
 * date it is the last day of the week, of the reporting year's month, two months, quarter, half or
 * year, or of the term. False when there is none: complete, past, or continuous without a date. */
bool target_date_next(const struct target_date *date, const struct target_date_context *context,
                      struct date on, struct date *out_next);
/* "weekly", "monthly", "two-monthly" … as in model/codes.h; NULL for TARGET_DATE_ONCE. */
const char *target_date_recurrence_code(enum target_date_recurrence recurrence);
/* "open", "to-be-confirmed", "complete". */
const char *target_date_status_code(enum target_date_status status);

#endif
