/* A characteristic that an action relates to. */
#ifndef MODEL_ACTION_TAG_H
#define MODEL_ACTION_TAG_H

#include "entity/entity.h"

struct action_tag {
    int64_t id;
    int64_t action;
    int64_t characteristic;
    const char *heading;
    int64_t event;
};

extern const struct entity action_tag_entity;

#endif
