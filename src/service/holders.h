/* Who can do what the person who asks cannot: the roles that have the right, and who holds them
 * today. What is locked and what is refused says so with this. */
#ifndef SERVICE_HOLDERS_H
#define SERVICE_HOLDERS_H

#include <jansson.h>

#include "service/permission.h"

enum { HOLDERS_NAMED_MOST = 3 /* names of one role; the others are counted */ };

/* What it is about: the right, for one of the units (none: for the whole authority). */
struct holders_of {
    enum right right;
    const int64_t *units;
    size_t unit_count;
    const char *words; /* what is locked, as a sentence: "You can read this record, but not change
                        * it." */
};

/* {"words", "holders": [{"role", "names", "more"}], "isHeld", "administrators"}: a role that nobody
 * holds has null for names; "administrators" are those who grant roles. Null, of JSON, for somebody
 * who is not signed in: nobody's name is told to strangers. The caller owns it. */
MUST_CHECK enum status holders_load(struct work *work, const struct holders_of *of,
                                    json_t **out_model);

#endif
