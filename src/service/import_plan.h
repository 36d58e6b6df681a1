/* Plans as councils write them: no codes, an objective's title above the table, a priority that
 * stands once for several rows, and a column for each characteristic. */
#ifndef SERVICE_IMPORT_PLAN_H
#define SERVICE_IMPORT_PLAN_H

#include "base/problem.h"
#include "model/action.h"
#include "service/import_map.h"
#include "service/reference.h"
#include "store/audit.h"

struct import_plan {
    const struct import_map *map;
    struct audit *audit;
    struct references *references;
    struct problems *problems;
    bool *present;      /* by field of action */
    struct slice verbs; /* rules/imperative_verbs.csv */
    const char *scheme; /* the code given by --set scheme=…, or NULL */
    const char *title;  /* what stood above the table, or NULL */
    int64_t priority;   /* that the rows before stood under; INTEGER_MISSING at a table's start */
};

/* Gives an action that has no code its objective (from the title), priority, number and code: those
 * of the action with the same words where there is one, so that a file sent twice changes nothing.
 * Problems go to the plan's list. */
MUST_CHECK enum status plan_complete(struct work *work, struct import_plan *plan,
                                     const struct table_row *cells, struct action *action);
/* Tags the action with each characteristic whose column is marked, with the heading as printed. */
MUST_CHECK enum status plan_put_tags(struct work *work, struct import_plan *plan,
                                     const struct table_row *cells, int64_t action);

#endif
