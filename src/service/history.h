/* What became of a record: each event that changed it, who made it, and its fields from what to
 * what. */
#ifndef SERVICE_HISTORY_H
#define SERVICE_HISTORY_H

#include <jansson.h>

#include "entity/entity.h"
#include "store/store.h"

/* The newest event first, for templates/app/timeline.html: [{"title", "byline", "at", "onWords",
 * "changes": [{"field", "from", "to"}]}]; "from" or "to" is null where there was nothing. "byline"
 * is who it was, for those who are signed in; null for everybody else. The caller owns the array.
 */
MUST_CHECK enum status history_of(struct work *work, const struct entity *entity, int64_t row,
                                  json_t **out_history);
/* The same of any record: of one whose revisions are kept, from revision to revision; and at the
 * end, where it is known, when it was first recorded. */
MUST_CHECK enum status history_of_record(struct work *work, const struct entity *entity,
                                         const void *row, json_t **out_history);

#endif
