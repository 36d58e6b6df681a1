/* The life of a return: THE table of what leads from one state to another, and who may do it. */
#ifndef MODEL_STATES_RETURN_STATES_H
#define MODEL_STATES_RETURN_STATES_H

#include <stdbool.h>
#include <stddef.h>

enum { RETURN_MOST_SOURCES = 3 };

struct directorate_return;

struct return_transition {
    const char *action; /* submit */
    const char *label;  /* of the button: Submit the return */
    const char *from[RETURN_MOST_SOURCES];
    const char *to;
    const char *right;  /* who may: the name of a right of the permission table */
    bool needs_reason;  /* a sentence that the others will read */
    bool needs_answers; /* every row is answered and nothing is wrong with it */
    bool records;       /* the rows become values, forecasts and ratings */
    const char *who;    /* the person to ask, in words: the chair of the task group */
    const char *done;   /* what then stands in the history: submitted the return */
};

extern const struct return_transition return_transitions[];
extern const size_t return_transition_count;

/* The transition of that name from that state, or NULL. */
const struct return_transition *return_transition_find(const char *action, const char *from);
/* Whether what the return says has been given: submitted or anything after that. */
bool return_state_is_given(const char *state);
/* The day on which a return was first complete, by which it is on time or late; of one that was
 * taken in as a file, the day that the file gives for its submission. NULL while it has not come.
 */
const char *return_received_on(const struct directorate_return *head);

#endif
