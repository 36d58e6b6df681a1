/* What became of a record: each event that changed it, with its fields from what to what. */
#ifndef SERVICE_HISTORY_H
#define SERVICE_HISTORY_H

#include <jansson.h>

#include "entity/entity.h"
#include "store/store.h"

/* The newest event first, for templates/app/timeline.html: [{"title", "at", "onWords", "changes":
 * [{"field", "from", "to"}]}]; "from" or "to" is null where there was nothing. Who it was is for
 * the readers of the audit. The caller owns the array. */
MUST_CHECK enum status history_of(struct work *work, const struct entity *entity, int64_t row,
                                  json_t **out_history);

#endif
