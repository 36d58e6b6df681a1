/* One measure with all that is recorded of it, all revisions included. */
#ifndef SERVICE_MEASURE_VIEW_H
#define SERVICE_MEASURE_VIEW_H

#include "base/list.h"
#include "model/measure.h"
#include "store/store.h"

/* Lists of the entities' structs, in the work's arena. */
struct measure_view {
    const struct measure *measure;
    struct list values, targets, comparators, forecasts, ratings, places;
    struct list units, objectives, measures; /* all, by id, to look names up */
    int start_month;
};

/* `beside` is a view of another measure that was just loaded, whose lists to look names up are
 * taken; or NULL. STATUS_NOT_FOUND when there is no measure with that code. */
MUST_CHECK enum status measure_view_load(struct work *work, const char *code,
                                         const struct measure_view *beside,
                                         struct measure_view *out_view);

#endif
