/* When a return opens, is due, is reminded of and locks: rules/return_calendar.csv, in days after
 * the last day of the period. Nobody's days move because a colleague opened the period a little
 * late; but a return that is opened so late that fewer than `least` days are left is due that many
 * days after its opening, and what follows moves by as much. */
#ifndef SERVICE_RETURN_CALENDAR_H
#define SERVICE_RETURN_CALENDAR_H

#include "base/period.h"
#include "base/work.h"

struct return_calendar {
    struct date opens, due, remind, remind_late, locks;
    int64_t least; /* days from the opening to the day on which it is due */
};

/* The days of that period; `start_month` is the first month of the reporting year. STATUS_INPUT,
 * naming the file, when the rules have no row for its kind, or days that do not follow. */
MUST_CHECK enum status return_calendar_load(struct work *work, struct period period,
                                            int start_month, struct return_calendar *out_calendar);
/* The days of a return that is opened on that day. */
void return_calendar_open(struct return_calendar *calendar, struct date today);

#endif
