/* Backups: always one SQLite file, whatever engine the workspace is on. */
#ifndef STORE_STORE_BACKUP_H
#define STORE_STORE_BACKUP_H

#include "store/store.h"

/* Writes all of work->store to a new file, which other programs may go on writing beside. The file
 * appears under its name only when it is whole and was checked. STATUS_REFUSED when it exists. */
MUST_CHECK enum status store_backup(struct work *work, const char *path);
/* Proves a backup without changing it: the file is whole, its references hold, its schema is one
 * that this program knows, its audit chain is unbroken. Needs work->store to be NULL. */
MUST_CHECK enum status store_backup_check(struct work *work, const char *path);
/* Checks the backup and brings it back into the database at `address`, whole or not at all. A
 * database that holds more than a new workspace does is STATUS_REFUSED unless `replace`; then what
 * cannot even be opened is kept beside, with .damaged at the end of its name. On PostgreSQL the
 * schema must be empty, and the backup of this program's schema. Needs work->store to be NULL. */
MUST_CHECK enum status store_restore(struct work *work, const char *path, const char *address,
                                     bool replace);

#endif
