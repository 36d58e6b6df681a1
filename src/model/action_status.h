/* One step in the history of an action, with its reason. */
#ifndef MODEL_ACTION_STATUS_H
#define MODEL_ACTION_STATUS_H

#include "entity/entity.h"

struct action_status {
    int64_t id;
    int64_t action;
    const char *changed_on;
    const char *status;
    const char *reason;
    int64_t event;
};

extern const struct entity action_status_entity;

#endif
