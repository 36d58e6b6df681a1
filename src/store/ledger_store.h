/* The end of the ledger's chain. */
#ifndef STORE_LEDGER_STORE_H
#define STORE_LEDGER_STORE_H

#include "store/store.h"

/* The hash of the newest release, in the work's arena; "" when nothing was released. */
MUST_CHECK enum status ledger_store_latest(struct work *work, const char **out_hash);

/* The statements of this file, ended by NULL, for the test that prepares each on both engines. */
extern const char *const ledger_statements[];

#endif
