/* What stands around a row of a plan or a return and tells what the row itself does not say. */
#ifndef SERVICE_IMPORT_CONTEXT_H
#define SERVICE_IMPORT_CONTEXT_H

#include "base/problem.h"
#include "base/text.h"
#include "service/import_map.h"
#include "service/reference.h"
#include "store/audit.h"

struct import_context {
    const struct import_map *map;
    struct audit *audit;
    struct references *references;
    struct problems *problems;
    bool *present;      /* by field of the entity: whether the file says anything of it */
    struct slice verbs; /* rules/imperative_verbs.csv */
    const struct heading_rules *rules; /* rules/headings.csv */
    struct list tags;                  /* of the row at hand (import_tags.h) */
    struct text beside; /* of the row at hand: what was written besides it, "; Outcome added" */
    const char *scheme; /* the codes given by --set scheme=…, period=… and unit=…, or NULL */
    const char *period, *unit;
    const char *title; /* what stood above the table, or between its rows; or NULL */
    int64_t objective; /* that the rows before stood under; INTEGER_MISSING at a table's start */
    int64_t priority;  /* the same */
};

/* Puts a row of another entity that the row at hand needs; all its members count as said. What is
 * new or changed is noted in `beside`. */
MUST_CHECK enum status context_put(struct work *work, struct import_context *context,
                                   const struct entity *entity, void *row, bool *out_put);
/* What the row's cell for that field says; empty where there is no such column or cell. */
struct slice context_cell(const struct import_context *context, const struct table_row *cells,
                          const struct field *field);
/* Notes that a field was filled in here, so that it counts as said. */
void context_mark(struct import_context *context, const struct entity *entity, const char *name);
/* The id of the scheme that was given, or of the only one that there is; a problem when it cannot
 * be told. */
MUST_CHECK enum status context_scheme(struct work *work, struct import_context *context,
                                      int64_t *out_id);

#endif
