/* The workspace's own ledger: the same lines as in the plain form, a row a release. */
#ifndef SERVICE_LEDGER_RECORD_H
#define SERVICE_LEDGER_RECORD_H

#include "model/disclosure_release.h"
#include "service/ledger.h"
#include "store/ledger_store.h"

/* All releases of the workspace, the chain proved. */
MUST_CHECK enum status ledger_record_load(struct work *work, struct ledger *out_ledger);
/* One release of the workspace with its tables and report, and a ledger that holds its cells alone,
 * proved to follow from what was released before. STATUS_NOT_FOUND when there is none. */
MUST_CHECK enum status ledger_record_find(struct work *work, const char *code,
                                          struct disclosure_release *out_release,
                                          struct ledger *out_ledger);
/* The ledger that holds a stored release alone. */
MUST_CHECK enum status ledger_record_read(struct work *work, const struct ledger_stored *stored,
                                          struct ledger *out_ledger);
/* Puts a release that was taken and judged on record: one event. STATUS_REFUSED, as ledger_admit
 * has it, by its verdict; STATUS_CONFLICT when somebody released something meanwhile; then it has
 * to be judged again. */
MUST_CHECK enum status ledger_record_add(struct work *work, struct ledger *ledger,
                                         const struct ledger_release *release,
                                         const struct ledger_verdict *verdict);

#endif
