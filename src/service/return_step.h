/* The history of a return, one step a row. */
#ifndef SERVICE_RETURN_STEP_H
#define SERVICE_RETURN_STEP_H

#include "model/return_step.h"
#include "store/audit.h"

/* Adds a step under the event of `audit`: number, moment and person are filled in. */
MUST_CHECK enum status return_step_add(struct work *work, struct audit *audit, int64_t back,
                                       const struct return_step *step);

#endif
