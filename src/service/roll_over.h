/* The new-year roll-over of a scheme: what becomes of each open action, which target is proposed
 * for each measure, submitted, and approved by somebody who may. Until then the plan stays as it
 * is; the approval changes it in one transaction with one event. */
#ifndef SERVICE_ROLL_OVER_H
#define SERVICE_ROLL_OVER_H

#include "base/period.h"
#include "base/problem.h"
#include "model/action.h"
#include "model/measure.h"
#include "model/objective.h"
#include "model/roll_over.h"
#include "model/roll_over_action.h"
#include "model/roll_over_target.h"
#include "model/scheme.h"
#include "model/target.h"
#include "model/unit.h"
#include "store/store.h"

/* By code and period: ses-2011, 2013-14. */
struct roll_over_place {
    const char *scheme, *year;
};

struct roll_over_action_line {
    const struct action *action;
    const struct objective *objective;
    const struct roll_over_action *choice; /* NULL: nothing is chosen yet */
};

struct roll_over_target_line {
    const struct measure *measure;
    const struct unit *unit;
    const struct target *target;           /* the latest annual one before the new year */
    const struct roll_over_target *choice; /* NULL: nothing is chosen yet */
};

struct roll_over_view {
    const struct scheme *scheme;
    struct period year;
    int start_month;
    const struct roll_over *row; /* NULL: it has not begun */
    struct list actions;         /* of struct roll_over_action_line *, in the scheme's order */
    struct list targets;         /* of struct roll_over_target_line * */
    size_t left;                 /* lines without a choice */
    bool may_prepare, may_approve;
};

/* Loads it, begun or not: the actions of the scheme that are neither complete nor closed (once it
 * is approved: those that were chosen about), and the measures that have an annual target with a
 * number. STATUS_NOT_FOUND, in words, when there is no such scheme or the year is no reporting
 * year. */
MUST_CHECK enum status roll_over_load(struct work *work, const struct roll_over_place *place,
                                      struct roll_over_view *out_view);
/* The line of an action, by its code, or of a measure and unit; NULL when there is none. */
const struct roll_over_action_line *roll_over_action_find(const struct roll_over_view *view,
                                                          const char *code);
const struct roll_over_target_line *roll_over_target_find(const struct roll_over_view *view,
                                                          const char *measure, const char *unit);

/* What was typed about an action. `seen` is the event of the choice as the person saw it;
 * INTEGER_MISSING: there was none. */
struct roll_over_action_input {
    const char *action, *choice, *reason, *wording, *target_date;
    int64_t seen;
};
struct roll_over_target_input {
    const char *measure, *unit, *value, *reason; /* an empty value proposes none */
    int64_t seen;
};

/* Keep a choice; the first of them begins the roll-over. Need RIGHT_PLAN_CHANGE for the whole
 * authority. What is wrong goes to `problems` by the names of the members; that somebody else chose
 * meanwhile, under `choice` or `value`: then nothing is kept. STATUS_REFUSED, in words, once it is
 * submitted. */
MUST_CHECK enum status roll_over_choose_action(struct work *work,
                                               const struct roll_over_place *place,
                                               const struct roll_over_action_input *input,
                                               struct problems *problems);
MUST_CHECK enum status roll_over_choose_target(struct work *work,
                                               const struct roll_over_place *place,
                                               const struct roll_over_target_input *input,
                                               struct problems *problems);
/* Submits it; STATUS_REFUSED, in words, while something is left to choose. */
MUST_CHECK enum status roll_over_submit(struct work *work, const struct roll_over_place *place);
/* Needs RIGHT_PLAN_APPROVE for the whole authority, and that it is submitted. Sending back needs a
 * reason, whose lack goes to `problems` under "reason". Approving closes, replaces and carries the
 * actions, each with its reason in its history, and records the targets of the year; what does not
 * hold any more (an action that was completed meanwhile) is left as it is. */
MUST_CHECK enum status roll_over_send_back(struct work *work, const struct roll_over_place *place,
                                           const char *reason, struct problems *problems);
MUST_CHECK enum status roll_over_approve(struct work *work, const struct roll_over_place *place);

/* The year that the scheme goes into next: that of a roll-over that is under way, else the one
 * after the newest, else the one after today's. */
MUST_CHECK enum status roll_over_next_year(struct work *work, const struct scheme *scheme,
                                           int start_month, struct period *out_year);

#endif
