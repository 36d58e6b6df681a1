/* The actions of all schemes: a list that is narrowed by facets and ordered, and one action whole.
 */
#ifndef SERVICE_ACTIONS_H
#define SERVICE_ACTIONS_H

#include <jansson.h>

#include "service/narrowing.h"
#include "store/store.h"

/* By what the list can be narrowed. */
enum action_facet {
    ACTION_FACET_SCHEME,
    ACTION_FACET_OBJECTIVE,
    ACTION_FACET_DUE,
    ACTION_FACET_STATUS,
    ACTION_FACET_UNIT,
    ACTION_FACET_CHARACTERISTIC,
    ACTION_FACET_LEAD, /* whether there is one, and whether the post is held */
    ACTION_FACET_COUNT
};

extern const struct narrowing_list action_list;

/* {"actions": [...], "total", "pages", "facets"} as service/narrowing.h has them: of the actions
 * that fit, those of the page. The caller owns the model. */
MUST_CHECK enum status actions_list(struct work *work, const struct narrowing_asked *asked,
                                    json_t **out_model);
/* How many actions are overdue, of those with that value of the facet; NULL: of all. */
MUST_CHECK enum status actions_count_overdue(struct work *work, enum action_facet facet,
                                             const char *value, int64_t *out_count);
/* One action with its objective, priority, measures, what was reported by period, and its history.
 * STATUS_NOT_FOUND when there is none with that code. */
MUST_CHECK enum status action_view(struct work *work, const char *code, json_t **out_model);

#endif
