/* Files that something was taken from, known by their hash. */
#ifndef SERVICE_SOURCE_H
#define SERVICE_SOURCE_H

#include "store/audit.h"

struct table_reader;

/* Notes the reader's file under the event, once for each hash; `name` is how it was called. The
 * id goes to `*out_id`, which may be NULL. */
MUST_CHECK enum status source_note(struct work *work, struct audit *audit, const char *name,
                                   const struct table_reader *reader, int64_t *out_id);

#endif
