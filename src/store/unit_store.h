/* The units of the authority and what became of each. */
#ifndef STORE_UNIT_STORE_H
#define STORE_UNIT_STORE_H

#include "base/list.h"
#include "model/unit.h"
#include "model/unit_change.h"
#include "store/store.h"

/* All units (struct unit *) by id, and all changes (struct unit_change *) by date; in the work's
 * arena. */
MUST_CHECK enum status unit_store_load(struct work *work, struct list *out_units,
                                       struct list *out_changes);

enum { UNIT_DEPTH_MOST = 64 };
/* The ids of the unit and of all above it; a tree deeper than UNIT_DEPTH_MOST is cut there. */
MUST_CHECK enum status unit_store_above(struct work *work, int64_t unit,
                                        int64_t out_units[UNIT_DEPTH_MOST], size_t *out_count);

/* Ended by NULL, for the test that prepares each on both engines. */
extern const char *const unit_statements[];

#endif
