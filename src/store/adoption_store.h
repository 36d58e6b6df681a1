/* What the target date of an action may refer to. */
#ifndef STORE_ADOPTION_STORE_H
#define STORE_ADOPTION_STORE_H

#include "store/store.h"

/* The day on which the scheme of an objective was adopted, as ISO text, or NULL; and the first
 * month of the authority's year, INTEGER_MISSING when there is no authority. */
MUST_CHECK enum status adoption_store_of(struct work *work, int64_t objective,
                                         const char **out_adopted_on, int64_t *out_start_month);

/* The statements of this file, ended by NULL, for the test that prepares each on both engines. */
extern const char *const adoption_statements[];

#endif
