/* Documents that stand: what was printed is kept whole and on record, value by value, and a later
 * revision shows. docs/decisions/ says why. */
#ifndef SERVICE_FREEZE_H
#define SERVICE_FREEZE_H

#include "document/document.h"
#include "store/citation_store.h"

struct freeze_about {
    const char *code, *title, *kind, *period;
    const struct list *findings; /* struct finding *: what the check found in it; NULL: nothing */
    const char *reason;          /* why it is frozen although somebody may be recognised; or NULL */
};

/* Keeps the document's JSON with its SHA-256 and records each figure that it prints, once: one
 * event. STATUS_CONFLICT when a document of that code exists, STATUS_REFUSED when a finding says
 * that somebody may be recognised and no reason is given. */
MUST_CHECK enum status freeze_document(struct work *work, struct document_tree *tree,
                                       const struct freeze_about *about);
/* The document as it was frozen, in the work's arena; only what was revised since is new in it:
 * such a figure is marked with what it is now. STATUS_NOT_FOUND when there is none of that code,
 * STATUS_STORAGE when what is stored is no longer what was frozen. */
MUST_CHECK enum status freeze_load(struct work *work, const char *code,
                                   struct document_tree **out_tree);
/* Where a measure's figures are printed: struct citation_use *. `unit` and `period` may be NULL for
 * all. */
MUST_CHECK enum status where_used(struct work *work, const char *measure, const char *unit,
                                  const char *period, struct list *out_uses);

#endif
