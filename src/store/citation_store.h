/* Which documents print which values. */
#ifndef STORE_CITATION_STORE_H
#define STORE_CITATION_STORE_H

#include "base/list.h"
#include "store/store.h"

/* One printing of a value, and how the value stands now. */
struct citation_use {
    const char *document, *title, *state, *made_at;
    const char *unit, *period, *breakdown, *printed;
    int64_t revision, latest; /* printed, and the newest there is */
};

/* Every printing of a measure, by document and number: struct citation_use *, in the work's arena.
 */
MUST_CHECK enum status citation_store_uses(struct work *work, int64_t measure,
                                           struct list *out_uses);

/* The statements of this file, ended by NULL, for the test that prepares each on both engines. */
extern const char *const citation_statements[];

#endif
