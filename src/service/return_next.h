/* Which periods have returns, and which one is opened next: by the rules of the calendar. */
#ifndef SERVICE_RETURN_NEXT_H
#define SERVICE_RETURN_NEXT_H

#include "base/list.h"
#include "service/return_calendar.h"

struct return_next {
    struct period period;
    const char *code, *words; /* 2012-13-Q2; Quarter 2 2012/13 */
    struct return_calendar calendar;
    const char *opens_on, *due_on; /* in words: 31 October 2012 */
    bool is_due;                   /* the calendar's day of opening has come */
};

/* The periods that have returns, as struct period *, the newest first. */
MUST_CHECK enum status return_periods(struct work *work, struct list *out_periods);
/* The period after the newest of those, with its days. STATUS_NOT_FOUND, in words, where there are
 * no returns at all or the calendar has no days for such periods. */
MUST_CHECK enum status return_next_load(struct work *work, struct return_next *out_next);

#endif
