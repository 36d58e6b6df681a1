/* Numbered, frozen migrations (migrations/NNNN_*.sql, built into the program). */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/store.h"

/* Brings the schema to the newest version, each migration in a transaction of its own.
 * `*out_applied` counts those applied. A schema newer than the program is STATUS_STORAGE. */
MUST_CHECK enum status migrate_up(struct work *work, int64_t *out_applied);
/* STATUS_STORAGE with the remedy when the schema is older or newer than the program's,
 * STATUS_REFUSED when there is none. */
MUST_CHECK enum status migrate_check(struct work *work);
/* The version of the open store (0: empty) and of the program. */
MUST_CHECK enum status migrate_version(struct work *work, int64_t *out_version);
int64_t migrate_newest(void);

/* The statements of this file, ended by NULL, for the test that prepares each on both engines. */
extern const char *const migrate_statements[];

#endif
