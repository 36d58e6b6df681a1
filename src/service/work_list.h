/* What needs the person who asks, in the order of how much it presses: the page "Your work" and the
 * e-mail digest show the same. */
#ifndef SERVICE_WORK_LIST_H
#define SERVICE_WORK_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/list.h"
#include "base/work.h"

enum work_kind {
    WORK_RETURN_LATE,    /* to be written, and its day has gone */
    WORK_RETURN_BACK,    /* was sent back */
    WORK_RETURN_APPROVE, /* waits for this person's approval */
    WORK_RETURN_FREEZE,  /* waits to be frozen */
    WORK_PLAN_APPROVE,   /* a roll-over that waits for this person's approval */
    WORK_PERIOD_OPEN,    /* a period whose returns are to be opened by now */
    WORK_APPROVAL,       /* was asked for by another, and wants a second person */
    WORK_APPROVED,       /* this person asked for it, and can take it now */
    WORK_DECIDE,         /* an objective that they answer for has red without corrective action */
    WORK_RETURN_DUE,     /* to be written */
    WORK_PLAN_PREPARE,   /* a roll-over that is to be prepared by now */
    WORK_FOLLOW_UP,      /* was asked about a figure, and waits for an answer */
    WORK_OWN_OBJECTIVE,  /* one that they answer for, with how it stands: service/watch_list.h */
    WORK_WATCH,          /* needs nothing but to be looked at: service/watch_list.h */
};

struct work_item {
    enum work_kind kind;
    const char *title;  /* Place Shaping, Quarter 2 2012/13 */
    const char *words;  /* what is to be done, and by when: "Submit by 31 October 2012" */
    const char *path;   /* of the page where it is done */
    const char *locked; /* why it cannot be done now, and who can change that; or NULL */
    int64_t days_late;  /* INTEGER_MISSING where there is no day */
    bool is_ours;       /* the title is words of ours, not a name on record */
};

/* The items of the work's actor, as struct work_item *. */
MUST_CHECK enum status work_list_load(struct work *work, struct list *out_items);

/* Adds what the plan's years and the calendar of the returns want of the actor. */
MUST_CHECK enum status work_plan_add(struct work *work, struct list *items);

#endif
