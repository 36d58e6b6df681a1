/* What is known when an action's target date is read: the first month of the authority's year, and
 * the day on which the action's scheme was adopted. */
#ifndef SERVICE_ACTION_DATES_H
#define SERVICE_ACTION_DATES_H

#include "model/scheme.h"
#include "model/target_date.h"
#include "service/reference.h"
#include "store/audit.h"

/* Of the scheme of an objective; INTEGER_MISSING for none. */
MUST_CHECK enum status action_dates_of(struct work *work, int64_t objective,
                                       struct target_date_context *out_context);
/* The day on which a scheme was adopted; year 0 when it is not known. */
struct date action_dates_adopted(const struct scheme *scheme);
/* Reads the target dates of all actions anew, since a scheme was adopted, an authority's year or an
 * objective's scheme changed; part of that change's event. Counts those that are due otherwise. */
MUST_CHECK enum status action_dates_renew(struct work *work, struct audit *audit,
                                          struct references *references, int64_t *out_changed);

#endif
