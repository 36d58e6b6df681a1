/* A row written under an event of the audit: what every use case that changes something does. */
#ifndef SERVICE_RECORD_H
#define SERVICE_RECORD_H

#include "store/audit.h"

/* Who writes, as it stands in the row: the name of the person, or else of the system's user. Lives
 * as long as the work. */
const char *record_writer(const struct work *work);
/* Inserts the row, whose `id` and `event` are set, and adds it to the event. */
MUST_CHECK enum status record_insert(struct work *work, struct audit *audit,
                                     const struct entity *entity, void *row);
/* Updates the row, whose `event` is set, and adds what it was and is to the event. */
MUST_CHECK enum status record_change(struct work *work, struct audit *audit,
                                     const struct entity *entity, const void *before, void *after);
/* Commits when `status` is STATUS_OK, else rolls back and gives it back. */
MUST_CHECK enum status record_end(struct work *work, struct audit *audit, enum status status);

#endif
