/* A person leaves: all their posts go to somebody else at once, and with the posts the actions that
 * they lead and the measures that they supply. What was theirs until then stays theirs on record.
 */
#ifndef SERVICE_HANDOVER_H
#define SERVICE_HANDOVER_H

#include <jansson.h>

#include "base/problem.h"
#include "store/store.h"

struct handover {
    const char *from, *to; /* codes of people */
    const char *last_day;  /* on which `from` holds the posts, as people write it */
};

/* Everybody on record: [{"code", "name", "posts"}], with how many posts they hold today; those who
 * hold some first. The caller owns the array. */
MUST_CHECK enum status handover_people(struct work *work, json_t **out_people);
/* What a person holds today: {"code", "name", "posts": [{"code", "postTitle", "unitName", "since",
 * "actions", "measures"}]}. STATUS_NOT_FOUND when there is nobody with that code. */
MUST_CHECK enum status handover_of(struct work *work, const char *code, json_t **out_model);
/* The posts that nobody holds today and that something waits for: {"code", "postTitle", "unitName",
 * "actions" that they lead, "measures" that they supply}. The caller owns the array. */
MUST_CHECK enum status handover_vacant(struct work *work, json_t **out_posts);
/* Ends every appointment of `from` on the last day and begins one of `to` the day after, in one
 * transaction with one event. Needs RIGHT_PLAN_CHANGE for the unit of every post: STATUS_REFUSED.
 * What is wrong with the form goes to `problems`, and nothing is written then. `*out_posts` is how
 * many posts went over. */
MUST_CHECK enum status handover_do(struct work *work, const struct handover *handover,
                                   struct problems *problems, size_t *out_posts);

#endif
