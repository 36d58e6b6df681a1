/* Plans as councils write them: no codes, an objective's title above the table, a priority that
 * stands once for several rows, and a column for each characteristic. */
#ifndef SERVICE_IMPORT_PLAN_H
#define SERVICE_IMPORT_PLAN_H

#include "model/action.h"
#include "service/import_context.h"

/* Gives an action that has no code its objective (from the title), priority, number and code: those
 * of the action with the same words where there is one, so that a file sent twice changes nothing.
 * Problems go to the plan's list. */
MUST_CHECK enum status plan_complete(struct work *work, struct import_context *context,
                                     const struct table_row *cells, struct action *action);

#endif
