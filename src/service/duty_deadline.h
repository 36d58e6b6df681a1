/* The last day on which something must be published again: rules/statutory_deadlines.csv. */
#ifndef SERVICE_DUTY_DEADLINE_H
#define SERVICE_DUTY_DEADLINE_H

#include "base/date.h"
#include "base/work.h"

struct duty_deadline {
    const char *code, *title;
    const char *begins; /* with what the time begins, in words: "the date of last publication" */
    const char *source; /* the regulation */
    struct date last_day;
};

/* The deadline of a duty whose time begins with `day`: a year that begins with 12 January ends with
 * 11 January, and one that begins with 29 February with 28 February. STATUS_USAGE for a duty that
 * the rules do not have. */
MUST_CHECK enum status duty_deadline_find(struct work *work, const char *code, struct date day,
                                          struct duty_deadline *out_deadline);

#endif
