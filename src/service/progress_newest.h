/* The progress of the newest period of which something has been returned. */
#ifndef SERVICE_PROGRESS_NEWEST_H
#define SERVICE_PROGRESS_NEWEST_H

#include "service/progress.h"

/* NULL where nothing is on record yet; one that was just opened says nothing yet. */
MUST_CHECK enum status progress_newest(struct work *work, const struct progress **out_progress);
/* Whether a row is red by what was declared or by what is computed: either is a matter for whoever
 * answers for it. */
bool progress_is_red(const struct progress_row *row);
/* What the period's return says is done about it; NULL for nothing. */
const char *progress_corrective_action(const struct progress_row *row);

#endif
