/* Who leads, accounts for or supports an action; several of each are usual. */
#ifndef MODEL_ACTION_LEAD_H
#define MODEL_ACTION_LEAD_H

#include "entity/entity.h"

struct action_lead {
    int64_t id;
    int64_t action;
    const char *role;
    const char *name;
    int64_t post;
    int64_t unit;
    int64_t body;
    int64_t event;
};

extern const struct entity action_lead_entity;

#endif
