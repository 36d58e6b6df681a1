/* The end of the ledger's chain. */
#ifndef STORE_LEDGER_STORE_H
#define STORE_LEDGER_STORE_H

#include "base/list.h"
#include "store/store.h"

/* The hash of the newest release, in the work's arena; "" when nothing was released. */
MUST_CHECK enum status ledger_store_latest(struct work *work, const char **out_hash);

/* A release as it is stored, with the hash that its chain goes on from. */
struct ledger_stored {
    const char *code, *period, *body, *hash_before;
};

/* The releases of either period, the oldest first: struct ledger_stored *, in the work's arena. */
MUST_CHECK enum status ledger_store_of_periods(struct work *work, const char *period,
                                               const char *year, struct list *out_releases);

/* The statements of this file, ended by NULL, for the test that prepares each on both engines. */
extern const char *const ledger_statements[];

#endif
