/* What the SQLite files share among themselves. */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include <sqlite3.h>

#include "store/store.h"

/* Opens the file `path` with all settings made; `*out_handle` is the caller's to close. */
MUST_CHECK enum status sqlite_connect(struct work *work, const char *path, enum store_mode mode,
                                      sqlite3 **out_handle);
/* The connection of an open SQLite store, for the backup. */
sqlite3 *sqlite_handle(struct store *store);

#endif
