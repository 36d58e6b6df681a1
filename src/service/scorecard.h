/* Models of the pages that show a period: the scorecard, and the returns with their findings. */
#ifndef SERVICE_SCORECARD_H
#define SERVICE_SCORECARD_H

#include <jansson.h>

#include "service/progress.h"

/* The periods for which there are returns, the newest first: {"period", "words", "isReported"}, the
 * last saying whether any has come in. The caller owns the array. */
MUST_CHECK enum status scorecard_periods(struct work *work, json_t **out_periods);
/* Each measure with the directorates whose it is, and both ratings with letters and words. */
json_t *scorecard_model(struct arena *arena, const struct progress *progress);
/* The same at a glance: all directorates in one grid, {"units", "objectives": [{"lines":
 * [{"cells"}]}]}, and how many of each rating there are: {"levels": [{…, "declared", "computed"}],
 * "differs", "rows"}. */
json_t *heat_map_model(struct arena *arena, const struct progress *progress);
/* One objective of the scorecard, as its page shows it; null when no measure stands under it. */
json_t *scorecard_objective(struct arena *arena, const struct progress *progress, const char *code);
/* Each return of the period with its rows and what the check found at each; what is not there by
 * `today`, an ISO date, is overdue. */
json_t *returns_model(struct arena *arena, const struct progress *progress, const char *today);

#endif
