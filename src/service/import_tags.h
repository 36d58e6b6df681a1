/* The characteristics that a row of a plan is for: a column with marks for each, or their names in
 * one cell. */
#ifndef SERVICE_IMPORT_TAGS_H
#define SERVICE_IMPORT_TAGS_H

#include "service/import_context.h"

/* Reads the row's marks and names into `context->tags`. A cell that holds neither a mark nor a word
 * for "no", and a name that is no characteristic, are problems: nothing is guessed. */
MUST_CHECK enum status tags_read(struct work *work, struct import_context *context,
                                 const struct table_row *cells);
/* Puts what was read, each with its heading as printed, as tags of the action, and removes those
 * that the file has a column for and no longer marks. A list of names in one cell names all. */
MUST_CHECK enum status tags_put(struct work *work, struct import_context *context, int64_t action);

#endif
