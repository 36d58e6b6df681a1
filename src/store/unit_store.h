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

#endif
