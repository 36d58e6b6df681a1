/* The authority's reporting year. */
#ifndef SERVICE_REPORTING_YEAR_H
#define SERVICE_REPORTING_YEAR_H

#include "store/store.h"

/* The month, 1 to 12, with which the reporting year of the first authority on record begins; April,
 * as in councils, where there is none. */
MUST_CHECK enum status reporting_year_start(struct work *work, int *out_month);

#endif
