/* The actions of all schemes: a list that is narrowed by facets, and one action whole. */
#ifndef SERVICE_ACTIONS_H
#define SERVICE_ACTIONS_H

#include <jansson.h>

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

struct action_facet_row {
    const char *name, *title; /* in addresses and JSON; in words */
    bool is_data;             /* its options are names on record, not words of ours */
};
extern const struct action_facet_row action_facets[ACTION_FACET_COUNT];

/* The value wanted of each facet; NULL for any. */
struct action_filter {
    const char *wanted[ACTION_FACET_COUNT];
};

enum { ACTION_ALL = 0, ACTION_PAGE = 50 /* actions of one page */ };

/* {"actions": [...], "total", "shown", "facets": [{"name", "title", "options": [{"value", "label",
 * "count", "isChosen"}]}]}. An option's count is what choosing it would show. Of the actions that
 * fit, those of the page (from 1), or all with ACTION_ALL. The caller owns the model. */
MUST_CHECK enum status actions_list(struct work *work, const struct action_filter *filter,
                                    size_t page, json_t **out_model);
/* One action with its objective, priority, measures, what was reported by period, and its history.
 * STATUS_NOT_FOUND when there is none with that code. */
MUST_CHECK enum status action_view(struct work *work, const char *code, json_t **out_model);

#endif
