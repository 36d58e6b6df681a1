/* The end of the ledger's chain. */
#ifndef STORE_LEDGER_STORE_H
#define STORE_LEDGER_STORE_H

#include "base/list.h"
#include "model/disclosure_release.h"
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

enum { LEDGER_STORE_WORDS = 3 };

struct ledger_filter {
    const char *words[LEDGER_STORE_WORDS]; /* each stands somewhere in the release; NULL: none */
    const char *period;                    /* NULL: any */
};

/* The releases that fit, the newest first, without their cells and tables: struct
 * disclosure_release *, in the work's arena. */
MUST_CHECK enum status ledger_store_search(struct work *work, const struct ledger_filter *filter,
                                           struct list *out_releases);
/* The release of that name with its tables and report but without its cells; STATUS_NOT_FOUND with
 * a sentence. `*out_stored` has the cells. */
MUST_CHECK enum status ledger_store_find(struct work *work, const char *code,
                                         struct disclosure_release *out_release,
                                         struct ledger_stored *out_stored);

/* The statements of this file, ended by NULL, for the test that prepares each on both engines. */
extern const char *const ledger_statements[];

#endif
