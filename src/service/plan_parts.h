/* What the files of the plan's pages share: everything under the schemes, loaded once. */
#ifndef SERVICE_PLAN_PARTS_H
#define SERVICE_PLAN_PARTS_H

#include <jansson.h>

#include "model/action.h"
#include "model/action_lead.h"
#include "model/scheme.h"
#include "model/target_date.h"
#include "service/related.h"
#include "store/store.h"

/* Everything under a scheme, loaded once. */
struct plan {
    struct work *work;
    const struct scheme *scheme;
    struct list schemes, objectives, measures, characteristics;
    struct list posts;
    struct related by_scheme, principles, priorities, evidence, outcomes, kpis, actions, leads,
        tags, mappings, appointments;
    struct target_date_context dates;
};

MUST_CHECK enum status plan_load(struct work *work, struct plan *plan);
/* The label of a coded field. */
const char *plan_label(struct plan *plan, const struct entity *entity, const char *name,
                       const void *row);
/* "31 March 2024", or null where there is no date. */
json_t *plan_long_date(struct plan *plan, const char *iso);
/* The target date of an action, read with what the authority and the scheme are. */
struct target_date plan_due(struct plan *plan, const struct action *action);
/* Whether nobody holds the lead's post today. A lead that is no post is never vacant. */
bool plan_lead_is_vacant(struct plan *plan, const struct action_lead *lead);
/* An action with its leads, dates and characteristics. */
json_t *plan_action_json(struct plan *plan, const struct action *action);

#endif
