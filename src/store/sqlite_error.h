/* SQLite's result codes as statuses and plain sentences; used by the SQLite files alone. */
#ifndef STORE_SQLITE_ERROR_H
#define STORE_SQLITE_ERROR_H

#include <sqlite3.h>

#include "base/work.h"

/* Notes the failure `code` of the database in the file `path`. `handle` may be NULL. */
enum status sqlite_fail(struct work *work, const char *path, sqlite3 *handle, int code);

#endif
