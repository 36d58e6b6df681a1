/* The plan as pages show it: schemes, objectives, priorities with reasons, outcomes, actions. */
#ifndef SERVICE_PLAN_H
#define SERVICE_PLAN_H

#include <jansson.h>

#include "store/store.h"

/* All schemes with their objectives: {"schemes": [...]}. The caller owns the model. */
MUST_CHECK enum status plan_schemes(struct work *work, json_t **out_model);
/* One objective with its priorities, actions and the scheme that it stands in. STATUS_NOT_FOUND for
 * no such code. */
MUST_CHECK enum status plan_objective(struct work *work, const char *code, json_t **out_model);
/* One scheme whole, with its actions and when each is next due. STATUS_NOT_FOUND for no such code.
 */
MUST_CHECK enum status plan_scheme(struct work *work, const char *code, json_t **out_model);

#endif
