/* Comments on a figure, that is on what a measure was for a unit in a period, and what of them is
 * to be followed up: it stands at the measure's row of each later return until it is settled. */
#ifndef SERVICE_VALUE_COMMENTS_H
#define SERVICE_VALUE_COMMENTS_H

#include "base/period.h"
#include "base/problem.h"
#include "model/measure.h"
#include "model/unit.h"
#include "model/value_comment.h"
#include "store/store.h"

/* What a comment is on, by codes. */
struct comment_place {
    const char *measure, *unit, *period;
};

struct comment_thread {
    const struct measure *measure;
    const struct unit *unit;
    const char *period, *period_words; /* 2012-13-Q1, Quarter 1 2012/13 */
    struct list comments;              /* of struct value_comment *, the oldest first */
    bool may_write;                    /* the actor may comment on this unit's figures */
};

/* Needs RIGHT_COMMENT_READ. STATUS_NOT_FOUND, in words, when there is no such measure, unit or
 * period. */
MUST_CHECK enum status comment_thread_load(struct work *work, const struct comment_place *place,
                                           struct comment_thread *out_thread);
/* Adds a comment under an event of its own; with `is_follow_up` the next return asks for it. Needs
 * RIGHT_COMMENT for the unit. What is wrong with the words goes to `problems`, under "words". */
MUST_CHECK enum status comment_add(struct work *work, const struct comment_place *place,
                                   const char *words, bool is_follow_up, struct problems *problems);
/* Settles the comment of that number, which is to be followed up, with what came of it. Needs
 * RIGHT_COMMENT for the unit; problems stand under "outcome". STATUS_CONFLICT, in words, when
 * somebody settled it already; STATUS_NOT_FOUND when there is none. */
MUST_CHECK enum status comment_settle(struct work *work, const struct comment_place *place,
                                      int64_t number, const char *outcome,
                                      struct problems *problems);
/* What is to be followed up for a measure and unit and was written about an earlier period than
 * `period`: struct value_comment *, the oldest first. Who reads it has the return's rights. */
MUST_CHECK enum status comment_follow_ups(struct work *work, int64_t measure, int64_t unit,
                                          struct period period, struct list *out_comments);
/* All comments that are to be followed up, the oldest first. */
MUST_CHECK enum status comment_follow_ups_all(struct work *work, struct list *out_comments);
/* The address of a figure's comments, in the arena. */
const char *comment_path(struct arena *arena, const struct comment_place *place);

#endif
