/* When a return opens, is due, is reminded of and locks: rules/return_calendar.csv, in days after
 * the last day of the period. */
#ifndef SERVICE_RETURN_CALENDAR_H
#define SERVICE_RETURN_CALENDAR_H

#include "base/period.h"
#include "base/work.h"

struct return_calendar {
    struct date opens, due, remind, remind_late, locks;
};

/* The days of that period; `start_month` is the first month of the reporting year. STATUS_INPUT,
 * naming the file, when the rules have no row for its kind, or days that do not follow. */
MUST_CHECK enum status return_calendar_load(struct work *work, struct period period,
                                            int start_month, struct return_calendar *out_calendar);

#endif
