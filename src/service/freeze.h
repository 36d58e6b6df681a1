/* Documents that stand: what was printed is on record, value by value, and a later revision shows.
 */
#ifndef SERVICE_FREEZE_H
#define SERVICE_FREEZE_H

#include "document/document.h"
#include "store/citation_store.h"

struct freeze_about {
    const char *code, *title, *kind, *period;
};

/* Records the document with the hash of its JSON and each figure that it prints, once: one event.
 * STATUS_CONFLICT when a document of that code exists. */
MUST_CHECK enum status freeze_document(struct work *work, struct document_tree *tree,
                                       const struct freeze_about *about);
/* Lays the figures that were frozen over a tree made from what is stored now: a figure that was
 * revised since shows what was printed, and is marked with what it is now. */
MUST_CHECK enum status freeze_restore(struct work *work, const char *code,
                                      struct document_tree *tree);
/* Where a measure's values are printed; `unit` and `period` may be NULL for all. */
MUST_CHECK enum status where_used(struct work *work, const char *measure, const char *unit,
                                  const char *period, struct list *out_uses);

#endif
