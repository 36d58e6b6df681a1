/* The objectives that a person answers for as executive sponsor: those whose sponsor is a post that
 * they hold today. Who they are tells the account's person or, where it names none, the person with
 * the account's e-mail address. */
#ifndef SERVICE_SPONSOR_H
#define SERVICE_SPONSOR_H

#include "base/list.h"
#include "model/objective.h"
#include "store/store.h"

struct sponsored {
    const struct objective *objective;
    const char *words;     /* how it stands: what is red, how many actions are overdue */
    const char *undecided; /* references of what is red and has no corrective action; NULL: none */
    const char *period;    /* of which that is, in words */
};

/* The objectives of the work's actor that are pursued still, as struct sponsored *; none for
 * strangers and the workspace's owner. */
MUST_CHECK enum status sponsor_objectives(struct work *work, struct list *out_objectives);

#endif
