/* The workspace's own ledger: the same lines as in the plain form, a row a release. */
#ifndef SERVICE_LEDGER_RECORD_H
#define SERVICE_LEDGER_RECORD_H

#include "service/ledger.h"

/* All releases of the workspace, the chain proved. */
MUST_CHECK enum status ledger_record_load(struct work *work, struct ledger *out_ledger);
/* Puts a release that was taken and judged on record: one event. STATUS_CONFLICT when somebody
 * released something meanwhile; then it has to be judged again. */
MUST_CHECK enum status ledger_record_add(struct work *work, struct ledger *ledger,
                                         const struct ledger_release *release);

#endif
