/* The people of a sealed snapshot, as reports read an extract: the same columns, roles and
 * questions, without employees' numbers, names and dates, and with what notices withdraw taken
 * out. Nothing can be listed from them but groups. */
#ifndef SERVICE_SEALED_PEOPLE_H
#define SERVICE_SEALED_PEOPLE_H

#include "service/people.h"
#include "service/people_scope.h"
#include "store/snapshot_store.h"

struct sealed_people {
    struct snapshot_people *snapshot;
    struct snapshot_entry entry;
    struct people people; /* its columns are the snapshot's; no labels, no problems */
    struct people_scope scope;
};

/* Opens the latest version for whoever may see some of it; what is shown must keep to the scope,
 * which `unit` (a path, or NULL) is chosen by. `lists` are those of the labels. */
MUST_CHECK enum status sealed_people_open(struct work *work, struct code_lists *lists,
                                          const char *code, const char *unit,
                                          struct sealed_people *out_sealed);
void sealed_people_close(struct sealed_people *sealed);
/* Closes when the variable goes out of scope; it must begin as { 0 }. */
#define CLEANUP_SEALED_PEOPLE __attribute__((cleanup(sealed_people_close)))

#endif
