/* A measure by which an action is judged. */
#ifndef MODEL_ACTION_MEASURE_H
#define MODEL_ACTION_MEASURE_H

#include "entity/entity.h"

struct action_measure {
    int64_t id;
    int64_t action;
    int64_t measure;
    int64_t event;
};

extern const struct entity action_measure_entity;

#endif
