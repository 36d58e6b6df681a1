/* Returns as directorates write them: no references, an objective's title above the rows. */
#ifndef SERVICE_IMPORT_RETURN_H
#define SERVICE_IMPORT_RETURN_H

#include "model/return_row.h"
#include "service/import_context.h"

/* Gives a row of a return its objective (from the number in the title), its return (from the period
 * given and the directorate that stands in the row, made when there is none) and its reference:
 * that of the row, or of the measure, with the same success criterion; else the next. */
MUST_CHECK enum status return_complete(struct work *work, struct import_context *context,
                                       const struct table_row *cells, struct return_row *row);

#endif
