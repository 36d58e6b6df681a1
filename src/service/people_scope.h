/* Whose counts somebody may see: everybody's, or those of the units that a role was granted for. A
 * unit of a snapshot is the unit on record with the same name or code. */
#ifndef SERVICE_PEOPLE_SCOPE_H
#define SERVICE_PEOPLE_SCOPE_H

#include <stdbool.h>

#include "base/columns.h"
#include "base/list.h"
#include "base/work.h"

/* What somebody looks at, and what else they may. */
struct people_scope {
    const char *unit;  /* the path that was asked for, or the first that they may see; NULL: all */
    struct list units; /* const char *: the topmost units of the snapshot that they may see */
    bool is_whole;     /* they may see everybody */
};

/* Decides by the columns of a snapshot, whose unit `asked` names by its path ("Place/Libraries";
 * NULL: none). STATUS_REFUSED when nothing of it may be seen, or not that unit. */
MUST_CHECK enum status people_scope_choose(struct work *work, const struct columns *columns,
                                           const char *asked, struct people_scope *out_scope);

#endif
