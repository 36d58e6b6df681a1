/* Which inputs of a return a scorecard filled, and from which cell. */
#ifndef SERVICE_SCORECARD_SOURCE_H
#define SERVICE_SCORECARD_SOURCE_H

#include "service/return_sheet.h"

/* Where an input was filled from. */
struct scorecard_source {
    const char *file, *hash; /* its name and SHA-256 */
    const struct return_row *row;
    const char *input, *sheet, *cell, *words;
};

/* The inputs of the return that a scorecard filled, as struct scorecard_source *. */
MUST_CHECK enum status scorecard_sources_load(struct work *work, const struct return_sheet *sheet,
                                              struct list *out_sources);
/* That of an input, when it still says what the scorecard said; or NULL. */
const struct scorecard_source *scorecard_source_of(const struct list *sources,
                                                   const struct return_row *row, const char *input);

#endif
