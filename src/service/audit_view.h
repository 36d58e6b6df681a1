/* The audit for those who may read it: everything here needs RIGHT_AUDIT_READ. */
#ifndef SERVICE_AUDIT_VIEW_H
#define SERVICE_AUDIT_VIEW_H

#include "model/row_change.h"
#include "service/narrowing.h"
#include "store/audit_store.h"

enum { AUDIT_VIEW_PAGE = 50, AUDIT_VIEW_FILE = 100000 /* events at once */ };

/* At most `most` events and whether there are older ones. */
MUST_CHECK enum status audit_view_events(struct work *work, const struct audit_filter *filter,
                                         int64_t most, struct list *out_events, bool *out_more);
/* By what the audit is narrowed: enum audit_facet. */
extern const struct narrowing_list audit_view_narrowing;
/* Its facets with how many events each choice leaves, as narrowing_tell has them. The caller owns
 * the array. */
MUST_CHECK enum status audit_view_facets(struct work *work, const struct audit_filter *filter,
                                         json_t **out_facets);
/* One event and what changed with it. STATUS_NOT_FOUND with a sentence when there is none. */
MUST_CHECK enum status audit_view_event(struct work *work, int64_t id,
                                        struct audit_event *out_event, struct list *out_changes);
/* Notes that the work's actor was shown something restricted: before it is. */
MUST_CHECK enum status audit_view_note_reading(struct work *work, const char *what);

#endif
