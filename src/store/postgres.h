/* What the PostgreSQL files share among themselves. */
#ifndef STORE_POSTGRES_H
#define STORE_POSTGRES_H

#include <libpq-fe.h>

#include "store/store.h"

/* Connects with all settings made; `*out_connection` is the caller's to finish. */
MUST_CHECK enum status postgres_connect(struct work *work, const char *address,
                                        enum store_mode mode, PGconn **out_connection);
/* The address as people may see it, in `arena`; NULL when it is not understood. */
const char *postgres_name(struct arena *arena, const char *address);
/* Notes the failure that `result` tells of, or the connection when that is lost. */
enum status postgres_fail(struct work *work, const char *name, PGconn *connection,
                          const PGresult *result);

#endif
