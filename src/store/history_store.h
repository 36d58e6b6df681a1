/* What became of one row: the changes of its fields, each with the event that made it. */
#ifndef STORE_HISTORY_STORE_H
#define STORE_HISTORY_STORE_H

#include "base/list.h"
#include "store/store.h"

struct history_change {
    int64_t event;
    const char *at, *who, *operation;
    const char *field;                 /* its name */
    const char *old_value, *new_value; /* as stored; NULL for none */
};

/* The changes of the row, the newest first, as struct history_change * in the work's arena. Rows
 * whose revisions are kept have none here. */
MUST_CHECK enum status history_store_of(struct work *work, const char *entity, int64_t row,
                                        struct list *out_changes);

/* The statements of this file, ended by NULL, for the test that prepares each on both engines. */
extern const char *const history_statements[];

#endif
