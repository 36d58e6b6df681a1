/* The period that a page is asked for, and the choice of others. */
#ifndef WEB_PAGES_PERIOD_H
#define WEB_PAGES_PERIOD_H

#include <jansson.h>

#include "base/period.h"
#include "web/routes.h"

/* That of ?period=, or with NULL the newest from which a return has come in: one that was only
 * opened has nothing to show. `*out_choices` is an array of {period, words, isReported, isChosen},
 * which the caller owns. STATUS_NOT_FOUND when it cannot be read or there are no returns at all. */
MUST_CHECK enum status page_period(struct work *work, const char *asked, struct period *out_period,
                                   json_t **out_choices);

#endif
